# why: a stage that only builds runs as root
# quiet: docker-image-runs-as-root
FROM golang:1.23 AS build
USER root
RUN go build -o /app

FROM alpine:3.20
USER app
COPY --from=build /app /app
