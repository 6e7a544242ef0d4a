"""Image that keeps the cache of a package manager.

## What
A RUN installs packages and leaves the manager's lists or cache in its layer: apt-get without removing
/var/lib/apt/lists, apk without --no-cache, yum and dnf without clean all. Caches on a mount (--mount=type=cache) are
quiet, and so are slim ways that clean up in the same RUN.

## Why
The image is larger than it has to be, and what is pulled more often costs more. Info.

## Bad
```dockerfile
FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl
```

## Good
```dockerfile
FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
```
```dockerfile
FROM alpine:3.20
RUN apk add --no-cache curl
```
```dockerfile
FROM debian:12-slim
RUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y --no-install-recommends curl
```

## Fix
Clean up in the RUN that installs: a later one makes the image no smaller.

## References
- https://docs.docker.com/build/building/best-practices/#apt-get
"""

from collections.abc import Iterator

from nephograph.library.builds import installs
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, test
from nephograph.library.shell import Command, commands
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of

_REMOVED = {
    "apt": ("/var/lib/apt",),
    "yum": ("/var/cache/yum",),
    "dnf": ("/var/cache/dnf",),
    "apk": ("/var/cache/apk",),
}


def _leaves(script: tuple[Command, ...]) -> bool:
    """Is something installed by a manager whose cache stays?"""
    for command in script:
        manager, _ = installs(command)
        if manager and manager in _REMOVED and "--no-cache" not in command.options and not _cleans(script, manager):
            return True
    return False


def _cleans(script: tuple[Command, ...], manager: str) -> bool:
    places = (*_REMOVED[manager], "/var/cache", "/var/lib/apt/lists")
    here = ""
    for command in script:
        if command.name == "cd" and command.arguments:
            here = command.arguments[0].rstrip("/") + "/"
        named = [word if word.startswith("/") else here + word for word in command.arguments]
        if command.name in ("rm", "find") and any(word.startswith(places) for word in named):
            return True
        if command.name in ("yum", "dnf", "microdnf") and "clean" in command.arguments:
            return True
    return False


@check(
    kind="docker_stage",
    severity=Severity.INFO,
    topics=("cost",),
    tools=(
        *("AVD-DS-0025", "DS-0025", "DS025", "AVD-DS-0015", "DS-0015", "DS015"),
        *("DL3009", "DL3019", "DL3032", "DL3040"),
    ),
    language="dockerfile",
)
def keeps_package_cache(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a RUN of the final stage: what only builds is thrown away."""
    final = test(stage, "final", when=lambda last: last is True, says="it is the last stage")
    for at in elements(stage, "runs"):
        mounts = stage.get(*at, "mounts")
        if isinstance(mounts, list) and any("type=cache" in str(mount) for mount in mounts):
            continue
        says = "what was fetched stays in the layer"
        left = test(stage, *at, "command", when=lambda text: _leaves(commands(str(text))), says=says)
        wrong = all_of((final, left))
        if wrong.possible:
            yield Bad(f"{stage.label} keeps what a package manager fetched", wrong, at, key=str(at[-1]))
