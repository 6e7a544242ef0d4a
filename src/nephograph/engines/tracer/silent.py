"""A candidate that sends nothing: one of its ends has no address of that kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nephograph.engines.tracer.axes import Course, Symbol
from nephograph.engines.tracer.hop import Drop, Hop, Walk
from nephograph.engines.tracer.packet import Packet
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason

if TYPE_CHECKING:
    from nephograph.engines.tracer.question import Candidate


def no_address(candidate: Candidate, course: Course, protocol: str) -> Walk:
    """The walk that ends before it begins."""
    door = candidate.door if candidate.door is not None else candidate.start
    assert isinstance(door, Interface)
    word = "public" if candidate.public and candidate.version == 4 else f"IPv{candidate.version}"
    text = f"{door.name} has no {word} address"
    reason = Reason.NO_PUBLIC_ADDRESS_IN
    hop = Hop(door.resource.urn, door.name, door.kind, "drops", str(reason), text)
    nothing = Symbol(0)
    packet = Packet(candidate.version, protocol, nothing, nothing, nothing, nothing)
    facts = {"interface": door, "at": "in", "version": candidate.version}
    return Walk(False, (hop,), (), Drop(reason, door.resource.urn, False, packet, facts), course.box, packet)
