"""Build that upgrades every package.

## What
A RUN upgrades all packages of the system (apt-get upgrade, apk upgrade, yum update without names). Info: some do it
on purpose, where base images are mended too late.

## Why
What is in the image depends on the day it was built, and two builds of one Dockerfile differ.

## Bad
```dockerfile
FROM debian:12-slim
RUN apt-get update && apt-get -y upgrade
```

## Good
```dockerfile
FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
```

## Fix
Take a newer base image instead, by its digest.

## References
- https://docs.docker.com/build/building/best-practices/#apt-get
"""

from collections.abc import Iterator

from nephograph.library.builds import runs_with
from nephograph.library.sdk import Bad, check
from nephograph.library.shell import Command
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_ALL = {
    "apt": ("upgrade", "dist-upgrade", "full-upgrade"),
    "apt-get": ("upgrade", "dist-upgrade", "full-upgrade"),
    "apk": ("upgrade",),
    "yum": ("update", "upgrade"),
    "dnf": ("update", "upgrade"),
    "microdnf": ("update", "upgrade"),
    "zypper": ("update", "up", "dist-upgrade", "dup"),
}


def _upgrades(script: tuple[Command, ...]) -> bool:
    """Is everything upgraded, and not only the packages that are named?"""
    return any(len(c.arguments) == 1 and c.arguments[0] in _ALL.get(c.name, ()) for c in script)


@check(
    kind="docker_stage",
    severity=Severity.INFO,
    topics=("immutability", "patching"),
    tools=("AVD-DS-0024", "DS-0024", "DS024", "DL3005"),
    language="dockerfile",
)
def upgrades_everything(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a RUN."""
    yield from runs_with(
        stage, _upgrades, "everything is upgraded", f"{stage.label} upgrades every package while it is built"
    )
