"""Build that uses sudo.

## What
A RUN calls sudo.

## Why
What needs root is run above USER; sudo in the image lets whoever takes the process become root by it, and behaves
otherwise than one expects (terminals, signals). Low: the process comes first.

## Bad
```dockerfile
FROM debian:12-slim
RUN sudo apt-get update
```

## Good
```dockerfile
FROM debian:12-slim
USER root
RUN apt-get update
USER nobody
```

## Fix
Do what needs root above USER, or change back to root for it.

## References
- https://docs.docker.com/build/building/best-practices/#user
"""

from collections.abc import Iterator

from nephograph.library.builds import runs_with
from nephograph.library.sdk import Bad, check
from nephograph.library.shell import Command
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


def _asks_sudo(script: tuple[Command, ...]) -> bool:
    return any("sudo" in command.words[: len(command.words) - len(command.bare)] for command in script)


@check(
    kind="docker_stage",
    severity=Severity.LOW,
    topics=("least-privilege",),
    tools=("CKV2_DOCKER_1", "AVD-DS-0010", "DS-0010", "DS010", "DL3004"),
    language="dockerfile",
)
def uses_sudo(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a RUN."""
    yield from runs_with(stage, _asks_sudo, "sudo is called", f"{stage.label} calls sudo while it is built")
