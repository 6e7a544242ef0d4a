# why: the user is an argument of the build
# depends: docker-image-runs-as-root
FROM alpine:3.20
ARG WHO
USER ${WHO}
