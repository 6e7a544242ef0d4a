"""Build that lets everybody write its files.

## What
chmod gives everybody the right to write: 777, 666, o+w, a+w. The sticky bit (1777, as on /tmp) is quiet.

## Why
Whoever takes any process of the container changes what the others run or read. Low: a process comes first.

## Bad
```dockerfile
FROM debian:12-slim
RUN chmod -R 777 /app
```

## Good
```dockerfile
FROM debian:12-slim
RUN chmod -R 755 /app && chmod 1777 /scratch
```

## Fix
Give the files to the user that needs them: COPY --chown, or chown.

## References
- https://docs.docker.com/reference/dockerfile/#copy---chown---chmod
"""

import re
from collections.abc import Iterator

from nephograph.library.builds import runs_with
from nephograph.library.sdk import Bad, check
from nephograph.library.shell import Command
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_NUMBER = re.compile(r"0*([0-7]?)[0-7]{2}([0-7])")
_WORDS = re.compile(r"[ug]*[oa][ugoa]*[+=][rxX]*w[rxX]*")


def _opened(script: tuple[Command, ...]) -> bool:
    """Does a mode of chmod hold the right of others to write, without the sticky bit?"""
    for command in script:
        mode = next(iter(command.arguments), "") if command.name == "chmod" else ""
        number = _NUMBER.fullmatch(mode)
        if number is not None and int(number[2]) & 2 and not int(number[1] or 0) & 1:
            return True
        if "t" not in mode and any(_WORDS.fullmatch(word) for word in mode.split(",")):
            return True
    return False


@check(
    kind="docker_stage",
    severity=Severity.LOW,
    topics=("workload-isolation", "least-privilege"),
    language="dockerfile",
)
def files_writable_by_all(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a RUN."""
    yield from runs_with(
        stage, _opened, "chmod lets everybody write", f"{stage.label} has files that everybody may write"
    )
