# why: the tag is an argument with a default
# quiet: docker-stage-base-moving
ARG TAG=3.20
FROM alpine:${TAG}
USER app
