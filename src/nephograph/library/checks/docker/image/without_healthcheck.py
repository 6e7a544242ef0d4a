"""Image without a health check.

## What
No HEALTHCHECK is named, or it is turned off. Official images of Docker Hub have none; of any other base image it
depends. Info: who runs it on Kubernetes or ECS says there how its health is told.

## Why
A container that hangs counts as running.

## Bad
```dockerfile
FROM nginx:1.27
USER nginx
```

## Good
```dockerfile
FROM nginx:1.27
USER nginx
HEALTHCHECK CMD curl -f http://localhost/ || exit 1
```

## Fix
Write HEALTHCHECK CMD with a command that fails when the service does.

## References
- https://docs.docker.com/reference/dockerfile/#healthcheck
- https://github.com/docker-library/faq#healthcheck
"""

from collections.abc import Iterator

from nephograph.library.builds import is_official
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, Verdict, all_of, any_of, decided, depends


def _base_has_none(image: Resource) -> Verdict:
    base = image.get("base")
    if base is None or is_official(base):
        return decided(True, Evidence.at(f"{base or 'an empty image'} has no health check", image, ("base",)))
    return depends(f"the health check of {base}")


@check(
    kind="docker_image",
    severity=Severity.INFO,
    topics=("monitoring",),
    tools=("CKV_DOCKER_2", "AVD-DS-0026", "DS-0026", "DS026"),
    language="dockerfile",
)
def without_healthcheck(image: Resource, facts: Facts) -> Iterator[Bad]:
    """Nothing tells whether what runs in it works."""
    off = test(image, "healthcheck", when=lambda on: on is False, says="HEALTHCHECK is NONE")
    silent = test(image, "healthcheck", when=lambda on: on is None, says="no HEALTHCHECK is named")
    wrong = any_of((off, all_of((silent, _base_has_none(image)))))
    path = ("healthcheck",) if image.get("healthcheck") is not None else ()
    yield from bad_if(wrong, *path, message=f"nothing tells whether what {image.label} builds still works")
