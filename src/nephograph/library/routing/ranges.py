"""Addresses and ports as intervals, and what is left of a rectangle of them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nephograph.model.resource import Resource

Interval = tuple[int, int]
"""Inclusive."""
TOP = 65535
_NAMES = {"-1": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


class Range(NamedTuple):
    """Addresses of one version."""

    version: int
    low: int
    high: int

    def __str__(self) -> str:
        kind = ipaddress.IPv4Address if self.version == 4 else ipaddress.IPv6Address
        nets = ipaddress.summarize_address_range(kind(self.low), kind(self.high))
        return ", ".join(str(net) for net in nets)

    def holds(self, other: Range) -> bool:
        """Are all addresses of the other in here?"""
        return self.version == other.version and self.low <= other.low and other.high <= self.high

    def meets(self, other: Range) -> Range | None:
        """What both hold."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Range(self.version, low, high) if self.version == other.version and low <= high else None


def parse(text: object) -> Range | None:
    """The range of a CIDR; None for what is none, or not known."""
    if not isinstance(text, str):
        return None
    try:
        net = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    return Range(net.version, int(net.network_address), int(net.broadcast_address))


def of_vpc(vpc: Resource) -> list[Range]:
    """The ranges of a VPC that are known."""
    texts = [t for field in ("cidrs", "ipv6_cidrs") if isinstance(said := vpc.get(field), list) for t in said]
    return [r for text in texts if (r := parse(text)) is not None]


def of_subnet(subnet: Resource) -> list[Range]:
    """The ranges of a subnet that are known."""
    return [r for field in ("cidr", "ipv6_cidr") if (r := parse(subnet.get(field))) is not None]


class Box(NamedTuple):
    """Traffic: a protocol ("all" for every one), ports (ICMP: types), addresses."""

    protocol: str
    ports: Interval
    range: Range

    def covers_protocol(self, other: Box) -> bool:
        """Does a rule of this protocol speak of everything the other's speaks of?"""
        return self.protocol in ("all", other.protocol)


def protocol_of(said: object) -> str | None:
    """The word for a protocol; None when it is not known."""
    if said is None:
        return "all"
    if not isinstance(said, str | int | float):
        return None
    word = str(int(said)) if isinstance(said, float) else str(said)
    return _NAMES.get(word, word)


def ports_of(protocol: str, low: object, high: object) -> Interval | None:
    """Ports, or the ICMP type that stands in `low`; None when one is not known."""
    if protocol not in ("tcp", "udp", "icmp", "icmpv6"):
        return (0, TOP)
    if any(bound is not None and not isinstance(bound, int | float) for bound in (low, high)):
        return None
    first = 0 if low is None or low < 0 else int(low)  # type: ignore[operator, call-overload]
    if protocol.startswith("icmp"):
        whole = low is None or low < 0 or (low, high) == (0, TOP)  # type: ignore[operator]
        return (0, TOP) if whole else (first, first)
    last = TOP if high is None or high < 0 else int(high)  # type: ignore[operator, call-overload]
    return first, last


def left_of(box: Box, others: Iterable[Box]) -> list[tuple[Interval, Interval]]:
    """What of a box no other covers, as (ports, addresses) rectangles."""
    left: list[tuple[Interval, Interval]] = [(box.ports, (box.range.low, box.range.high))]
    for other in others:
        if not other.covers_protocol(box) or other.range.version != box.range.version:
            continue
        hole = (other.ports, (other.range.low, other.range.high))
        left = [piece for one in left for piece in _cut(one, hole)]
    return left


def _cut(one: Sequence[Interval], hole: Sequence[Interval]) -> list[tuple[Interval, Interval]]:
    (p, q), (a, b) = one
    (r, s), (c, d) = hole
    if r > q or s < p or c > b or d < a:
        return [((p, q), (a, b))]
    found: list[tuple[Interval, Interval]] = []
    if p < r:
        found.append(((p, r - 1), (a, b)))
    if s < q:
        found.append(((s + 1, q), (a, b)))
    middle = (max(p, r), min(q, s))
    if a < c:
        found.append((middle, (a, c - 1)))
    if d < b:
        found.append((middle, (d + 1, b)))
    return found
