# why: the cache goes in the same command
# quiet: docker-stage-keeps-package-cache
FROM rockylinux:9
USER app
RUN dnf install -y jq \
    # as small as can be
    && dnf clean all \
    && rm -rf /var/cache/dnf
