"""What of a network cannot be so: ranges that are none, ports in the wrong order, two things that exclude each other.

AWS refuses all of it, so it is a mistake of whoever wrote it; what it would decide is taken to be not known. Sources:
https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html,
https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

from nephograph.engines.tracer.ground import Ground, name
from nephograph.engines.tracer.packet import WITH_PORTS, network
from nephograph.model.resource import Resource
from nephograph.model.span import Span


class Malformed(NamedTuple):
    """One thing that cannot be so: `code` is a slug, `text` says what and of whom, `help` what would be right."""

    code: str
    text: str
    help: str
    location: Span | None = None


_RANGE = "write a range such as 10.0.0.0/24"
_RANGES = {
    "aws_vpc": ("cidrs", "ipv6_cidrs"),
    "aws_subnet": ("cidr", "ipv6_cidr"),
}
_RULES = {"aws_security_group": ("ingress", "egress"), "aws_network_acl": ("ingress", "egress")}


def malformed(ground: Ground) -> list[Malformed]:
    """Everything of the estate that cannot be so, in the order of its resources."""
    found: list[Malformed] = []
    for kind, fields in _RANGES.items():
        for resource in ground.estate.of_kind(kind):
            for field in fields:
                found += _ranges(ground, resource, field)
    for kind, directions in _RULES.items():
        for resource in ground.estate.of_kind(kind):
            for direction in directions:
                found += _rules(ground, resource, direction)
    for table in ground.estate.of_kind("aws_route_table"):
        found += _routes(ground, table)
    for subnet in ground.estate.of_kind("aws_subnet"):
        found += _subnet(ground, subnet)
    for vpc in ground.estate.of_kind("aws_vpc"):
        found += _overlapping(ground, vpc)
    return found


def _ranges(ground: Ground, resource: Resource, field: str) -> Iterator[Malformed]:
    said = resource.get(field)
    for text in said if isinstance(said, list) else [said]:
        if isinstance(text, str) and network(text) is None:
            what = f"{text} of {name(resource)} is no range of addresses"
            yield Malformed("bad-range", what, _RANGE, ground.where(resource, field))


def _rules(ground: Ground, resource: Resource, direction: str) -> Iterator[Malformed]:
    items = resource.get(direction)
    numbers: dict[Any, int] = {}
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict):
            continue
        place = ground.where(resource, direction, at)
        cidr, low, high = item.get("cidr"), item.get("from_port"), item.get("to_port")
        if isinstance(cidr, str) and network(cidr) is None:
            what = f"{cidr} of a rule of {name(resource)} is no range of addresses"
            yield Malformed("bad-range", what, _RANGE, place)
        if item.get("protocol") in WITH_PORTS and _backwards(low, high):
            what = f"ports {low} to {high} of a rule of {name(resource)} are in the wrong order"
            yield Malformed("bad-ports", what, "write the lower port first", place)
        number = item.get("number")
        if isinstance(number, int | float):
            if number in numbers:
                what = f"{name(resource)} has two {direction} rules with number {int(number)}"
                yield Malformed("same-number", what, "give each rule of a direction a number of its own", place)
            numbers.setdefault(number, at)


def _backwards(low: object, high: object) -> bool:
    return isinstance(low, int | float) and isinstance(high, int | float) and 0 <= high < low


def _routes(ground: Ground, table: Resource) -> Iterator[Malformed]:
    items = table.get("routes")
    seen: dict[tuple[int, int, int], str] = {}
    for at, item in enumerate(items if isinstance(items, list) else ()):
        said = item.get("destination") if isinstance(item, dict) else None
        if not isinstance(said, str):
            continue
        place, parsed = ground.where(table, "routes", at), network(said)
        if parsed is None:
            yield Malformed("bad-range", f"{said} of a route of {name(table)} is no range of addresses", _RANGE, place)
        elif parsed in seen and item.get("propagated") is not True and not seen[parsed]:
            what = f"route table {name(table)} has two routes for {said}"
            yield Malformed("same-destination", what, "keep one route for a destination", place)
        elif parsed is not None:
            seen[parsed] = "propagated" if item.get("propagated") is True else ""


def _subnet(ground: Ground, subnet: Resource) -> Iterator[Malformed]:
    place = ground.where(subnet, "cidr")
    tables = [t for t in ground.estate.holders(subnet.urn, "routes_for", "aws_route_table") if t.existence is None]
    if len(tables) > 1:
        told = " and ".join(name(t) for t in tables[:3])
        text = f"subnet {name(subnet)} is associated with {told}: a subnet has one route table"
        yield Malformed("two-tables", text, "keep one association", ground.where(tables[1], "subnets"))
    vpc, own = ground.vpc(subnet), ground.subnet_range(subnet, 4)
    whole = ground.ranges(vpc, 4) if vpc is not None else []
    written = vpc.get("cidrs") if vpc is not None else None
    if own is None or not whole or not isinstance(written, list) or len(whole) < len(written):
        return
    if not any(low <= own[0] and own[1] <= high for low, high in whole):
        text = f"{subnet.get('cidr')} of subnet {name(subnet)} is outside VPC {name(vpc) if vpc else ''}"
        yield Malformed("outside-vpc", text, f"choose a range of {', '.join(str(c) for c in written)}", place)


def _overlapping(ground: Ground, vpc: Resource) -> Iterator[Malformed]:
    """Subnets whose range begins inside the one before."""
    ranges = []
    for subnet in ground.estate.holders(vpc.urn, "in_network", "aws_subnet"):
        own = ground.subnet_range(subnet, 4)
        if own is not None and subnet.existence is None:
            ranges.append((*own, subnet))
    ranges.sort(key=lambda one: one[:2])
    for (_, high, subnet), (low, _, after) in itertools.pairwise(ranges):
        if low <= high:
            text = f"subnets {name(subnet)} and {name(after)} overlap"
            place = ground.where(after, "cidr")
            yield Malformed("overlapping-subnets", text, "give each subnet a range of its own", place)
