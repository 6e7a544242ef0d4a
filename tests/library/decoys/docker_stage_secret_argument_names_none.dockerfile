# why: the arguments name no credential
# quiet: docker-stage-secret-as-argument
FROM alpine:3.20
USER app
ARG TOKEN_URL
ARG VERSION
ARG KEY_ID
ARG TARGETARCH
