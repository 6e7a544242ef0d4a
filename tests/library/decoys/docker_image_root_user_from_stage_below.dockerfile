# why: the user is set in the stage it is built from
# quiet: docker-image-runs-as-root
FROM alpine:3.20 AS base
USER 10001:10001

FROM base
CMD ["/app"]
