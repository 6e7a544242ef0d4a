r"""Script from the web that is run unseen.

## What
What curl or wget fetches is piped into a shell or an interpreter. A file that is fetched, compared with its checksum
and then run is quiet.

## Why
Whoever answers at that address at the time of the build runs code in it, and decides what is in the image. Medium:
nothing but the address stands between.

## Bad
```dockerfile
FROM debian:12-slim
RUN curl -fsSL https://example.com/install.sh | bash
```

## Good
```dockerfile
FROM debian:12-slim
RUN curl -fsSL -o install.sh https://example.com/install.sh \
    && echo "24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  install.sh" | sha256sum -c - \
    && bash install.sh
```

## Fix
Fetch it into a file, compare its checksum, then run it; or install a package that is signed.

## References
- https://docs.docker.com/build/building/best-practices/#using-pipes
- https://docs.docker.com/reference/dockerfile/#add---checksum
"""

from collections.abc import Iterator

from nephograph.library.builds import runs_with
from nephograph.library.sdk import Bad, check
from nephograph.library.shell import Command
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_SHELLS = frozenset(
    ["sh", "bash", "dash", "ash", "zsh", "ksh", "python", "python2", "python3", "perl", "ruby", "node", "php", "pwsh"]
)
_BETWEEN = frozenset(["tee", "cat", "gunzip", "zcat"])


def _unseen(script: tuple[Command, ...]) -> bool:
    """Does something fetched go into an interpreter that reads its commands from there?"""
    fetched = False
    for command in script:
        if fetched and command.name in _SHELLS and _reads_input(command):
            return True
        fetches = command.name in ("curl", "wget")
        fetched = command.piped and (fetches or (fetched and command.name in _BETWEEN))
    return False


def _reads_input(command: Command) -> bool:
    """An interpreter that is given a program by name or in words reads what is piped as data."""
    if "-c" in command.options or "-e" in command.options:
        return False
    first = next(iter(command.bare[1:]), "-")
    return first.startswith("-") or command.bare[1:2] == ("/dev/stdin",)


@check(
    kind="docker_stage",
    severity=Severity.MEDIUM,
    topics=("supply-chain",),
    language="dockerfile",
)
def runs_download(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a RUN."""
    yield from runs_with(
        stage,
        _unseen,
        "what is fetched is piped into an interpreter",
        f"{stage.label} runs whatever the web serves while it is built",
    )
