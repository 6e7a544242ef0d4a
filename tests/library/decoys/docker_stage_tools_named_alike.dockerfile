# why: a package whose name holds the name of a compiler
# quiet: docker-stage-carries-build-tools
FROM debian:12
USER app
RUN apt-get update && apt-get install -y --no-install-recommends libgcc-s1 cmake-data && rm -rf /var/lib/apt/lists/*
