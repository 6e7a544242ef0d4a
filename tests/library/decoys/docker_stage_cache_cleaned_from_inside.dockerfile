# why: the lists go by a path from the folder above them
# quiet: docker-stage-keeps-package-cache
FROM debian:12
USER app
RUN apt-get update && apt-get install -y --no-install-recommends git && cd /var/lib && rm -rf apt dpkg cache log
