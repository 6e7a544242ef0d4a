"""File fetched by ADD without a checksum.

## What
ADD names an address on the web and no --checksum. Repositories of git, and files of the build's own folder, are
quiet.

## Why
What the address serves at the time of the build goes into the image, whoever changed it. Low: the address has to be
taken first.

## Bad
```dockerfile
FROM alpine:3.20
ADD https://example.com/tool.tar.gz /opt/
```

## Good
```dockerfile
FROM alpine:3.20
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/tool.tar.gz /opt/
```

## Fix
Name the checksum of the file that is meant.

## References
- https://docs.docker.com/reference/dockerfile/#add---checksum
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


def _is_remote(source: object) -> bool:
    address = str(source).partition("#")[0].lower()
    return address.startswith(("http://", "https://")) and not address.endswith(".git")


@check(
    kind="docker_stage",
    severity=Severity.LOW,
    topics=("supply-chain",),
    tools=("CKV_DOCKER_4", "AVD-DS-0005", "DS-0005", "DS005", "DL3020"),
    language="dockerfile",
)
def adds_remote(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding an address."""
    for at in elements(stage, "copies"):
        unchecked = test(stage, *at, "checksum", when=lambda said: said is None, says="no checksum is named")
        for source in elements(stage, *at, "sources"):
            remote = test(stage, *source, when=_is_remote, says="{value} is fetched")
            wrong = all_of((remote, unchecked))
            if remote.answer == "yes" and wrong.possible:
                name = str(stage.get(*source))
                yield Bad(f"{stage.label} holds whatever {name} serves", wrong, source, key=name)
