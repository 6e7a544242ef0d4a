"""Stage built from an image without a digest.

## What
The base image is named by a tag (other than latest) and no digest. Info: tags of versions are moved when a base image
is mended, which many want.

## Why
Whoever may push to the repository decides what the next build starts from.

## Bad
```dockerfile
FROM python:3.12-slim
USER 1000
```

## Good
```dockerfile
FROM python:3.12-slim@sha256:2f5b0c44e7e7a4b2d4c1f0f6c2b7f1f7c6a3a6e0b9d8c7f6e5d4c3b2a1908f7e
USER 1000
```

## Fix
Name the digest behind the tag, and let a bot (Dependabot, Renovate) renew it.

## References
- https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="docker_stage", severity=Severity.INFO, topics=("supply-chain", "immutability"), language="dockerfile")
def base_undigested(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """Its base image has a tag of its own and no digest."""
    based = test(stage, "repository", when=lambda name: name is not None, says="it is built from {value}")
    tagged = test(stage, "tag", when=lambda tag: tag not in (None, "latest"), says="the tag of its base is {value}")
    undigested = test(stage, "digest", when=lambda digest: digest is None, says="no digest is named")
    wrong = all_of((based, tagged, undigested))
    yield from bad_if(wrong, "image", message=f"{stage.label} is built from what a tag says today")
