"""One fault of the design, with its proof."""

from __future__ import annotations

from typing import Literal

import msgspec

from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.verdict import Verdict

Kind = Literal["asymmetric", "blackhole", "overlapping", "unused", "shadowed", "unattached", "one-way", "database"]


class Fault(msgspec.Struct, frozen=True):
    """`path` of `resource` is what to change; `key` tells several faults of one field apart."""

    kind: Kind
    resource: Resource
    path: Path
    message: str
    verdict: Verdict
    key: str = ""
