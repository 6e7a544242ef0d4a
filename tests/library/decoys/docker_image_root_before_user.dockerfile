# why: root is taken for a while and given back
# quiet: docker-image-runs-as-root
FROM alpine:3.20
USER root
RUN apk add --no-cache curl
USER nobody
