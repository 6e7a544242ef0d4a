# why: the credential is mounted while it is built
# quiet: docker-stage-secret-in-command
FROM alpine:3.20
USER app
RUN --mount=type=secret,id=t TOKEN=$(cat /run/secrets/t) curl -H "Authorization: Bearer $TOKEN" https://$USER:$TOKEN@x.example/
