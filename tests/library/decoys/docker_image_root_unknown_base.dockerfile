# why: the base image may name a user
# depends: docker-image-runs-as-root, docker-image-without-healthcheck
FROM registry.example.com/base/app:7
CMD ["/app"]
