"""A bare address of a VPC that nothing of the data is known to have: packets from it cannot be followed."""

from __future__ import annotations

from nephograph.engines.tracer.addresses import range_unknown, subnet_at
from nephograph.engines.tracer.came import Came, Outside
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker


def set_out(walker: Walker, end: Outside) -> None:
    """Out of the subnet the address lies in; its groups are not known."""
    value, version = walker.packet.source.value, walker.packet.version
    subnet = subnet_at(walker.ground, end.vpc, version, value) if end.vpc is not None else None
    why = range_unknown(walker.ground, end.vpc, version) if subnet is None and end.vpc is not None else ""
    if why:
        walker.unknown(f"what has the address {end.name}: {why}", end.name, end.kind, Reason.NOBODY_HOME)
        return
    if subnet is None:
        walker.drop(Reason.NOBODY_HOME, end.name, end.kind, f"no subnet of the data holds {end.name}", at="source")
    own = walker.ground.subnet_range(subnet, version)
    if own:
        walker.course.within(walker.packet.source, *own)
    if not walker.back and not walker.course.perhaps(f"what has the address {end.name}, and its security groups"):
        walker.drop(
            Reason.GROUP_REFUSES, end.name, end.kind, f"the groups of {end.name} may not let this out", at="source"
        )
    walker.router(Came(end.vpc, subnet))
