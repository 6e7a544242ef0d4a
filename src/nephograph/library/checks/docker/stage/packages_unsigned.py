"""Build that installs packages without looking at their signatures.

## What
A RUN tells the package manager to take packages without a valid signature: apt-get --allow-unauthenticated or
--force-yes, apk --allow-untrusted, yum and dnf --nogpgcheck, rpm --nosignature.

## Why
Whoever can answer in place of the mirror installs what they like. Medium: the mirror or the way to it has to be held
first.

## Bad
```dockerfile
FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends --allow-unauthenticated tool && rm -rf /var/lib/apt/lists/*
```

## Good
```dockerfile
FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends tool && rm -rf /var/lib/apt/lists/*
```

## Fix
Bring the key of the repository into the image (signed-by), and leave the option out.

## References
- https://manpages.debian.org/bookworm/apt/apt-secure.8.en.html
- https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper
"""

from collections.abc import Iterator

from nephograph.library.builds import runs_with
from nephograph.library.sdk import Bad, check
from nephograph.library.shell import Command
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_OPTIONS = {
    "apt": frozenset({"--allow-unauthenticated", "--force-yes"}),
    "apt-get": frozenset({"--allow-unauthenticated", "--force-yes"}),
    "apk": frozenset({"--allow-untrusted"}),
    "yum": frozenset({"--nogpgcheck"}),
    "dnf": frozenset({"--nogpgcheck"}),
    "tdnf": frozenset({"--nogpgcheck"}),
    "zypper": frozenset({"--no-gpg-checks"}),
    "rpm": frozenset({"--nosignature", "--nodigest", "--noverify", "--nofiledigest"}),
}


def _unsigned(script: tuple[Command, ...]) -> bool:
    """Is a package manager told to take what nobody vouches for?"""
    return any(command.options & _OPTIONS.get(command.name, frozenset()) for command in script)


@check(
    kind="docker_stage",
    severity=Severity.MEDIUM,
    topics=("supply-chain",),
    tools=("CKV2_DOCKER_7", "CKV2_DOCKER_8", "CKV2_DOCKER_9", "CKV2_DOCKER_10", "CKV2_DOCKER_11"),
    language="dockerfile",
)
def packages_unsigned(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a RUN."""
    yield from runs_with(
        stage, _unsigned, "signatures are not looked at", f"{stage.label} installs packages whoever signed them"
    )
