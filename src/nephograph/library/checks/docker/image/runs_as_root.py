"""Image whose containers run as root.

## What
The last USER that counts for the final stage is root, or there is none and the base image names none either. What the
base image's user is, is known of the official images that run as root; of any other image it depends. A stage that is
only built from is quiet.

## Why
Whoever takes the process is root in the container: one hole in the kernel, or one folder of the host that is mounted,
and it is root on the host.

## Bad
```dockerfile
FROM debian:12-slim
CMD ["/app"]
```

## Good
```dockerfile
FROM debian:12-slim
RUN useradd --system app
USER app
CMD ["/app"]
```
```dockerfile
FROM golang:1.23 AS build
RUN go build -o /app ./...

FROM scratch
COPY --from=build /app /app
USER 65532:65532
CMD ["/app"]
```

## Fix
Make a user, and name it in a USER below what has to be done as root.

## References
- https://docs.docker.com/reference/dockerfile/#user
- https://docs.docker.com/build/building/best-practices/#user
"""

from collections.abc import Iterator

from nephograph.library.builds import ROOT_BY_DEFAULT, repository
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, Verdict, all_of, any_of, decided, depends


def _is_root(user: object) -> bool:
    return str(user).partition(":")[0].strip().lower() in ("root", "0")


def _base_is_root(image: Resource) -> Verdict:
    """Does what it is built from run as root, where nothing else is said?"""
    base = image.get("base")
    if base is None or repository(base) in ROOT_BY_DEFAULT:
        says = "an empty image has no user but root" if base is None else f"{base} names no user"
        return decided(True, Evidence.at(says, image, ("base",)))
    if str(base).startswith("gcr.io/distroless/") and "nonroot" in str(base).rpartition(":")[2]:
        return decided(False, Evidence.at(f"{base} runs as nonroot", image, ("base",)))
    return depends(f"the user of {base}")


@check(
    kind="docker_image",
    severity=Severity.MEDIUM,
    topics=("workload-isolation", "least-privilege"),
    tools=("CKV_DOCKER_3", "CKV_DOCKER_8", "AVD-DS-0002", "DS-0002", "DS002", "DL3002"),
    language="dockerfile",
)
def runs_as_root(image: Resource, facts: Facts) -> Iterator[Bad]:
    """Its user is root, or nobody names another one."""
    said = test(image, "user", when=lambda user: user is not None and _is_root(user), says="the last USER is {value}")
    silent = test(image, "user", when=lambda user: user is None, says="no USER is named")
    wrong = any_of((said, all_of((silent, _base_is_root(image)))))
    path = ("user",) if image.get("user") is not None else ()
    yield from bad_if(wrong, *path, message=f"what is built by {image.label} runs as root")
