"""NAT instances: machines that forward, and write their own address on what they send to the internet.

What a machine does with packets its system decides. One that has a public address, and is given what addresses without
one send to the internet, is taken to translate it, as it is taken to forward at all: nothing else would come back.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nephograph.engines.tracer.addresses import INTERNET, private, public_of
from nephograph.engines.tracer.axes import Axis
from nephograph.engines.tracer.packet import EPHEMERAL, WITH_PORTS
from nephograph.engines.tracer.places import Interface, interface_of

if TYPE_CHECKING:
    from nephograph.engines.tracer.walk import Walker


def translate(walker: Walker, box: Interface) -> None:
    """Write the machine's address on a packet that without it ends at the internet gateway."""
    from nephograph.engines.tracer.walk import Session

    packet, course, ground = walker.packet, walker.course, walker.ground
    owner = interface_of(ground, packet.source.owner)
    if walker.back or packet.version != 4 or owner is None or owner.vpc is not box.vpc:
        return
    if not any(course.within(packet.target, low, high) for low, high in INTERNET[4]) or _inside(walker, box):
        return
    if public_of(course, ground, owner) is not None or public_of(course, ground, box) is None:
        return
    own = private(course, ground, box, 4)
    if own is None:
        return
    port = packet.source_port
    if packet.protocol in WITH_PORTS:
        port = course.take(Axis(f"port {box.urn}", (EPHEMERAL,), False, f"the port {box.name} sends from"))
    walker.sessions[_key(box)] = Session(packet)
    walker.packet = packet._replace(source=own, source_port=port)
    text = f"{box.name} is taken to write its own address and a port of its own as source, as NAT instances do"
    walker.note(box.resource, box.kind, "rewrites", "nat", text, inside=walker.inside(box))
    walker.assume(f"{box.name} translates what it sends to the internet (a NAT instance)")


def hand_back(walker: Walker, box: Interface) -> bool:
    """Give an answer to the one that asked; False when it is not for one of them."""
    session = walker.sessions.get(_key(box))
    if session is None or not walker.back:
        return False
    before = session.before
    port = before.source_port if before.protocol in WITH_PORTS else walker.packet.target_port
    walker.packet = walker.packet._replace(target=before.source, target_port=port, receiver=before.sender)
    text = f"{box.name} hands the answer to the one that asked"
    walker.note(box.resource, box.kind, "rewrites", "nat", text, inside=walker.inside(box))
    return True


def _key(box: Interface) -> str:
    return f"translated {box.urn}"


def _inside(walker: Walker, box: Interface) -> bool:
    """Is the packet for an address of the VPC itself? Some VPCs have ranges that are public."""
    ranges = walker.ground.ranges(box.vpc, 4) if box.vpc is not None else []
    return any(walker.course.within(walker.packet.target, low, high) for low, high in ranges)
