# why: ADD unpacks an archive, and fetches a repository
# quiet: docker-stage-adds-local, docker-stage-adds-remote
FROM scratch
USER 1
ADD rootfs.tar.xz /
ADD https://github.com/moby/buildkit.git#v0.18.0 /src
