# why: the sticky bit, and a mode for the owner
# quiet: docker-stage-files-writable-by-all
FROM debian:12
USER app
RUN chmod 1777 /scratch && chmod 0775 /a && chmod u+w,g+w /b && chmod +x /c && chmod 644 /d
