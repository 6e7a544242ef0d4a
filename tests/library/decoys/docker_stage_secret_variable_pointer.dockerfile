# why: the variables say where credentials are
# quiet: docker-stage-secret-in-variable
FROM alpine:3.20
USER app
ENV DB_PASSWORD_FILE=/run/secrets/db API_TOKEN=${TOKEN} SECRET_NAME=orders/db
ENV SESSION_SECRET=changeme
