"""Credential written in a command of a build.

## What
A RUN holds a credential: a password that is assigned, a token of known form, a password in an address. References to
variables are quiet. What it is, is not kept.

## Why
The history of the image shows every command in the clear. High: a credential in the clear.

## Bad
```dockerfile
FROM alpine:3.20
RUN git clone https://build:s3cr3tW0rd99@git.example.com/app.git
```

## Good
```dockerfile
FROM alpine:3.20
RUN --mount=type=secret,id=token git clone https://build:$(cat /run/secrets/token)@git.example.com/app.git
```

## Fix
Use RUN --mount=type=secret; then change the credential, it has leaked.

## References
- https://docs.docker.com/build/building/secrets/
- https://docs.docker.com/reference/cli/docker/image/history/
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="docker_stage", severity=Severity.HIGH, topics=("secrets",), language="dockerfile")
def secret_in_command(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a RUN."""
    for at in elements(stage, "runs"):
        wrong = test(stage, *at, "credential", when=lambda held: held is True, says="the command holds a credential")
        if wrong.possible:
            yield Bad(f"a credential is written in a RUN of {stage.label}", wrong, at, key=str(at[-1]))
