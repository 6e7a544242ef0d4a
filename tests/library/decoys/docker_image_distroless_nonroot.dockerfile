# why: the image is made to run as nonroot
# quiet: docker-image-runs-as-root
FROM gcr.io/distroless/static-debian12:nonroot
CMD ["/app"]
