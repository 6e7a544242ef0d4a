"""Security groups, for one packet: allow only, the rules of all groups of an interface add up.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html,
https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from nephograph.engines.tracer.axes import Course, Symbol
from nephograph.engines.tracer.ground import Ground, name, present
from nephograph.engines.tracer.places import Interface, is_network
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.traffic import covers, listed, speaks, width
from nephograph.model.resource import Resource
from nephograph.model.span import Span
from nephograph.model.value import Unknown

Direction = Literal["ingress", "egress"]


class Let(NamedTuple):
    """A rule that lets the packet through, or the reason that none does. `group` is what to change or to show."""

    passed: bool
    group: Resource | None
    rule: str = ""
    location: Span | None = None
    reason: Reason = Reason.GROUP_REFUSES


class Asked(NamedTuple):
    """What a group is asked about: the far end's address, who it is, and the port of the packet's target."""

    version: int
    protocol: str
    peer: Symbol
    who: str
    port: Symbol
    forgot: Reason | None = None
    """Why `who` is not known any more, where a group rule could have used it."""
    was: str = ""
    """Who it was before that."""
    service: str = ""
    """The service of AWS the far end is a public address of."""


def groups_of(ground: Ground, interface: Interface) -> list[Resource]:
    """The groups an interface is in; the VPC's default group when none is named."""
    if interface.holder is None:
        return []
    found = ground.estate.targets(interface.holder.urn, "has_security_group", "aws_security_group")
    if found or ground.missing(interface.holder, "security_groups") or interface.vpc is None:
        return found
    held = ground.estate.holders(interface.vpc.urn, "in_network", "aws_security_group")
    return [group for group in held if group.get("name") == "default"]


def lets(course: Course, ground: Ground, interface: Interface, direction: Direction, asked: Asked) -> Let:
    """Do the groups of an interface let the packet in or out?"""
    holder = interface.holder
    if holder is None:
        return Let(True, None, "nothing filters here")
    groups = groups_of(ground, interface)
    lost = ground.missing(holder, "security_groups")
    if holder.kind == "aws_lb" and isinstance(holder.get("type"), Unknown) and not lost:
        given = ground.estate.targets(holder.urn, "has_security_group")
        if not given and is_network(course, holder):
            return Let(True, None, "nothing filters at a network balancer without groups")
    if not groups and not lost:
        return _default(course, interface, direction, asked)
    found = sorted(
        (
            (width(item.get("cidr")) if isinstance(item, dict) else -2, group, at, item)
            for group, at, item in _rules(groups, direction)
        ),
        key=lambda rule: -rule[0],
    )
    late: list[tuple[Resource, int, Any]] = []
    for _, group, at, item in found:
        if not isinstance(item, dict) or any(
            isinstance(value, Unknown) for key, value in item.items() if key not in ("group", "description")
        ):
            late.append((group, at, item))
        elif let := _matches(course, ground, group, direction, at, item, asked):
            return let
    for group, at, item in late:
        if let := _matches(course, ground, group, direction, at, item, asked):
            return let
    for group in groups:
        said = group.get(direction)
        if isinstance(said, Unknown) and course.perhaps(f"the {direction} rules of {name(group)} ({said})"):
            return Let(True, group, f"rules of {name(group)} that are not known", ground.where(group, direction))
    for why in lost:
        if course.perhaps(f"a security group of {interface.name} ({why})"):
            return Let(True, None, "a security group that is not in the data")
    reason = (
        Reason.GROUP_REFUSES
        if any(group.get(direction) not in (None, []) for group in groups)
        else Reason.GROUP_HAS_NO_RULES
    )
    if any(_of_unknown(ground, group, direction, at, item) for _, group, at, item in found):
        reason = Reason.GROUP_REFERENCE_UNKNOWN_PEER
    if asked.forgot is not None and any(
        isinstance(item, dict)
        and (item.get("group") is not None or item.get("itself"))
        and _matches(course, ground, group, direction, at, item, asked._replace(who=asked.was))
        for _, group, at, item in found
    ):
        reason = asked.forgot
    first = groups[0] if groups else None
    return Let(False, first, "", ground.where(first, direction) if first is not None else None, reason)


