# why: the tag is an argument without a default
# depends: docker-stage-base-moving, docker-stage-base-undigested
ARG TAG
FROM alpine:${TAG}
USER app
