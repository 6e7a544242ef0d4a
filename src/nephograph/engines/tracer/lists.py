"""Network ACLs, for one packet: ordered by number, the first match decides, stateless, nothing matched is refused.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from nephograph.engines.tracer.axes import Course, Symbol
from nephograph.engines.tracer.ground import Ground, name, present
from nephograph.engines.tracer.packet import Packet
from nephograph.engines.tracer.traffic import covers, speaks
from nephograph.model.resource import Resource
from nephograph.model.span import Span
from nephograph.model.value import Unknown


class Ruled(NamedTuple):
    """What a list decided. `item` is the position of the deciding rule, -1 when none matched."""

    passed: bool
    acl: Resource | None
    rule: str = ""
    location: Span | None = None
    item: int = -1


def acl_of(ground: Ground, course: Course, subnet: Resource) -> tuple[Resource | None, bool]:
    """(the ACL that guards a subnet, True when another one that is not known may guard it instead)."""
    guards = ground.estate.holders(subnet.urn, "guards", "aws_network_acl")
    guards = [acl for acl in guards if present(course, acl)]
    if guards:
        return guards[0], False
    vpc = ground.vpc(subnet)
    for acl in ground.estate.of_kind("aws_network_acl"):
        lost = ground.missing(acl, "subnets")
        said = acl.get("subnets")
        lost += [str(said)] if isinstance(said, Unknown) else []
        same = vpc is None or ground.vpc(acl) is None or ground.vpc(acl) is vpc
        if lost and same and acl.get("default") is not True:
            if course.perhaps(f"whether {name(acl)} guards {name(subnet)} ({lost[0]})"):
                continue
            return acl, True
    held = ground.estate.holders(vpc.urn, "in_network", "aws_network_acl") if vpc is not None else []
    return next((acl for acl in held if acl.get("default") is True), None), False


def rules(
    course: Course, ground: Ground, subnet: Resource, direction: Literal["ingress", "egress"], packet: Packet
) -> Ruled:
    """Does the ACL of a subnet let the packet across its border?"""
    acl, _ = acl_of(ground, course, subnet)
    if acl is None:
        return Ruled(True, None)
    items = acl.get(direction)
    if isinstance(items, Unknown):
        known = course.perhaps(f"the {direction} rules of {name(acl)} ({items})")
        return Ruled(known, acl, f"rules of {name(acl)} that are not known", ground.where(acl, direction))
    peer = packet.source if direction == "ingress" else packet.target
    numbered = [_Entry(_number(item), at, item) for at, item in enumerate(items or ())]
    if any(entry.number is None for entry in numbered):
        known = course.perhaps(f"the order of the rules of {name(acl)}")
        return Ruled(known, acl, f"rules of {name(acl)} whose order is not known", ground.where(acl, direction))
    for entry in sorted(numbered, key=lambda e: e.number or 0):
        what = f"rule {entry.number} of {name(acl)}"
        if not _meets(course, entry.item, packet, peer, what):
            continue
        action = entry.item.get("action")
        allowed = (
            course.perhaps(f"the action of {what} ({action})") if isinstance(action, Unknown) else action == "allow"
        )
        rule = f"{name(acl)} rule {entry.number} {'allows' if allowed else 'denies'} {entry.item.get('cidr')}"
        return Ruled(allowed, acl, rule, ground.where(acl, direction, entry.at), entry.at)
    return Ruled(False, acl, f"no {direction} rule of {name(acl)} matches", ground.where(acl, direction))


class _Entry(NamedTuple):
    number: int | None
    at: int
    item: Any


def _number(item: Any) -> int | None:
    said = item.get("number") if isinstance(item, dict) else None
    return int(said) if isinstance(said, int | float) else None


def _meets(course: Course, item: dict[str, Any], packet: Packet, peer: Symbol, what: str) -> bool:
    if not speaks(course, item, packet.protocol, packet.target_port, "icmp_type", what):
        return False
    return covers(course, item.get("cidr"), packet.version, peer, f"the addresses of {what}")
