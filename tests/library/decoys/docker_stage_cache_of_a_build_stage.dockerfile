# why: the layer of a stage that only builds is thrown away
# quiet: docker-stage-keeps-package-cache
FROM debian:12 AS build
USER app
RUN apt-get update && apt-get install -y --no-install-recommends gcc
FROM debian:12
USER app
COPY --from=build /a /a
