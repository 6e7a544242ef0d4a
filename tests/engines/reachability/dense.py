"""The same questions without classes: every pair of interfaces by itself, rule by rule and atom by atom."""

from __future__ import annotations

from nephograph.engines.reachability.engine import Reachability
from nephograph.engines.reachability.interfaces import Interface
from nephograph.engines.reachability.spots import Spot


def dense(found: Reachability, source: str, target: str, version: int) -> tuple[int, int]:
    """(what surely passes, what may pass) as masks, for interfaces whose addresses are said."""
    a, b = found.inventory.all[source], found.inventory.all[target]
    here, there = _spot(a, version), _spot(b, version)
    sure = open_ = 0
    for at in range(found.axis.size):
        atom = 1 << at
        outcomes = []
        for case in found.cases.between(here, there):
            seen = case.source.at if case.source is not None else here.at
            groups = a.membership.groups if case.sender and case.source is None else ()
            known = b.membership.groups if case.receiver else ()
            filters = _lets(found, a, "egress", version, there.at, known, atom) and _lets(
                found, b, "ingress", version, seen, groups, atom
            )
            outcomes.append((filters and bool(case.lets.sure & atom), filters and bool(case.lets.open & atom)))
        sure |= atom if outcomes and all(yes for yes, _ in outcomes) else 0
        open_ |= atom if any(may for _, may in outcomes) else 0
    return sure, open_


def _spot(interface: Interface, version: int) -> Spot:
    return Spot(interface.vpc, interface.subnet, version, interface.addresses[version][0][0])


def _lets(
    found: Reachability, one: Interface, direction: str, version: int, far: int, groups: tuple[str, ...], atom: int
) -> bool:
    if not one.membership.filtered:
        return True
    if not one.membership.groups:
        return direction == "egress"
    for group in one.membership.groups:
        for rule in found.groups.rules[group, direction]:  # type: ignore[index]
            kind, peer = rule.peer
            meets = (kind == "cidr" and peer.version == version and peer.low <= far <= peer.high) or (
                kind == "group" and peer in groups
            )
            if meets and found.axis.mask(rule.span) & atom:
                return True
    return False
