# why: the colon belongs to the port of the registry
# quiet: docker-stage-base-moving
FROM registry:5000/team/app:1.4
USER app
