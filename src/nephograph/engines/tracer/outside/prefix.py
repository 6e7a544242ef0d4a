"""A network on the premises: behind VPN connections and Direct Connect.

Source: https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html
"""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.tracer.axes import Symbol
from nephograph.engines.tracer.came import Outside
from nephograph.engines.tracer.ground import known_or, name
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown


def set_out(walker: Walker, end: Outside) -> None:
    """Into AWS by the connection that leads to where the packet goes."""
    goal = walker.destination
    estate = walker.ground.estate
    gateways = walker.module("nexthops", "aws_vpn_gateway")
    for gateway in _own(walker, goal.vpc):
        for line in gateways.lines_of(walker, gateway):
            if holds(walker, line, walker.packet.source, False):
                _leave_by(walker, line)
                gateways.come_in(walker, gateway, goal.vpc)
                return
    for line in estate.of_kind("aws_vpn_connection"):
        lost = walker.ground.missing(line, "transit_gateway")
        linked = walker.ground.linked(line, "attached_to", "transit_gateway")
        if (linked or lost) and walker.there(line) and holds(walker, line, walker.packet.source, False):
            _leave_by(walker, line)
            if lost:
                walker.unknown(f"the transit gateway of {name(line)} ({lost[0]})", line, _word(line))
                return
            hop = walker.module("nexthops", "aws_ec2_transit_gateway")
            hop.through(walker, linked[0], line)
            return
    if goal.vpc is None and isinstance(goal, Interface) and estate.of_kind("aws_vpn_gateway"):
        walker.unknown(f"the VPC of {goal.name}", goal.resource, goal.kind)
        return
    _other_vpc(walker, end)
    text = f"no VPN connection and no Direct Connect of the data leads from {end.name} to {goal.name}"
    walker.drop(Reason.NO_ROUTE, end.name, end.kind, text, at="premises")


def _own(walker: Walker, vpc: Resource | None) -> Iterator[Resource]:
    """The VPN gateways of a VPC, then those that may be."""
    ground = walker.ground
    every = ground.estate.of_kind("aws_vpn_gateway") if vpc is not None else ()
    yield from (one for one in every if ground.attached_vpc(one) is vpc and walker.there(one))
    for one in every:
        lost = ground.missing(one, "vpc") if ground.attached_vpc(one) is None else []
        if lost and walker.course.perhaps(f"the VPC of {name(one)} ({lost[0]})"):
            yield one


def _other_vpc(walker: Walker, end: Outside) -> None:
    """A gateway that leads to the network stands in another VPC: it takes nothing that is not for that VPC."""
    ground, packet = walker.ground, walker.packet
    gateways = walker.module("nexthops", "aws_vpn_gateway")
    for gateway in ground.estate.of_kind("aws_vpn_gateway"):
        vpc = ground.attached_vpc(gateway)
        if vpc is None:
            continue
        for line in gateways.lines_of(walker, gateway):
            for item in known_or(line.get("routes"), ()):
                parsed = network(item.get("destination")) if isinstance(item, dict) else None
                if parsed and parsed[0] == packet.version and walker.course.within(packet.source, parsed[1], parsed[2]):
                    _leave_by(walker, line)
                    text = f"{name(gateway)} takes what is for VPC {name(vpc)}, and {walker.say(packet.target)} is not"
                    kind = "VPN gateway"
                    walker.drop(Reason.PREMISES_REACH_OWN_VPC_ONLY, gateway, kind, text, at="target")


def _leave_by(walker: Walker, line: Resource) -> None:
    from nephograph.engines.tracer import transit

    transit.line_alive(walker, line, Reason.VPN_DOWN)
    walker.note(line, _word(line), "passes", "passes", f"{name(line)} carries it to AWS")


def holds(walker: Walker, line: Resource, at: Symbol, learned: bool) -> bool:
    """Is the address on the far side of a connection? Static routes say it; what BGP tells is in no configuration."""
    items = line.get("routes") if line.kind == "aws_vpn_connection" else None
    if isinstance(items, Unknown):
        return walker.course.perhaps(f"the routes of {name(line)} ({items})")
    lost = []
    for item in items or ():
        said = item.get("destination") if isinstance(item, dict) else item
        parsed = network(said)
        if parsed and parsed[0] == walker.packet.version and walker.course.within(at, parsed[1], parsed[2]):
            return True
        lost += [said] if isinstance(said, Unknown) else []
    if lost and walker.course.perhaps(f"the routes of {name(line)} ({lost[0]})"):
        return True
    if learned:
        return True
    if line.get("static_routes_only") is True:
        return False
    return walker.course.perhaps(f"what the premises behind {name(line)} advertise")


def come_to(walker: Walker, line: Resource) -> None:
    """The packet leaves AWS by a connection."""
    walker.note(line, _word(line), "passes", "passes", f"{name(line)} carries it to the premises")
    end = walker.destination
    if isinstance(end, Outside) and end.kind == "prefix":
        walker.deliver(end)
        return
    shown = walker.say(walker.packet.target)
    text = f"the way to {shown} leads out of AWS by {name(line)}, and nobody knows what is there"
    walker.drop(Reason.NOBODY_HOME, line, _word(line), text, at="premises")


def _word(line: Resource) -> str:
    return "VPN connection" if line.kind == "aws_vpn_connection" else "Direct Connect"
