"""Local files added where they could be copied.

## What
ADD takes files of the build's own folder. Archives (which ADD unpacks), addresses and repositories are quiet.

## Why
ADD does more than it says: it unpacks archives and fetches addresses, also when a variable makes a source one. Info.

## Bad
```dockerfile
FROM alpine:3.20
ADD app.py /app/
```

## Good
```dockerfile
FROM alpine:3.20
COPY app.py /app/
```
```dockerfile
FROM alpine:3.20
ADD rootfs.tar.gz /
```

## Fix
Write COPY.

## References
- https://docs.docker.com/build/building/best-practices/#add-or-copy
"""

import re
from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown
from nephograph.model.verdict import all_of

_OTHER = re.compile(
    r"^(?:https?://|git@|git://|ssh://)|\.git(?:#|$)|\.(?:tar|tgz|tbz2?|txz|gz|bz2|xz|zst)(?:\.\w+)?$", re.IGNORECASE
)


@check(
    kind="docker_stage",
    severity=Severity.INFO,
    topics=("configuration-management",),
    tools=("CKV_DOCKER_4", "AVD-DS-0005", "DS-0005", "DS005", "DL3020"),
    language="dockerfile",
)
def adds_local(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding an ADD."""
    for at in elements(stage, "copies"):
        sources = stage.get(*at, "sources")
        if is_unknown(sources) or not sources or any(is_unknown(s) or _OTHER.search(str(s)) for s in sources):
            continue
        adds = test(stage, *at, "instruction", when=lambda word: word == "ADD", says="the instruction is {value}")
        plain = test(stage, *at, "checksum", when=lambda said: said is None, says="it names no checksum")
        wrong = all_of((adds, plain))
        if wrong.possible:
            fix = set_field(stage, "COPY", *at, "instruction", title="copy the files")
            yield Bad(f"{stage.label} adds what it could copy", wrong, at, fix, key=" ".join(map(str, sources)))
