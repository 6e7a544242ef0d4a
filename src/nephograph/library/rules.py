"""What security groups let everybody in on, and whether that matters: shared by the checks of open ports.

A group that nothing uses is quiet. How bad an open port is, the network engine says: high where the internet reaches
what stands behind it, low where a route or an address is missing as yet.
"""

from __future__ import annotations

import functools
import ipaddress
from collections.abc import Iterator, Mapping

import msgspec

from nephograph.library.sdk import Bad, left_open
from nephograph.model.answer import Severity
from nephograph.model.edit import Fix, RemoveItem
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Evidence, Verdict, depends, yes

_WIDEST_OWN = 8
"""No holder has more than a /8: a shorter prefix is nobody's own (see `Exposure.everybody`)."""


class Opening(msgspec.Struct, frozen=True):
    """One rule that lets everybody in (or may: `unknown` says why it is not known whom). Ports are inclusive."""

    position: int
    protocol: str
    low: int
    high: int
    unknown: str = ""

    @property
    def everything(self) -> bool:
        """Does it open all ports of TCP, or all there is?"""
        return self.protocol in ("all", "tcp") and self.low <= 1 and self.high == 65535

    def covers(self, port: int) -> bool:
        """Does it open this port of TCP?"""
        return self.protocol in ("all", "tcp") and self.low <= port <= self.high


def everybodys(group: Resource) -> Iterator[Opening]:
    """The rules of a group by which everybody gets in, in order."""
    rules = group.get("ingress")
    for position, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, dict):
            continue
        low, high, protocol, cidr = (rule.get(name) for name in ("from_port", "to_port", "protocol", "cidr"))
        if not (isinstance(low, int | float) and isinstance(high, int | float) and isinstance(protocol, str)):
            continue
        if isinstance(cidr, Unknown):
            if not _is_somebodys(cidr):
                yield Opening(position, protocol, int(low), int(high), str(cidr))
        elif is_everybody(cidr):
            yield Opening(position, protocol, int(low), int(high))


def open_ports(group: Resource, facts: Facts, ports: Mapping[int, str], told: str = "") -> Iterator[Bad]:
    """One finding when a rule opens some of these ports to everybody and something uses the group.

    A rule that opens everything is another finding. `told` is a kind of which another check tells the exposure.
    """
    found = [o for o in everybodys(group) if not o.everything and any(map(o.covers, ports))]
    users = facts.holders(group, "has_security_group") if found else ()
    if not users:
        return
    sure = [opening for opening in found if not opening.unknown] or found
    names = [f"{name} ({port})" for port, name in ports.items() if any(o.covers(port) for o in sure)]
    reached = [user for user in users if _reached(user, facts, ports)]
    if any(user.kind == told for user in reached):
        return
    exact = [o for o in sure if o.low == o.high and not o.unknown]
    yield Bad(
        message=f"security group {group.label or group.address} lets everybody in to {_listed(names)}",
        verdict=_verdict(group, sure[0], reached),
        path=("ingress", sure[0].position, "cidr"),
        severity=Severity.HIGH if reached and not sure[0].unknown else None,
        fix=_close(group, exact) if len(exact) == len(sure) else None,
        key="ports",
    )


def opens_everything(group: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding when a rule opens every port to everybody and something uses the group."""
    message = f"security group {group.label or group.address} lets everybody in to every port"
    if facts.holders(group, "has_security_group"):
        # Rules of which nothing is known are asked about here, and not again by each check of some ports.
        yield from left_open(group, "ingress", message=message)
    found = [opening for opening in everybodys(group) if opening.everything and not opening.unknown]
    users = facts.holders(group, "has_security_group") if found else ()
    if not users:
        return
    reached = [user for user in users if any(e.everybody for e in facts.exposed(user))]
    yield Bad(
        message=message,
        verdict=_verdict(group, found[0], reached),
        path=("ingress", found[0].position, "cidr"),
        severity=Severity.HIGH if reached else None,
        key="ports",
    )


def _verdict(group: Resource, opening: Opening, reached: list[Resource]) -> Verdict:
    if opening.unknown:
        return depends(opening.unknown)
    fact = Evidence.at("the rule names everybody", group, ("ingress", opening.position, "cidr"))
    behind = tuple(Evidence(f"the internet reaches {user.label or user.address}", user.urn) for user in reached[:1])
    return yes(fact, *behind)


def _reached(user: Resource, facts: Facts, ports: Mapping[int, str]) -> bool:
    return any(
        exposure.everybody
        and exposure.verdict.answer == "yes"
        and any(exposure.ports.low <= port <= exposure.ports.high for port in ports)
        for exposure in facts.exposed(user)
    )


def _close(group: Resource, openings: list[Opening]) -> Fix:
    edits = tuple(RemoveItem(group.urn, ("ingress", opening.position)) for opening in openings)
    return Fix("close it to everybody", edits, safe=False)


def may_let_everybody_in(resource: Resource, port: int, facts: Facts) -> bool:
    """Could a rule of its groups let everybody in on this port of TCP? A no is certain."""
    groups = facts.attached(resource, "has_security_group")
    named = resource.get("security_groups")
    if not isinstance(named, list) or len(groups) < len(named):
        return True
    return any(
        not isinstance(rules := group.get("ingress"), list)
        or any(
            not isinstance(rule, dict) or rule.get("prefix_list") is not None or _is_open_ended(rule) for rule in rules
        )
        or any(opening.covers(port) for opening in everybodys(group))
        for group in groups
    )


def _is_open_ended(rule: dict[str, object]) -> bool:
    """Is it not known which ports the rule is about?"""
    return any(isinstance(rule.get(name), Unknown) for name in ("from_port", "to_port", "protocol"))


def _is_somebodys(cidr: Unknown) -> bool:
    """Does the range end in a prefix so long that it holds somebody's own addresses, whichever they are (`…/32`)?"""
    tail = cidr.parts[-1] if cidr.parts else ""
    length = tail.rpartition("/")[2] if isinstance(tail, str) and "/" in tail else ""
    return length.isdigit() and int(length) > _WIDEST_OWN


def is_everybody(cidr: object) -> bool:
    """Is this range so wide that it is nobody's own, and not private?"""
    return isinstance(cidr, str) and _of_everybody(cidr)


@functools.lru_cache(maxsize=1 << 12)
def _of_everybody(cidr: str) -> bool:
    try:
        network = ipaddress.ip_network(cidr, strict=False)
    except ValueError:
        return False
    return network.prefixlen <= _WIDEST_OWN and not network.is_private


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
