# why: port 2222, and 22 over UDP
# quiet: docker-image-ssh-port-exposed
FROM alpine:3.20
USER app
EXPOSE 2222 22/udp 220
