# why: a sample of settings, a public key, a folder called env
# quiet: docker-stage-secret-copied
FROM alpine:3.20
USER app
COPY .env.example id_rsa.pub env/ app.key.md /app/
