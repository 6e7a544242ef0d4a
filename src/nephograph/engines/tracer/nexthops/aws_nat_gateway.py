"""NAT gateways: the source becomes the gateway's own address; connections start from inside only.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
"""

from __future__ import annotations

from nephograph.engines.tracer import nat64, regional
from nephograph.engines.tracer.addresses import private
from nephograph.engines.tracer.axes import Axis
from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.ground import known_or, name
from nephograph.engines.tracer.packet import EPHEMERAL, WITH_PORTS
from nephograph.engines.tracer.places import Interface, interface_of, interfaces_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Session, Walker
from nephograph.model.resource import Resource

KIND = "NAT gateway"
_CARRIED = (*WITH_PORTS, "icmp", "icmpv6")
ALIVE = (None, "available", "pending")


def follow(walker: Walker, gateway: Resource, came: Came) -> None:
    """A route leads to the gateway."""
    if not walker.there(gateway) or gateway.get("state") not in ALIVE:
        text = f"NAT gateway {name(gateway)} is {known_or(gateway.get('state'), 'perhaps not there')}"
        walker.drop(
            Reason.COMPONENT_NOT_ACTIVE, gateway, KIND, text, "", walker.ground.where(gateway, "state"), at="state"
        )
    if walker.packet.protocol not in _CARRIED:
        said = "protocols other than these" if walker.packet.protocol == "other" else walker.packet.protocol
        text = f"NAT gateways carry TCP, UDP and ICMP, not {said}"
        walker.drop(Reason.PROTOCOL_NOT_CARRIED, gateway, KIND, text, came=came, at="protocol")
    if walker.packet.version == 6 and not nat64.admitted(walker, gateway, came):
        return
    if regional.is_regional(gateway):
        _regional(walker, gateway, came)
        return
    found = interfaces_of(walker.ground, gateway)
    if not found:
        walker.unknown(f"which subnet NAT gateway {name(gateway)} stands in", gateway, KIND)
        return
    nat = found[0]
    if walker.back:
        text = f"the answer would leave through {name(gateway)}, which knows nothing of the connection"
        walker.drop(Reason.ANSWER_FROM_ANOTHER_ADDRESS, gateway, KIND, text, came=came, at="back")
    if nat.vpc is not came.vpc and nat.vpc is not None:
        text = f"NAT gateway {name(gateway)} stands in another VPC"
        walker.drop(Reason.ATTACHMENT_NOT_ACTIVE, gateway, KIND, text, came=came, at="vpc")
    if nat.subnet is None:
        walker.unknown(nat.doubt or f"the subnet of {name(gateway)}", gateway, KIND)
        return
    _own_vpc(walker, gateway, nat)
    if came.subnet is None or came.subnet.urn != nat.subnet.urn:
        walker.border(nat.subnet, "ingress")
    _rewrite(walker, gateway, nat)
    walker.router(Came(nat.vpc, nat.subnet, nat))


def _own_vpc(walker: Walker, gateway: Resource, nat: Interface) -> None:
    owner = interface_of(walker.ground, walker.packet.source.owner)
    if nat.vpc is None or (owner is not None and owner.vpc is None):
        # The VPC of one of the two is not known: that of the route it came by was asked before.
        return
    ranges = walker.ground.ranges(nat.vpc, walker.packet.version)
    if owner is None and any(walker.course.within(walker.packet.source, low, high) for low, high in ranges):
        # An address of the VPC that nobody is known to have.
        return
    if owner is None or owner.vpc is not nat.vpc:
        # A transit gateway's own interface in the VPC counts as a source of the VPC.
        if any(hop.kind == "transit gateway" for hop in walker.hops):
            return
        text = f"{name(gateway)} serves interfaces of its own VPC only; peering and VPN cannot use it"
        walker.drop(Reason.FOREIGN_SOURCE_AT_NAT, gateway, KIND, text)


def _rewrite(walker: Walker, gateway: Resource, nat: Interface) -> None:
    before = walker.packet
    packet = nat64.outward(before) if before.version == 6 else before
    own = private(walker.course, walker.ground, nat, 4)
    assert own is not None
    port = packet.source_port
    if packet.protocol in WITH_PORTS:
        port = walker.course.take(
            Axis(f"port {gateway.urn}", (EPHEMERAL,), False, f"the port {name(gateway)} sends from")
        )
    walker.sessions[nat.urn] = Session(before)
    walker.packet = packet._replace(source=own, source_port=port)
    walker.forget(Reason.GROUP_REFERENCE_LOST)
    text = f"{name(gateway)} writes its own address and a port of its own as source"
    if before.version == 6:
        text += f", and takes {nat64.PREFIX} off the target (NAT64)"
    walker.note(gateway, KIND, "rewrites", "nat", text, inside=walker.inside(nat))


def _regional(walker: Walker, gateway: Resource, came: Came) -> None:
    nat = regional.enter(walker, gateway, came)
    if nat is None:
        return
    _own_vpc(walker, gateway, nat)
    before = walker.packet
    if before.version == 6:
        walker.packet = nat64.outward(before)
    way_out = regional.leave(walker, gateway, nat)
    if way_out is None:
        return
    walker.packet = before
    _rewrite(walker, gateway, nat)
    out = walker.module("nexthops", "aws_internet_gateway")
    if way_out.kind == "aws_internet_gateway":
        out.follow(walker, way_out, Came(nat.vpc, None, nat))
    else:
        out.through(walker, way_out, nat.vpc, Came(nat.vpc, None, nat))
