# why: what is piped into the shell was not fetched
# quiet: docker-stage-runs-download
FROM debian:12
USER app
RUN curl -fsSL -o /key https://x.example/key && cat setup.sh | sh
