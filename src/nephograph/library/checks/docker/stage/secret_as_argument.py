"""Credential handed to a build as an argument.

## What
ARG declares, without a default, a name that speaks of a credential: whoever builds hands it over with --build-arg.

## Why
The history of the image keeps the arguments of its final stage, with their values. Low in a stage that is only built
from: its arguments stay on the machine that builds.

## Bad
```dockerfile
FROM alpine:3.20
ARG NPM_TOKEN
RUN ./fetch
```

## Good
```dockerfile
FROM alpine:3.20
RUN --mount=type=secret,id=npm_token ./fetch
```

## Fix
Use RUN --mount=type=secret.

## References
- https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
- https://docs.docker.com/build/building/secrets/
"""

from collections.abc import Iterator

from nephograph.library.credentials import names_credential
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown
from nephograph.model.verdict import all_of


@check(kind="docker_stage", severity=Severity.MEDIUM, topics=("secrets",), language="dockerfile")
def secret_as_argument(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding an argument."""
    for at in elements(stage, "variables"):
        if not is_unknown(stage.get(*at)) and stage.get(*at, "value") is not None:
            continue
        argument = test(stage, *at, "kind", when=lambda kind: kind == "ARG", says="it is an {value}")
        speaks = test(stage, *at, "name", when=lambda name: names_credential(str(name)), says="its name is {value}")
        wrong = all_of((argument, speaks))
        if wrong.possible:
            name = stage.get(*at, "name")
            message = f"ARG {name} of {stage.label} stays in the history of the image"
            low = Severity.LOW if stage.get("final") is False else None
            yield Bad(message, wrong, at, severity=low, key=str(name))
