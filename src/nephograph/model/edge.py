"""Edges of the graph: facts that were said, and facts that were derived and carry their proof."""

from __future__ import annotations

import msgspec

from nephograph.model.span import Path
from nephograph.model.verdict import Evidence


class Edge(msgspec.Struct, frozen=True):
    """`source` —kind→ `target` (urns).

    Kinds are verbs in the field's words: contains, attached_to, in_subnet, routes_to, runs_as, has_policy,
    encrypted_by … A fact edge was said at the field `path` of the resource `said_by` (its origin is asked of that
    resource when somebody wants to see it). `derived` edges follow from an engine's rule; `proof` is what they rest on.
    """

    kind: str
    source: str
    target: str
    said_by: str = ""
    path: Path = ()
    derived: bool = False
    proof: tuple[Evidence, ...] = ()
