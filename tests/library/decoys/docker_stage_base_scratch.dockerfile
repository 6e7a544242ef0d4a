# why: scratch has no tag
# quiet: docker-stage-base-moving, docker-stage-base-undigested
FROM scratch
USER 1
COPY app /app
