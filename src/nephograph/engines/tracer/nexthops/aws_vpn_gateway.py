"""Virtual private gateways: to the premises behind a VPN connection or Direct Connect.

Sources: https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html,
https://docs.aws.amazon.com/directconnect/latest/UserGuide/virtualgateways.html
"""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.tracer import tables, transit
from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.places import interface_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource

KIND = "VPN gateway"
_FIELDS = (
    ("aws_vpn_connection", "vpn_gateway"),
    ("aws_dx_virtual_interface", "vpn_gateway"),
    ("aws_dx_gateway_association", "gateway"),
)
"""Where connections to the premises say which gateway they lead to."""


def follow(walker: Walker, gateway: Resource, came: Came) -> None:
    """A route of the VPC leads to the gateway."""
    vpc = walker.ground.attached_vpc(gateway)
    if vpc is not came.vpc or not walker.there(gateway):
        lost = walker.ground.missing(gateway, "vpc")
        if vpc is None and lost:
            walker.unknown(f"the VPC of {name(gateway)} ({lost[0]})", gateway, KIND, Reason.ATTACHMENT_NOT_ACTIVE)
            return
        text = f"VPN gateway {name(gateway)} is not attached to this VPC"
        walker.drop(
            Reason.ATTACHMENT_NOT_ACTIVE, gateway, KIND, text, "", walker.ground.where(gateway), came=came, at="vpc"
        )
    _own_source(walker, gateway, came.vpc)
    walker.note(gateway, KIND, "passes", "passes", f"{name(gateway)} looks for the way to the premises")
    walker.forget(Reason.GROUP_REFERENCE_LOST)
    learned = came.route is not None and came.route.propagated
    prefix = walker.module("outside", "prefix")
    for line in lines_of(walker, gateway):
        if prefix.holds(walker, line, walker.packet.target, learned):
            transit.line_alive(walker, line, Reason.VPN_DOWN)
            prefix.come_to(walker, line)
            return
    shown = walker.say(walker.packet.target)
    text = f"no connection of {name(gateway)} leads to {shown}"
    walker.drop(Reason.NO_ROUTE, gateway, KIND, text, at="premises")


def _own_source(walker: Walker, gateway: Resource, vpc: Resource | None) -> None:
    """It takes packets of interfaces of its own VPC; what another network sends through the VPC ends here."""
    packet = walker.packet
    owner = interface_of(walker.ground, packet.source.owner)
    if vpc is None or (owner is not None and (owner.vpc is vpc or owner.vpc is None)):
        return
    if owner is None:
        ranges, lost = walker.ground.ranges(vpc, packet.version), walker.ground.lost_ranges(vpc, packet.version)
        if any(walker.course.within(packet.source, low, high) for low, high in ranges):
            return
        if lost and walker.course.perhaps(f"whether VPC {name(vpc)} holds {walker.say(packet.source)} ({lost})"):
            return
    text = f"{name(gateway)} takes packets of its own VPC only, not from {walker.say(packet.source)}"
    walker.drop(Reason.SOURCE_NOT_OF_VPC, gateway, KIND, text, at="source")


def lines_of(walker: Walker, gateway: Resource) -> Iterator[Resource]:
    """VPN connections and Direct Connect of a gateway, then those that may be its own."""
    estate = walker.ground.estate
    found = estate.holders(gateway.urn, "attached_to", "aws_vpn_connection")
    found += estate.holders(gateway.urn, "attached_to", "aws_dx_virtual_interface")
    found += estate.holders(gateway.urn, "attaches", "aws_dx_gateway_association")
    yield from (line for line in found if walker.there(line))
    for kind, field in _FIELDS:
        for line in estate.of_kind(kind):
            lost = walker.ground.missing(line, field)
            if lost and walker.course.perhaps(f"whether {name(line)} leads to {name(gateway)} ({lost[0]})"):
                yield line


def come_in(walker: Walker, gateway: Resource, vpc: Resource) -> None:
    """From the premises into the gateway's VPC; its own route table may lead to a middlebox."""
    walker.note(gateway, KIND, "passes", "passes", f"{name(gateway)} leads into VPC {name(vpc)}")
    table = tables.edge_table(walker.course, walker.ground, gateway)
    if table is not None:
        route, _ = tables.choose(walker.course, walker.ground, table, vpc, walker.packet.version, walker.packet.target)
        if route is not None:
            _no_appliances(walker, gateway, table, route)
            walker.along(Came(vpc, None, None, table, route), route, table, walker.ground.inside(vpc))
            return
    walker.local(vpc, None)


def _no_appliances(walker: Walker, gateway: Resource, table: Resource, route: tables.Route) -> None:
    """It hands nothing to endpoints of appliances (vpc/latest/userguide/gateway-route-tables.html)."""
    to = route.target
    if isinstance(to, Resource) and to.kind == "aws_vpc_endpoint" and to.get("type") == "GatewayLoadBalancer":
        text = f"{name(gateway)} cannot hand packets to {name(to)}, an endpoint of appliances, and drops them"
        rule = f"{route.destination} → {name(to)}"
        walker.drop(Reason.BLACKHOLE, table, "route table", text, rule, route.location, at="appliances")
