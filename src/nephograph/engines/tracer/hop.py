"""What a trace is made of: hops, legs, and the verdict over both directions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from nephograph.engines.tracer.axes import Box
from nephograph.engines.tracer.packet import Packet
from nephograph.engines.tracer.reasons import Reason
from nephograph.model.span import Span
from nephograph.model.verdict import Answered

Decision = Literal["sends", "passes", "forwards", "rewrites", "drops", "delivers", "depends"]


class Because(msgspec.Struct, frozen=True):
    """What stood behind a decision without being a hop: a route that lost, a rewriting that a filter did not expect."""

    reason: str
    text: str
    component: str = ""
    rule: str = ""
    location: Span | None = None


class Hop(msgspec.Struct, frozen=True):
    """One component on the way and what it did.

    `component` is its urn, or a word for what is no resource (`internet`); `rule` is the rule that decided, in words;
    `location` where it was written; `inside` names what encloses it, outermost first (account, VPC, subnet).
    """

    component: str
    name: str
    kind: str
    decision: Decision
    reason: str
    text: str
    rule: str = ""
    location: Span | None = None
    inside: tuple[str, ...] = ()
    because: tuple[Because, ...] = ()


class Drop(msgspec.Struct, frozen=True, eq=False):
    """Why and where a packet ended. `facts` hold what a remedy needs to know (fields of that reason's own)."""

    reason: Reason
    component: str
    back: bool
    packet: Packet
    facts: Mapping[str, Any] = {}

    @property
    def key(self) -> tuple[str, str, bool, str]:
        """What makes two drops one."""
        return (str(self.reason), self.component, self.back, str(self.facts.get("at", "")))


class Leg(msgspec.Struct, frozen=True):
    """One direction: its hops in order; the last one drops the packet when the verdict is no."""

    verdict: Answered
    hops: tuple[Hop, ...] = ()

    @property
    def dropped_at(self) -> str | None:
        """The component that dropped the packet."""
        return self.hops[-1].component if self.hops and self.hops[-1].decision == "drops" else None


class Walk(msgspec.Struct, frozen=True, eq=False):
    """One course: the two legs (no answer is sent when the packet never arrived), and the box it holds for."""

    passed: bool
    forward: tuple[Hop, ...]
    back: tuple[Hop, ...]
    drop: Drop | None
    box: Box
    packet: Packet
    assumptions: tuple[str, ...] = ()
