"""An address of a VPC that nothing of the data is known to have, at the internet gateway of that VPC.

What stands there may have a public IPv4 address or none; IPv6 addresses need no other one. Source:
https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nephograph.engines.tracer.addresses import INTERNET, subnet_at
from nephograph.engines.tracer.axes import Axis, Symbol
from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.places import Interface

if TYPE_CHECKING:
    from nephograph.engines.tracer.walk import Walker


def sends(walker: Walker) -> Interface | None:
    """The place of whoever sends the packet, where that is such an address."""
    return _place(walker, walker.goal if walker.back else walker.start, walker.packet.source)


def takes(walker: Walker) -> Interface | None:
    """The place of whoever the packet is for, where that is such an address."""
    before = walker.sessions.get(walker.packet.target.axis)
    return _place(walker, walker.destination, before.before.source if before else walker.packet.target)


def public(walker: Walker) -> Symbol | None:
    """The public IPv4 address of the sender, where it has one: nobody knows."""
    from nephograph.engines.tracer.walk import Session

    shown = walker.say(walker.packet.source)
    if not walker.course.perhaps(f"whether {shown} has a public address"):
        return None
    name = f"public {shown}"
    walker.sessions[name] = Session(walker.packet)
    return walker.course.take(Axis(name, INTERNET[4], False, f"the public address of {shown}"))


def private(walker: Walker) -> Symbol | None:
    """The private address behind the public one a packet is for; None where no packet has left by it."""
    before = walker.sessions.get(walker.packet.target.axis)
    return before.before.source if before else None


def _place(walker: Walker, end: End, symbol: Symbol) -> Interface | None:
    if not isinstance(end, Outside) or end.kind != "address" or end.vpc is None or symbol.owner:
        return None
    subnet = subnet_at(walker.ground, end.vpc, walker.packet.version, symbol.value)
    return Interface("", subnet, None, subnet, end.vpc, None) if subnet is not None else None
