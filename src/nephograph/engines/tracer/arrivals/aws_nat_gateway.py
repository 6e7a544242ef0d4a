"""A packet for the address of a NAT gateway: the answer to one that went out, or nothing at all.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
"""

from __future__ import annotations

from nephograph.engines.tracer import nat64, regional
from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.packet import WITH_PORTS
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker


def arrive(walker: Walker, interface: Interface) -> None:
    """Hand an answer to whoever asked."""
    session = walker.sessions.get(interface.urn)
    if session is None or not walker.back:
        accept(walker, interface)
        return
    before = session.before
    if before.version == 6:
        walker.packet = nat64.homeward(walker.packet, before)
    else:
        port = before.source_port if before.protocol in WITH_PORTS else walker.packet.target_port
        walker.packet = walker.packet._replace(target=before.source, target_port=port, receiver=before.sender)
    text = f"{interface.name} hands the answer to the one that asked"
    walker.note(interface.resource, "NAT gateway", "rewrites", "nat", text, inside=walker.inside(interface))
    if interface.subnet is None and regional.is_regional(interface.resource):
        regional.hand_back(walker, interface)
        return
    walker.router(Came(interface.vpc, interface.subnet, interface))


def accept(walker: Walker, interface: Interface) -> None:
    """Nobody can start a connection with it."""
    text = f"{interface.name} lets nobody start a connection from outside"
    walker.drop(
        Reason.NAT_STARTS_ONLY_OUTWARD, interface.resource, "NAT gateway", text, inside=walker.inside(interface)
    )
