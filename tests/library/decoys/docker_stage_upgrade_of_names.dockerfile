# why: only the named packages are upgraded
# quiet: docker-stage-upgrades-everything
FROM rockylinux:9
USER app
RUN dnf upgrade -y openssl && dnf clean all && pip install --upgrade pip
