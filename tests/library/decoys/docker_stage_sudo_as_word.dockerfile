# why: sudo is installed and named, and not called
# quiet: docker-stage-uses-sudo
FROM debian:12
USER app
RUN apt-get install -y sudo && echo 'app ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/app
