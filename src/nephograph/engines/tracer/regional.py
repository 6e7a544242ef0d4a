"""Regional NAT gateways: they stand in no subnet, take what comes from the zones they serve, and lead out by a route
table of their own.

In automatic mode AWS takes the gateway into every zone where something runs, and until then another zone carries the
traffic; by hand a zone that has no address is not served. What the gateway does with packets that are not for the
internet is left open: it has no private connectivity, and its private addresses are said nowhere.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html,
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html (AvailabilityZoneAddresses),
https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html (REGIONAL_NGW_ROUTE_AZ_RESTRICTION)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nephograph.engines.tracer import tables
from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.ground import Ground, name, present
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import Interface, interface_of, standing_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

if TYPE_CHECKING:
    from nephograph.engines.tracer.walk import Walker

KIND = "NAT gateway"


def is_regional(gateway: Resource) -> bool:
    """Does it stand in a VPC and in no subnet?"""
    return bool(gateway.get("availability") == "regional")


def enter(walker: Walker, gateway: Resource, came: Came) -> Interface | None:
    """Where the gateway takes a packet from a subnet; None when it is not known in which VPC it stands."""
    if walker.back:
        text = f"the answer would leave through {name(gateway)}, which knows nothing of the connection"
        walker.drop(Reason.ANSWER_FROM_ANOTHER_ADDRESS, gateway, KIND, text, came=came, at="back")
    vpc = walker.ground.vpc(gateway)
    if vpc is None:
        lost = walker.ground.missing(gateway, "vpc")
        walker.unknown(f"the VPC of {name(gateway)} ({lost[0] if lost else 'not said'})", gateway, KIND)
        return None
    if vpc is not came.vpc:
        text = f"NAT gateway {name(gateway)} stands in another VPC"
        walker.drop(Reason.ATTACHMENT_NOT_ACTIVE, gateway, KIND, text, came=came, at="vpc")
    return standing_of(walker.ground, gateway, _zone(walker, gateway, came))


def _zone(walker: Walker, gateway: Resource, came: Came) -> int:
    """Which of its zones carries the packet: a position in `zones`, -1 when that is not said."""
    said = gateway.get("zones")
    items = said if isinstance(said, list) else []
    alike = [_same(item, came.subnet) for item in items]
    if True in alike:
        return alike.index(True)
    automatic = gateway.get("auto_zones")
    if automatic is None and not isinstance(said, Unknown):
        automatic = not items
    if automatic is True:
        return -1
    shown = name(came.subnet) if came.subnet is not None else "the sender"
    if (isinstance(automatic, Unknown) or isinstance(said, Unknown) or None in alike) and walker.course.perhaps(
        f"whether regional NAT gateway {name(gateway)} serves the zone of {shown}"
    ):
        return -1
    zone = walker.ground.zone(came.subnet) or "its zone"
    text = f"regional NAT gateway {name(gateway)} has no address in {zone}, where {shown} is, and takes in no new zones"
    place = walker.ground.where(gateway, "zones")
    return walker.drop(Reason.NAT_NOT_IN_ZONE, gateway, KIND, text, "zones", place, came=came, at="zone")


def _same(item: object, subnet: Resource | None) -> bool | None:
    """Is a subnet in a zone of the gateway? Zones go by name or by id; None when the two cannot be compared."""
    if not isinstance(item, dict) or subnet is None:
        return None
    for field, other in (("zone", "availability_zone"), ("zone_id", "zone_id")):
        here, there = item.get(field), subnet.get(other)
        if isinstance(here, str) and isinstance(there, str):
            return here == there
    return None


def leave(walker: Walker, gateway: Resource, nat: Interface) -> Resource | None:
    """The internet gateway its route table leads to; None when the packet's way ended here or is not known."""
    vpc = nat.vpc
    assert vpc is not None
    table = table_of(walker.ground, gateway)
    if table is None or not present(walker.course, table):
        if table is not None or walker.ground.missing(gateway, "route_table") or _written(walker, gateway):
            walker.unknown(f"the route table of regional NAT gateway {name(gateway)}", gateway, KIND)
            return None
        if _inside(walker, vpc):
            _open(walker, gateway)
            return None
        found: Resource | None = walker.module("nexthops", "aws_internet_gateway").gateway_of(walker, vpc, nat)
        if found is None:
            walker.unknown(f"the internet gateway of {name(vpc)}", gateway, KIND)
        return found
    packet = walker.packet
    route, others = tables.choose(walker.course, walker.ground, table, vpc, packet.version, packet.target)
    if route is None:
        text = f"route table {name(table)} of {name(gateway)} has no route to {walker.say(packet.target)}"
        walker.drop(Reason.NO_ROUTE, table, "route table", text, "", walker.ground.where(table, "routes"), (), others)
    if isinstance(route.target, Resource) and route.target.kind == "aws_internet_gateway" and not route.blackhole:
        return route.target
    if route.blackhole:
        text = f"the route of {name(table)} for {route.destination} is a blackhole: its target is gone"
        walker.drop(Reason.BLACKHOLE, table, "route table", text, route.destination, route.location)
    _open(walker, gateway)
    return None


def _open(walker: Walker, gateway: Resource) -> None:
    walker.unknown(f"what regional NAT gateway {name(gateway)} does with what is not for the internet", gateway, KIND)


def _written(walker: Walker, gateway: Resource) -> bool:
    """May a route decide that was written into the table AWS makes?"""
    said = gateway.get("routes")
    for item in said if isinstance(said, list) else [said] if isinstance(said, Unknown) else []:
        parsed = network(item.get("destination")) if isinstance(item, dict) else None
        if parsed is None:
            return True
        if parsed[0] == walker.packet.version and walker.course.within(walker.packet.target, parsed[1], parsed[2]):
            return True
    return False


def _inside(walker: Walker, vpc: Resource) -> bool:
    packet = walker.packet
    return any(
        walker.course.within(packet.target, low, high) for low, high in walker.ground.ranges(vpc, packet.version)
    )


def table_of(ground: Ground, gateway: Resource) -> Resource | None:
    """The gateway's own route table, where it is in the data."""
    found = ground.estate.holders(gateway.urn, "routes_for", "aws_route_table")
    return found[0] if found else None


def hand_back(walker: Walker, nat: Interface) -> None:
    """An answer, on its way to the one that asked: inside the VPC unless its table says otherwise."""
    vpc = nat.vpc
    assert vpc is not None
    table = table_of(walker.ground, nat.resource)
    owner = interface_of(walker.ground, walker.packet.target.owner)
    home = owner is not None and owner.vpc is vpc
    if table is None or not present(walker.course, table):
        if home and not _written(walker, nat.resource):
            walker.local(vpc, None)
        else:
            walker.unknown(f"the route table of regional NAT gateway {name(nat.resource)}", nat.resource, KIND)
        return
    packet = walker.packet
    route, others = tables.choose(walker.course, walker.ground, table, vpc, packet.version, packet.target)
    if route is None:
        text = f"route table {name(table)} of {name(nat.resource)} has no route to {walker.say(packet.target)}"
        walker.drop(Reason.NO_ROUTE, table, "route table", text, "", walker.ground.where(table, "routes"), (), others)
    if route.target == "local":
        walker.local(vpc, None)
        return
    walker.along(Came(vpc, None, None, table, route), route, table, walker.ground.inside(vpc), others)
