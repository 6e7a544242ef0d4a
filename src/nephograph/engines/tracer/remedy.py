"""What a remedy is, what it knows, and how it speaks of addresses and ports."""

from __future__ import annotations

from typing import Any, NamedTuple

from nephograph.engines.tracer.axes import Symbol
from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.edits import AnyEdit
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.hop import Drop
from nephograph.engines.tracer.packet import EPHEMERAL, WITH_PORTS, WITH_TYPES, Packet, address, network, traffic
from nephograph.engines.tracer.places import interface_of
from nephograph.engines.tracer.question import Candidate, Question
from nephograph.model.resource import Resource


class Remedy(NamedTuple):
    """One edit in words, and what it changes."""

    text: str
    edits: tuple[AnyEdit, ...]


class Case(NamedTuple):
    """What a remedy knows."""

    ground: Ground
    drop: Drop
    candidate: Candidate
    question: Question

    @property
    def packet(self) -> Packet:
        """The packet where it ended."""
        return self.drop.packet

    def resource(self) -> Resource | None:
        """The component that dropped it."""
        return self.ground.estate.resources.get(self.drop.component)


def range_of(case: Case, symbol: Symbol) -> str:
    """The addresses a rule has to speak of: as few as the packet needs."""
    version = case.packet.version
    if symbol.axis in ("source", "target"):
        end: End = case.candidate.start if symbol.axis == "source" else case.candidate.goal
        parsed = network(end.ranges[0]) if isinstance(end, Outside) and symbol.shift and end.ranges else None
        if parsed:
            # Behind NAT64: what was asked for as IPv6 is an IPv4 range here.
            span = parsed[2] - parsed[1] + 1
            return f"{address(4, parsed[1] - symbol.shift)}/{33 - span.bit_length()}"
        if isinstance(end, Outside) and end.ranges:
            return end.ranges[0] if "/" in end.ranges[0] else f"{end.ranges[0]}/{32 if version == 4 else 128}"
        return "0.0.0.0/0" if version == 4 else "::/0"
    if symbol.axis.startswith("public "):
        return "0.0.0.0/0"
    owner = interface_of(case.ground, symbol.owner) if symbol.owner and symbol.axis else None
    if owner is not None and owner.subnet is not None:
        own = owner.subnet.get("cidr" if version == 4 else "ipv6_cidr")
        if isinstance(own, str):
            return own
    return f"{address(version, symbol.value)}/{32 if version == 4 else 128}"


def ports_of(case: Case) -> dict[str, Any]:
    """Protocol and ports of a rule for the packet: all a client may send from where they are not known."""
    packet = case.packet
    if packet.protocol in WITH_TYPES:
        kind = packet.target_port.value
        return {"protocol": packet.protocol, "from_port": kind, "to_port": -1, "icmp_type": kind}
    if packet.protocol not in WITH_PORTS:
        return {"protocol": "all" if packet.protocol == "other" else packet.protocol, "from_port": 0, "to_port": 65535}
    low = high = packet.target_port.value
    if packet.target_port.axis not in ("", "port"):
        low, high = EPHEMERAL
    return {"protocol": packet.protocol, "from_port": low, "to_port": high}


def said(rule: dict[str, Any]) -> str:
    """The traffic of a rule in words."""
    low, high = rule["from_port"], rule["to_port"]
    if rule["protocol"] in WITH_TYPES:
        return traffic(rule["protocol"], low)
    return f"{rule['protocol']}/{low}" if low == high else f"{rule['protocol']}/{low}-{high}"


def size(case: Case, resource: Resource, *path: str) -> int:
    """How many items a list of a resource has."""
    items = resource.get(*path)
    return len(items) if isinstance(items, list) else 0
