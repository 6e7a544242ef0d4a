"""Routes of subnets, and the gateways they may be given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.edits import AddResource
from nephograph.engines.tracer.gateways import to_vpc, ways_to
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.remedy import Case, Remedy, size
from nephograph.model.edit import SetField
from nephograph.model.resource import Resource


def _route(case: Case) -> list[Remedy]:
    came = case.drop.facts.get("came")
    if came is None or came.subnet is None:
        return []
    found = []
    for destination, gateway in ways_to(case.ground, came.vpc, case.packet, case.candidate, case.drop.back):
        route = {"destination": destination, "target": gateway.urn}
        table = case.resource()
        if table is not None and table.kind == "aws_route_table":
            text = f"route {destination} to {name(gateway)} in route table {name(table)}"
            at = size(case, table, "routes")
            existing = case.drop.facts.get(
                "item", getattr(came.route, "at", -1) if case.drop.facts.get("at") != "route" else -1
            )
            if isinstance(existing, int) and existing >= 0:
                at = existing
                text = f"route {destination} to {name(gateway)} instead, in route table {name(table)}"
            found.append(Remedy(text, (SetField(table.urn, ("routes", at), route),)))
        else:
            found.append(_new_table(came, destination, gateway, route))
    return found or _new_gateway(case, came)


def _new_gateway(case: Case, came: Any) -> list[Remedy]:
    """The VPC has no gateway that could lead there: to the internet, one may be made."""
    end: End = case.candidate.start if case.drop.back else case.candidate.goal
    table = case.resource()
    outward = isinstance(end, Outside) and end.kind in ("internet", "service")
    if not outward or came.vpc is None or table is None or table.kind != "aws_route_table":
        return []
    if case.ground.estate.holders(came.vpc.urn, "attached_to", "aws_internet_gateway"):
        return []
    urn = f"new:internet-gateway-of-{name(came.vpc)}"
    whole = "0.0.0.0/0" if case.packet.version == 4 else "::/0"
    route = SetField(table.urn, ("routes", size(case, table, "routes")), {"destination": whole, "target": urn})
    text = f"attach an internet gateway to VPC {name(came.vpc)} and route {whole} to it in route table {name(table)}"
    return [Remedy(text, (AddResource(urn, "aws_internet_gateway", came.vpc.urn, {"vpc": came.vpc.urn}), route))]


def _new_table(came: Any, destination: str, gateway: Resource, route: dict[str, Any]) -> Remedy:
    text = f"give subnet {name(came.subnet)} a route table that routes {destination} to {name(gateway)}"
    config: dict[str, Any] = {"routes": [route], "subnets": [{"subnet": came.subnet.urn}]}
    if came.vpc is not None:
        config["vpc"] = came.vpc.urn
    urn = f"new:route-table-of-{name(came.subnet)}"
    return Remedy(text, (AddResource(urn, "aws_route_table", came.subnet.urn, config),))


def other_way(case: Case) -> list[Remedy]:
    """The route led to a gateway that does not help: lead it elsewhere."""
    came = case.drop.facts.get("came")
    if came is None or came.table is None or came.route is None or came.route.at < 0:
        return []
    found = []
    for destination, gateway in ways_to(case.ground, came.vpc, case.packet, case.candidate, case.drop.back):
        if came.route.target is gateway:
            continue
        text = f"route {came.route.destination} to {name(gateway)} instead, in route table {name(came.table)}"
        route = {"destination": came.route.destination or destination, "target": gateway.urn}
        found.append(Remedy(text, (SetField(came.table.urn, ("routes", came.route.at), route),)))
    return found


def _through_the_box(case: Case) -> list[Remedy]:
    """What comes in passes a middlebox, so what goes out has to pass it, too."""
    came, box = case.drop.facts.get("came"), case.drop.facts.get("box")
    if came is None or came.table is None or came.route is None or came.route.at < 0 or not isinstance(box, Resource):
        return []
    route = {"destination": came.route.destination, "target": box.urn}
    text = f"route {came.route.destination} to {name(box)} instead, in route table {name(came.table)}"
    return [Remedy(text, (SetField(came.table.urn, ("routes", came.route.at), route),))]


def _closer(case: Case) -> list[Remedy]:
    """The route led to another VPC that has the address, too: a route for the own subnet goes before it.

    https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html
    """
    came, candidate = case.drop.facts.get("came"), case.candidate
    end = candidate.start if case.drop.back else candidate.door or candidate.goal
    if came is None or came.table is None or came.vpc is None or candidate.public:
        return []
    if not isinstance(end, Interface) or end.subnet is None or end.vpc is None or end.vpc is came.vpc:
        return []
    version = case.packet.version
    own, wide = network(end.subnet.get("cidr" if version == 4 else "ipv6_cidr")), network(came.route.destination)
    if own is None or wide is None or not (wide[1] <= own[1] and own[2] <= wide[2]) or own == wide:
        return []
    found = []
    for _, gateway in to_vpc(case.ground, came.vpc, end.vpc, version):
        destination = end.subnet.get("cidr" if version == 4 else "ipv6_cidr")
        path = ("routes", size(case, came.table, "routes"))
        text = f"route {destination} to {name(gateway)} in route table {name(came.table)}"
        found.append(
            Remedy(text, (SetField(came.table.urn, path, {"destination": destination, "target": gateway.urn}),))
        )
    return found


HOW: dict[Reason, Callable[[Case], list[Remedy]]] = {
    Reason.ANSWER_FROM_ANOTHER_ADDRESS: other_way,
    Reason.BLACKHOLE: _route,
    Reason.GATEWAY_STARTS_ONLY_OUTWARD: other_way,
    Reason.PEERING_NOT_TRANSITIVE: other_way,
    Reason.PRIVATE_ADDRESS_AT_INTERNET: other_way,
    Reason.PROTOCOL_NOT_CARRIED: other_way,
    Reason.REDIRECTED_WAY_BACK: _through_the_box,
    Reason.SHARED_ADDRESS_AT_INTERNET: other_way,
    Reason.NOBODY_HOME: _closer,
    Reason.NO_ROUTE: _route,
}
