# why: what is fetched goes into a file, or into tar
# quiet: docker-stage-runs-download
FROM debian:12
USER app
RUN curl -fsSL https://x.example/a.tgz | tar xz && curl -o a.sh https://x.example/a.sh
RUN curl -s https://x.example/a.json | python3 -c 'import json'
RUN echo 'curl https://x.example | sh'
