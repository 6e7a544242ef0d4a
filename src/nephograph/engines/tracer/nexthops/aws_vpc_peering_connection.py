"""Peering: between two VPCs and no further.

Sources: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html,
https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
"""

from __future__ import annotations

from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

KIND = "peering connection"
_DEAD = (
    "deleted",
    "deleting",
    "expired",
    "failed",
    "rejected",
    "pending-acceptance",
    "initiating-request",
    "provisioning",
)


def follow(walker: Walker, peering: Resource, came: Came) -> None:
    """Across to the other VPC."""
    status = peering.get("status")
    if isinstance(status, Unknown):
        status = None
    if status in _DEAD or not walker.there(peering):
        text = f"peering connection {name(peering)} is {status or 'perhaps not there'}"
        walker.drop(
            Reason.COMPONENT_NOT_ACTIVE, peering, KIND, text, "", walker.ground.where(peering, "status"), at="status"
        )
    sides = {f: walker.ground.linked(peering, "attached_to", f) for f in ("vpc", "peer_vpc")}
    own = next((f for f, found in sides.items() if came.vpc is not None and came.vpc in found), None)
    other = "vpc" if own == "peer_vpc" else "peer_vpc"
    if own is None and sides["vpc"] and sides["peer_vpc"]:
        text = f"peering connection {name(peering)} does not touch this VPC"
        walker.drop(Reason.ATTACHMENT_NOT_ACTIVE, peering, KIND, text, came=came, at="vpc")
    far = sides[other]
    if own is None or not far:
        lost = walker.ground.missing(peering, other) or ["not said"]
        walker.unknown(f"the VPC on the other side of peering connection {name(peering)} ({lost[0]})", peering, KIND)
        return
    _addresses(walker, peering, came, far[0])
    if came.vpc is not None and came.vpc.scope.region != far[0].scope.region:
        walker.forget(Reason.GROUP_REFERENCE_LOST)
    walker.note(peering, KIND, "passes", "peering", f"{name(peering)} leads to VPC {name(far[0])}", inside=())
    walker.local(far[0], None)


def _addresses(walker: Walker, peering: Resource, came: Came, far: Resource) -> None:
    """The target has to be an address of the far VPC, the source one of the near VPC: nothing passes through."""
    packet, version = walker.packet, walker.packet.version
    for symbol, vpc, word in ((packet.target, far, "target"), (packet.source, came.vpc, "source")):
        ranges = walker.ground.ranges(vpc, version) if vpc is not None else []
        known = vpc is not None and not walker.ground.lost_ranges(vpc, version)
        if ranges and known and not any(walker.course.within(symbol, low, high) for low, high in ranges):
            shown = walker.say(symbol)
            text = f"{name(peering)} carries only what is between its two VPCs; the {word} {shown} is of neither end"
            walker.drop(Reason.PEERING_NOT_TRANSITIVE, peering, KIND, text, came=came, at=word)
