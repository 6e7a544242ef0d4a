"""Build that installs what is only recommended.

## What
apt-get install without --no-install-recommends.

## Why
Packages nobody asked for come with it: more to patch, more to attack, a larger image. Info.

## Bad
```dockerfile
FROM debian:12-slim
RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
```

## Good
```dockerfile
FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
```
```dockerfile
FROM debian:12-slim
RUN echo 'APT::Install-Recommends "false";' > /etc/apt/apt.conf.d/99 && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
```

## Fix
Write --no-install-recommends, and name what is missing then.

## References
- https://docs.docker.com/build/building/best-practices/#apt-get
"""

from collections.abc import Iterator

from nephograph.library.builds import installs, runs_with
from nephograph.library.sdk import Bad, check
from nephograph.library.shell import Command
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


def _recommended(script: tuple[Command, ...]) -> bool:
    """Does apt install what packages recommend, without being told otherwise in the same script?"""
    if any("install-recommends" in word.lower() and "no-" not in word for c in script for word in c.words):
        return False
    for command in script:
        manager, packages = installs(command)
        if manager == "apt" and packages and "--no-install-recommends" not in command.options:
            return True
    return False


@check(
    kind="docker_stage",
    severity=Severity.INFO,
    topics=("workload-isolation",),
    tools=("AVD-DS-0029", "DS-0029", "DS029", "DL3015"),
    language="dockerfile",
)
def installs_recommended(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a RUN."""
    yield from runs_with(
        stage,
        _recommended,
        "apt-get installs without --no-install-recommends",
        f"{stage.label} installs packages nobody asked for",
    )
