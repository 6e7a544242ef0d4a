"""Which rules of a resource's security groups let the internet in on a port: shared by checks that end in a fix."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_WIDEST_OWN = 8
"""No holder has more than a /8: a shorter prefix is nobody's own (see `Exposure.everybody`)."""


def openings(resource: Resource, port: int, facts: Facts) -> Iterator[tuple[Resource, int, bool]]:
    """(group, position in its ingress, does the rule open this port only) of every rule that lets everybody in."""
    for group in facts.attached(resource, "has_security_group"):
        rules = group.get("ingress")
        for position, rule in enumerate(rules if isinstance(rules, list) else ()):
            if isinstance(rule, dict) and _covers(rule, port) and _everybody(rule.get("cidr")):
                yield group, position, rule.get("from_port") == port == rule.get("to_port")


def _covers(rule: dict[str, object], port: int) -> bool:
    low, high = rule.get("from_port"), rule.get("to_port")
    known = isinstance(low, int | float) and isinstance(high, int | float)
    return rule.get("protocol") in ("tcp", "all") and known and low <= port <= high  # type: ignore[operator]


def _everybody(cidr: object) -> bool:
    if not isinstance(cidr, str):
        return False
    try:
        return ipaddress.ip_network(cidr, strict=False).prefixlen <= _WIDEST_OWN
    except ValueError:
        return False
