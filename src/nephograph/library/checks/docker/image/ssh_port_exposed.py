"""Image that offers SSH.

## What
EXPOSE names port 22. Which ports are open in the end is decided where the container is started.

## Why
A container is entered by its runtime (exec); a daemon for SSH in it brings keys, users and one more thing to attack.
Low: the port has to be published.

## Bad
```dockerfile
FROM debian:12-slim
EXPOSE 22
```

## Good
```dockerfile
FROM debian:12-slim
EXPOSE 8022 443/tcp
```

## Fix
Take the daemon and the port out; enter with docker exec, kubectl exec or ECS Exec.

## References
- https://docs.docker.com/reference/dockerfile/#expose
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


def _is_ssh(port: object) -> bool:
    number, _, protocol = str(port).partition("/")
    first, _, last = number.partition("-")
    if not first.isdigit() or (last and not last.isdigit()) or protocol.lower() not in ("", "tcp"):
        return False
    return int(first) <= 22 <= int(last or first)


@check(
    kind="docker_image",
    severity=Severity.LOW,
    topics=("workload-isolation",),
    tools=("CKV_DOCKER_1", "AVD-DS-0004", "DS-0004", "DS004"),
    language="dockerfile",
)
def ssh_port_exposed(image: Resource, facts: Facts) -> Iterator[Bad]:
    """Port 22 is among its ports."""
    for at in elements(image, "ports"):
        wrong = test(image, *at, when=_is_ssh, says="EXPOSE names {value}")
        yield from bad_if(wrong, *at, message=f"what {image.label} builds offers SSH")
