# why: what comes from another stage was judged there
# quiet: docker-stage-secret-copied
FROM alpine:3.20 AS a
USER app
FROM alpine:3.20
USER app
COPY --from=a /etc/.env /etc/.env
