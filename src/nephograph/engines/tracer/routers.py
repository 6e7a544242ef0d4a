"""The router of a VPC: out of a subnet, along its route table, and inside the VPC to who has the address.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from nephograph.engines.tracer import tables
from nephograph.engines.tracer.addresses import holder_of, public, range_unknown, subnet_at
from nephograph.engines.tracer.came import Came, Outside
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.hop import Because
from nephograph.engines.tracer.places import Interface, interface_of, table
from nephograph.engines.tracer.reasons import Reason
from nephograph.model.resource import Resource

if TYPE_CHECKING:
    from nephograph.engines.tracer.walk import Walker


def router(walker: Walker, came: Came) -> None:
    """The packet left an interface or a gateway in a subnet: out of the subnet, and along its route table."""
    subnet = came.subnet
    if subnet is None:
        walker.unknown("a subnet that is not in the data", "router", "router")
        return
    owner = interface_of(walker.ground, walker.packet.target.owner)
    if (
        owner is not None
        and owner.subnet is not None
        and owner.subnet.urn == subnet.urn
        and _private_target(walker, owner)
    ):
        walker.enter(owner, subnet)
        return
    if _here(walker, subnet):
        local(walker, came.vpc, subnet)
        return
    walker.border(subnet, "egress")
    lookup(walker, came)


def _private_target(walker: Walker, owner: Interface) -> bool:
    return not walker.packet.target.axis.startswith("public ") and not (
        walker.packet.version == 4 and public(4, walker.packet.target.value) and not _in_vpc(walker, owner.vpc)
    )


def _in_vpc(walker: Walker, vpc: Resource | None) -> bool:
    if vpc is None:
        return False
    ranges = walker.ground.ranges(vpc, walker.packet.version)
    return any(walker.course.within(walker.packet.target, low, high) for low, high in ranges)


def _here(walker: Walker, subnet: Resource) -> bool:
    """Is a target nobody is known to own in this very subnet?"""
    own = walker.ground.subnet_range(subnet, walker.packet.version)
    return not walker.packet.target.owner and own is not None and walker.course.within(walker.packet.target, *own)


def lookup(walker: Walker, came: Came) -> None:
    """The route table of the subnet decides."""
    subnet, packet = came.subnet, walker.packet
    assert subnet is not None, "only the router of a subnet has a table to look into"
    table_, word = tables.table_of(walker.course, walker.ground, subnet)
    around = walker.ground.inside(subnet, subnet)
    if _to_service(walker, came, table_):
        return
    if table_ is None:
        _implicit(walker, came, word)
        return
    route, others = tables.choose(walker.course, walker.ground, table_, came.vpc, packet.version, packet.target)
    shown = walker.say(packet.target)
    if route is None:
        text = f"route table {name(table_)} of subnet {name(subnet)} has no route to {shown}"
        walker.drop(
            Reason.NO_ROUTE,
            table_,
            "route table",
            text,
            "",
            walker.ground.where(table_, "routes"),
            around,
            others,
            came=came,
            at="route",
        )
    along(walker, came._replace(table=table_, route=route), route, table_, around, others)


def along(
    walker: Walker,
    came: Came,
    route: tables.Route,
    table_: Resource,
    around: tuple[str, ...],
    others: tuple[Because, ...] = (),
) -> None:
    """Follow one route of a table."""
    target = route.target
    to = name(target) if isinstance(target, Resource) else str(target or "nowhere")
    rule = f"{route.destination} → {to}"
    if route.blackhole or (target is None and not route.doubt):
        text = f"the route of {name(table_)} for {route.destination} is a blackhole: its target is gone"
        walker.drop(
            Reason.BLACKHOLE,
            table_,
            "route table",
            text,
            rule,
            route.location,
            around,
            others,
            came=came,
            item=route.at,
            at=route.destination,
        )
    if target is None:
        walker.note(
            table_,
            "route table",
            "passes",
            "route",
            f"route table {name(table_)} sends {route.destination} on",
            rule,
            route.location,
            around,
            others,
        )
        walker.unknown(route.doubt, table_, "route table")
        return
    walker.note(
        table_,
        "route table",
        "passes",
        "route",
        f"route table {name(table_)} sends {route.destination} to {to}",
        rule,
        route.location,
        around,
        others,
    )
    if target == "local":
        local(walker, came.vpc, came.subnet)
        return
    assert isinstance(target, Resource)
    if came.vpc is None:
        where = f"subnet {name(came.subnet)}" if came.subnet is not None else name(table_)
        walker.unknown(f"the VPC of {where}", table_, "route table")
        return
    if importlib.util.find_spec(f"nephograph.engines.tracer.nexthops.{target.kind}") is None:
        walker.unknown(f"what {name(target)} ({target.kind}) does with packets", target, target.kind)
        return
    walker.routed = came
    walker.module("nexthops", target.kind).follow(walker, target, came)


def _implicit(walker: Walker, came: Came, word: str) -> None:
    """The main table of a VPC that nobody wrote down."""
    subnet, vpc = came.subnet, came.vpc
    assert subnet is not None
    around = walker.ground.inside(subnet, subnet)
    owner = interface_of(walker.ground, walker.packet.target.owner)
    lost = bool(vpc is not None and walker.ground.lost_ranges(vpc, walker.packet.version))
    inside = lost and owner is not None and owner.vpc is vpc and _private_target(walker, owner)
    if vpc is not None and (inside or _in_vpc(walker, vpc)):
        walker.note(
            subnet,
            "route table",
            "passes",
            "route",
            f"the main route table of {name(vpc)}: local",
            "local",
            None,
            around,
        )
        local(walker, vpc, subnet)
    elif word == "unseen":
        what = f"the route table of {name(subnet)}: the data has no answer about route tables"
        walker.unknown(what, subnet, "route table", told=Reason.NOT_DESCRIBED)
    elif word == "unknown":
        walker.unknown(f"the route table of {name(subnet)}: its VPC is not in the data", subnet, "route table")
    elif word == "default" and walker.packet.version == 4:
        text = "the main route table of a default VPC leads to its internet gateway"
        walker.note(subnet, "route table", "passes", "route", text, "0.0.0.0/0 → internet gateway", None, around)
        walker.module("nexthops", "aws_internet_gateway").through(walker, subnet, vpc)
    else:
        text = f"subnet {name(subnet)} has only the main route table of its VPC, which routes nowhere else"
        walker.drop(Reason.NO_ROUTE, subnet, "route table", text, "", None, around, came=came, at="route")


def _to_service(walker: Walker, came: Came, table_: Resource | None) -> bool:
    end = walker.destination
    if not isinstance(end, Outside) or end.kind != "service" or walker.packet.target.owner:
        return False
    return bool(walker.module("outside", "service").gateway_endpoint(walker, end, came, table_))


def local(walker: Walker, vpc: Resource | None, came_from: Resource | None) -> None:
    """Inside a VPC: to the interface that has the address."""
    owner = interface_of(walker.ground, walker.packet.target.owner)
    if owner is not None and owner.vpc is vpc:
        walker.enter(owner, came_from)
        return
    if owner is not None and owner.vpc is None:
        why = owner.doubt or f"the VPC of {owner.name}"
        walker.unknown(why, owner.resource, owner.kind, Reason.NOBODY_HOME)
        return
    if vpc is None:
        walker.unknown("a VPC that is not in the data", "vpc", "VPC", Reason.NOBODY_HOME)
        return
    here = [i for i in table(walker.ground).by_urn.values() if i.vpc is vpc]
    value, version = walker.packet.target.value, walker.packet.version
    found = [] if walker.packet.target.axis else holder_of(walker.ground, here, version, value)
    if found:
        walker.packet = walker.packet._replace(
            target=walker.packet.target._replace(owner=found[0].urn), receiver=walker.packet.receiver or found[0].urn
        )
        walker.enter(found[0], came_from)
        return
    _bare(walker, vpc, came_from)


def _bare(walker: Walker, vpc: Resource, came_from: Resource | None) -> None:
    """An address of the VPC nobody is known to have."""
    value, version = walker.packet.target.value, walker.packet.version
    shown = walker.say(walker.packet.target)
    subnet = subnet_at(walker.ground, vpc, version, value)
    end = walker.destination
    asked = isinstance(end, Outside) and end.kind == "address"
    if subnet is not None and asked:
        own = walker.ground.subnet_range(subnet, version)
        if own:
            walker.course.within(walker.packet.target, *own)
        if came_from is None or came_from.urn != subnet.urn:
            walker.border(subnet, "ingress")
        walker.unknown(
            f"what has the address {shown} in {name(subnet)}, and its security groups",
            subnet,
            "subnet",
            Reason.NOBODY_HOME,
        )
        return
    if subnet is None and asked and (why := range_unknown(walker.ground, vpc, version)):
        walker.unknown(f"what has the address {shown}: {why}", vpc, "VPC", Reason.NOBODY_HOME)
        return
    text = f"nothing in VPC {name(vpc)} has the address {shown}"
    walker.drop(Reason.NOBODY_HOME, vpc, "VPC", text, inside=walker.ground.inside(vpc), came=walker.routed)
