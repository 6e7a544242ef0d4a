"""Credential in a variable of a Dockerfile.

## What
ENV, or the default of ARG, holds what reads like a credential: by its name, or by the form of the value. Values that
only point to one (a path, an ARN, a reference) and placeholders are quiet. The value is not kept.

## Why
Both stay in the image and its history: whoever can pull the image has them. High: a credential in the clear.

## Bad
```dockerfile
FROM alpine:3.20
ENV DB_PASSWORD=Tr0ub4dor-and-3
```

## Good
```dockerfile
FROM alpine:3.20
ENV DB_PASSWORD_FILE=/run/secrets/db
```
```dockerfile
FROM alpine:3.20
RUN --mount=type=secret,id=token TOKEN=$(cat /run/secrets/token) ./fetch
```

## Fix
Hand it over when the container starts; for the build use RUN --mount=type=secret. Then change it, it has leaked.

## References
- https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
- https://docs.docker.com/build/building/secrets/
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="docker_stage",
    severity=Severity.HIGH,
    topics=("secrets",),
    tools=("AVD-DS-0031", "DS-0031", "DS031"),
    language="dockerfile",
)
def secret_in_variable(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a variable."""
    for at in elements(stage, "variables"):
        name, kind = stage.get(*at, "name"), stage.get(*at, "kind")
        says = f"{kind} {name} holds a credential"
        wrong = test(stage, *at, "credential", when=lambda held: held is True, says=says)
        if wrong.possible:
            yield Bad(f"a credential is written in {kind} {name} of {stage.label}", wrong, at, key=str(name))
