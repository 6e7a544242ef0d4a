"""What rules say of traffic and peers, asked of one packet."""

from __future__ import annotations

from typing import Any

from nephograph.engines.tracer.addresses import INTERNET
from nephograph.engines.tracer.axes import Course, Symbol
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.packet import TOP, WITH_PORTS, WITH_TYPES, network
from nephograph.engines.tracer.services import serves
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

_NAMES = {"-1": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


def speaks(course: Course, rule: dict[str, Any], protocol: str, port: Symbol, icmp: str, what: str) -> bool:
    """Does a rule speak of this protocol and port? `icmp` is the field of the ICMP type; `what` names the rule."""
    said = rule.get("protocol")
    if isinstance(said, Unknown):
        return course.perhaps(f"the protocol of {what} ({said})")
    named = _NAMES.get(str(said), str(said)) if said is not None else "all"
    if named == "all":
        return True
    course.protocols.add(named)
    if named != protocol:
        return False
    if protocol not in (*WITH_PORTS, *WITH_TYPES):
        return True
    if protocol in WITH_TYPES:
        kind = rule.get(icmp)
        if isinstance(kind, Unknown):
            return course.perhaps(f"the ICMP type of {what} ({kind})")
        whole = kind is None or kind < 0 or (icmp == "from_port" and (kind, rule.get("to_port")) == (0, TOP))
        return whole or (kind is not None and course.within(port, int(kind), int(kind)))
    low, high = rule.get("from_port"), rule.get("to_port")
    for bound in (low, high):
        if isinstance(bound, Unknown):
            return course.perhaps(f"the ports of {what} ({bound})")
    first = 0 if low is None or low < 0 else int(low)
    last = TOP if high is None or high < 0 else int(high)
    if first > last:
        return course.perhaps(f"the ports of {what} ({first} to {last}, in the wrong order)")
    return course.within(port, first, last)


def covers(course: Course, cidr: object, version: int, symbol: Symbol, what: str) -> bool:
    """Is the address in a CIDR? `what` names the CIDR where it is not known."""
    if isinstance(cidr, Unknown):
        return course.perhaps(f"whether {what} ({cidr}) covers the address")
    parsed = network(cidr)
    if parsed is None:
        return course.perhaps(f"whether {what} ({cidr}, which is no CIDR) covers the address")
    return parsed[0] == version and course.within(symbol, parsed[1], parsed[2])


def listed(
    course: Course,
    ground: Ground,
    holder: Resource,
    path: tuple[str | int, ...],
    said: object,
    version: int,
    at: Symbol,
    service: str = "",
) -> bool:
    """Is the address in the prefix list that stands at `path` of `holder`? `service` is the service of AWS it is of.

    Code names the list of a gateway endpoint by the endpoint: that holds the addresses of its service and no others.
    """
    found = ground.linked(holder, "uses_prefix_list", *path)
    if service and found and found[0].kind == "aws_vpc_endpoint" and isinstance(found[0].get("service"), str):
        return serves(found[0], service)
    entries = found[0].get("entries") if found else None
    if not isinstance(entries, list):
        of_aws = bool(found) and found[0].kind == "aws_vpc_endpoint"
        # Lists of AWS's services hold public addresses alone.
        if of_aws and at.owner and not any(course.within(at, low, high) for low, high in INTERNET[version]):
            return False
        return course.perhaps(f"whether prefix list {said} holds the address")
    for item in entries:
        cidr = item.get("cidr") if isinstance(item, dict) else item
        if covers(course, cidr, version, at, f"an entry of prefix list {said}"):
            return True
    return False


def width(cidr: object) -> int:
    """How many addresses a CIDR holds: wide rules are asked first, so that a course carries far."""
    parsed = network(cidr)
    return parsed[2] - parsed[1] if parsed else -1
