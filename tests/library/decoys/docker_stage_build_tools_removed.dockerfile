# why: the compiler goes in the same command
# quiet: docker-stage-carries-build-tools
FROM alpine:3.20
USER app
RUN apk add --no-cache --virtual .b gcc && make && apk del .b