def _of_unknown(ground: Ground, group: Resource, direction: Direction, at: int, item: Any) -> bool:
    """Does the rule speak of a group that is not in the data?"""
    if not isinstance(item, dict) or item.get("group") is None:
        return False
    return not ground.linked(group, "lets_in" if direction == "ingress" else "lets_out", direction, at, "group")


def _rules(groups: list[Resource], direction: Direction) -> list[tuple[Resource, int, Any]]:
    found = []
    for group in groups:
        items = group.get(direction)
        found += [(group, at, item) for at, item in enumerate(items if isinstance(items, list) else ())]
    return found


def _default(course: Course, interface: Interface, direction: Direction, asked: Asked) -> Let:
    """The default group of a VPC lets in its own members and lets out everything."""
    if direction == "egress":
        return Let(True, None, "the default security group lets everything out")
    if interface.vpc is None and course.perhaps(f"the rules of the default security group {interface.name} gets"):
        return Let(True, None, "a default security group that is not in the data")
    return Let(False, None, reason=Reason.GROUP_REFUSES)


def _matches(
    course: Course, ground: Ground, group: Resource, direction: Direction, at: int, item: Any, asked: Asked
) -> Let | None:
    """The rule as a `Let` when it lets the packet through."""
    what = f"rule {at + 1} of security group {name(group)}"
    if isinstance(item, Unknown):
        known = course.perhaps(f"{what} ({item})")
        return Let(True, group, what, ground.where(group, direction, at)) if known else None
    if not speaks(course, item, asked.protocol, asked.port, "from_port", what):
        return None
    peer = _peer(course, ground, group, direction, at, item, asked, what)
    if peer is None or not present(course, group):
        return None
    verb = "lets in" if direction == "ingress" else "lets out"
    way = "from" if direction == "ingress" else "to"
    rule = f"{name(group)} {verb} {_said(item)} {way} {peer}"
    return Let(True, group, rule, ground.where(group, direction, at))


def _peer(
    course: Course, ground: Ground, group: Resource, direction: Direction, at: int, item: Any, asked: Asked, what: str
) -> str | None:
    """Who a rule is for, when the far end is one of them."""
    cidr = item.get("cidr")
    if cidr is not None:
        return str(cidr) if covers(course, cidr, asked.version, asked.peer, f"the addresses of {what}") else None
    if item.get("prefix_list") is not None:
        said = item["prefix_list"]
        inside = listed(
            course, ground, group, (direction, at, "prefix_list"), said, asked.version, asked.peer, asked.service
        )
        return f"prefix list {said}" if inside else None
    if item.get("group") is not None:
        path = (direction, at, "group")
        peers = ground.linked(group, "lets_in" if direction == "ingress" else "lets_out", *path)
        if not peers:
            why = ground.missing(group, *path) or [str(item["group"])]
            return "a group not in the data" if course.perhaps(f"who is in the group of {what} ({why[0]})") else None
        return next((name(p) for p in peers if _member(course, ground, asked.who, p)), None)
    itself = item.get("itself")
    if isinstance(itself, Unknown):
        return "its own members" if course.perhaps(f"{what} ({itself})") else None
    return "its own members" if itself and _member(course, ground, asked.who, group) else None


def _member(course: Course, ground: Ground, who: str, group: Resource) -> bool:
    """Is the interface in the group?"""
    from nephograph.engines.tracer.places import interface_of

    interface = interface_of(ground, who)
    if interface is None or interface.holder is None:
        return False
    if any(group.urn == own.urn for own in groups_of(ground, interface)):
        return True
    lost = ground.missing(interface.holder, "security_groups")
    return bool(lost) and course.perhaps(f"whether {interface.name} is in security group {name(group)} ({lost[0]})")


def _said(item: dict[str, Any]) -> str:
    protocol, low, high = item.get("protocol"), item.get("from_port"), item.get("to_port")
    if str(protocol) in ("all", "-1", "None"):
        return "all traffic"
    if (low, high) in ((0, 65535), (None, None)):
        return f"all {protocol}"
    return f"{protocol}/{low}" if low == high else f"{protocol}/{low}-{high}"
