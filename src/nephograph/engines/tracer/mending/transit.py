"""Transit gateways: routes, associations, zones, appliance mode."""

from __future__ import annotations

from collections.abc import Callable

from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import interface_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.remedy import Case, Remedy, size
from nephograph.engines.tracer.transit import attachments
from nephograph.model.edit import SetField
from nephograph.model.resource import Resource


def _transit_zone(case: Case) -> list[Remedy]:
    attachment, came = case.resource(), case.drop.facts.get("came")
    if attachment is None or came is None or came.subnet is None:
        return []
    path = ("subnets", size(case, attachment, "subnets"))
    text = f"add subnet {name(came.subnet)} to attachment {name(attachment)}"
    return [Remedy(text, (SetField(attachment.urn, path, came.subnet.urn),))]


def _transit_route(case: Case) -> list[Remedy]:
    table, gateway = case.resource(), case.drop.facts.get("gateway")
    if table is None or table.kind != "aws_ec2_transit_gateway_route_table" or not isinstance(gateway, Resource):
        return []
    owner = interface_of(case.ground, case.packet.target.owner) if case.packet.target.owner else None
    item = case.drop.facts.get("item")
    at = item if isinstance(item, int) else -1
    found = []
    for attachment in attachments(case.ground, gateway):
        ends = case.ground.linked(attachment, "attaches")
        if owner is None or owner.vpc is None or owner.vpc not in ends:
            continue
        ranges = owner.vpc.get("cidrs" if case.packet.version == 4 else "ipv6_cidrs")
        for destination in ranges if isinstance(ranges, list) else []:
            if _narrower(table, at, destination):
                said, place = table.get("routes", at, "destination"), at
                text = f"route {said} to attachment {name(attachment)} instead, in {name(table)}"
            else:
                said, place = destination, size(case, table, "routes")
                text = f"route {destination} to attachment {name(attachment)} in {name(table)}"
            route = {"destination": said, "attachment": attachment.urn}
            found.append(Remedy(text, (SetField(table.urn, ("routes", place), route),)))
    return found[:3]


def _narrower(table: Resource, at: int, whole: object) -> bool:
    """Is the route in the way for a part of the range? Then it is led elsewhere; a wider one stays for the rest."""
    part = network(table.get("routes", at, "destination")) if at >= 0 else None
    range_ = network(whole)
    return part is not None and range_ is not None and range_[1] <= part[1] and part[2] <= range_[2]


def _associate(case: Case) -> list[Remedy]:
    attachment, gateway = case.resource(), case.drop.facts.get("gateway")
    if attachment is None or not isinstance(gateway, Resource):
        return []
    tables = case.ground.estate.holders(gateway.urn, "attached_to", "aws_ec2_transit_gateway_route_table")
    return [
        Remedy(
            f"associate attachment {name(attachment)} with {name(table)}",
            (SetField(table.urn, ("associations", size(case, table, "associations")), {"attachment": attachment.urn}),),
        )
        for table in tables[:3]
    ]


def _appliance(case: Case) -> list[Remedy]:
    """Keep both directions in one zone: appliance mode at the VPC the firewall stands in."""
    box = case.resource()
    vpc = case.ground.vpc(box) if box is not None else None
    if vpc is None:
        return []
    held = case.ground.estate.holders(vpc.urn, "attaches", "aws_ec2_transit_gateway_attachment")
    return [
        Remedy(f"turn on appliance mode at attachment {name(a)}", (SetField(a.urn, ("appliance_mode",), True),))
        for a in held
    ]


HOW: dict[Reason, Callable[[Case], list[Remedy]]] = {
    Reason.TRANSIT_BLACKHOLE: _transit_route,
    Reason.TRANSIT_HAS_NO_ROUTE: _transit_route,
    Reason.TRANSIT_NO_ASSOCIATION: _associate,
    Reason.TRANSIT_NOT_IN_ZONE: _transit_zone,
    Reason.TRANSIT_OTHER_ZONE: _appliance,
}
