"""Stage built from an image whose tag moves.

## What
The base image is named by the tag latest, or by no tag. A digest is quiet whatever the tag; so is a stage built from
another stage, and scratch.

## Why
The next build starts from whatever was pushed last: nobody can tell what is in it, and no build can be made again.
Low: pushing comes first.

## Bad
```dockerfile
FROM node
USER node
```

## Good
```dockerfile
FROM node:22-slim
USER node
```
```dockerfile
FROM node:22-slim AS build
RUN npm ci

FROM build
USER node
```
```dockerfile
FROM node:latest@sha256:2f5b0c44e7e7a4b2d4c1f0f6c2b7f1f7c6a3a6e0b9d8c7f6e5d4c3b2a1908f7e
USER node
```

## Fix
Name a version, or better the digest.

## References
- https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="docker_stage",
    severity=Severity.LOW,
    topics=("supply-chain", "immutability"),
    tools=("CKV_DOCKER_7", "AVD-DS-0001", "DS-0001", "DS001", "DL3006", "DL3007"),
    language="dockerfile",
)
def base_moving(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """Its base image has no digest, and no tag but latest."""
    based = test(stage, "repository", when=lambda name: name is not None, says="it is built from {value}")
    moves = test(stage, "tag", when=lambda tag: tag in (None, "latest"), says="the tag of its base is {value}")
    undigested = test(stage, "digest", when=lambda digest: digest is None, says="no digest is named")
    wrong = all_of((based, moves, undigested))
    yield from bad_if(wrong, "image", message=f"{stage.label} is built from whatever was pushed last")
