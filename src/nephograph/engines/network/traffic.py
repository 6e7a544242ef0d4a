"""What rules say of traffic: a protocol and an interval of ports (or ICMP types), each perhaps not known."""

from __future__ import annotations

from typing import Any, NamedTuple

from nephograph.model.value import Unknown

TOP = 65535
"""The highest port."""

WITH_PORTS = ("tcp", "udp")
WITH_TYPES = ("icmp", "icmpv6")
OTHER = "other"
"""Stands for every protocol that no rule on the way names: only rules for all protocols match it."""

COMMON = (*WITH_PORTS, *WITH_TYPES, OTHER)


class Match(NamedTuple):
    """The traffic a rule speaks of. `protocol` "all" is every protocol; for ICMP the interval is of types."""

    protocol: str
    low: int
    high: int

    def meets(self, protocol: str, port: int) -> bool:
        """Does the rule speak of this protocol and port?"""
        return self.protocol == "all" or (self.protocol == protocol and self.low <= port <= self.high)

    def __str__(self) -> str:
        if self.protocol == "all":
            return "all traffic"
        if (self.low, self.high) == (0, TOP):
            return f"all {self.protocol}"
        return f"{self.protocol}/{self.low}" if self.low == self.high else f"{self.protocol}/{self.low}-{self.high}"


ALL = Match("all", 0, TOP)

_NAMES = {"-1": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


def read_match(rule: dict[str, Any]) -> tuple[Match, tuple[str, ...]]:
    """The traffic of a rule (fields protocol, from_port, to_port), as wide as it may be, and what is not known."""
    protocol, low, high = rule.get("protocol"), rule.get("from_port"), rule.get("to_port")
    doubts = tuple(str(value) for value in (protocol, low, high) if isinstance(value, Unknown))
    if isinstance(protocol, Unknown):
        return ALL, doubts
    name = _NAMES.get(str(protocol), str(protocol)) if protocol is not None else "all"
    if name == "all":
        return ALL, ()
    if name not in (*WITH_PORTS, *WITH_TYPES):
        return Match(name, 0, TOP), ()
    first = 0 if low is None or isinstance(low, Unknown) or low < 0 else int(low)
    last = TOP if high is None or isinstance(high, Unknown) or high < 0 else int(high)
    if name in WITH_TYPES and not isinstance(low, Unknown) and (first, last) != (0, TOP):
        # from_port is the ICMP type and to_port the code; a message of that type with that code is let in.
        return Match(name, first, first), doubts
    return Match(name, first, last), doubts
