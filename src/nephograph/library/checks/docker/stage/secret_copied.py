"""Files with credentials copied into an image.

## What
COPY or ADD names a file that holds credentials by its name: .env, a private SSH key, the credentials file of AWS, a
kubeconfig, a key store. Samples (.env.example), public keys, and what comes from another stage or image are quiet. A
whole folder is quiet: what .dockerignore leaves out of it is not looked at.

## Why
Layers keep every file that was ever copied, also when a later RUN deletes it. High: a credential in the clear; low in
a stage that is only built from.

## Bad
```dockerfile
FROM alpine:3.20
COPY .env /app/.env
```

## Good
```dockerfile
FROM alpine:3.20
COPY .env.example /app/.env.example
```
```dockerfile
FROM alpine:3.20
RUN --mount=type=secret,id=env,target=/app/.env ./build
```

## Fix
Mount it while building (RUN --mount=type=secret or type=ssh), hand it over when the container starts; name it in
.dockerignore.

## References
- https://docs.docker.com/build/building/secrets/
- https://docs.docker.com/build/concepts/context/#dockerignore-files
"""

import re
from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_NAMES = re.compile(
    r"(?:^|/)(?:\.env(?:\.(?!example$|sample$|template$|dist$|defaults?$|schema$)[\w-]+)?|id_(?:rsa|dsa|ecdsa|ed25519)|"
    r"\.aws(?:/credentials)?|\.ssh|\.netrc|\.pypirc|\.git-credentials|\.docker/config\.json|\.dockercfg|\.kube(?:/config)?|"
    r"kubeconfig|\.pgpass|\.vault-token|terraform\.tfstate|[\w.-]+\.(?:p12|pfx|jks|ppk|keystore))/?$"
)


def _holds_credentials(source: object) -> bool:
    return _NAMES.search(str(source).replace("\\", "/")) is not None


@check(kind="docker_stage", severity=Severity.HIGH, topics=("secrets",), language="dockerfile")
def secret_copied(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a file."""
    for at in elements(stage, "copies"):
        if isinstance(stage.get(*at, "from_stage"), str) or isinstance(stage.get(*at, "from_image"), str):
            continue
        for source in elements(stage, *at, "sources"):
            wrong = test(stage, *source, when=_holds_credentials, says="{value} is copied")
            # (A name that is not known could be any file's: that says nothing.)
            if wrong.answer == "yes":
                name = str(stage.get(*source))
                low = Severity.LOW if stage.get("final") is False else None
                yield Bad(f"{stage.label} keeps {name} in a layer", wrong, source, severity=low, key=name)
