"""Egress-only internet gateways: IPv6 out, and answers in.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
"""

from __future__ import annotations

from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.places import interface_of
from nephograph.engines.tracer.public_access import block_public_access
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Session, Walker
from nephograph.model.resource import Resource

KIND = "egress-only gateway"


def follow(walker: Walker, gateway: Resource, came: Came) -> None:
    """A route leads to the gateway."""
    vpc = walker.ground.attached_vpc(gateway)
    if vpc is None or vpc is not came.vpc:
        lost = walker.ground.missing(gateway, "vpc")
        if vpc is None and lost:
            walker.unknown(f"the VPC of {name(gateway)} ({lost[0]})", gateway, KIND, Reason.ATTACHMENT_NOT_ACTIVE)
            return
        text = f"egress-only gateway {name(gateway)} is not attached to this VPC"
        walker.drop(Reason.ATTACHMENT_NOT_ACTIVE, gateway, KIND, text, came=came, at="vpc")
    owner = interface_of(walker.ground, walker.packet.source.owner)
    if owner is not None:
        block_public_access(walker, gateway, owner, outward=True)
    key = f"egress-only {vpc.urn}"
    if walker.back and key not in walker.sessions:
        text = f"{name(gateway)} lets out connections that started here; this one came in by another way"
        walker.drop(Reason.GATEWAY_STARTS_ONLY_OUTWARD, gateway, KIND, text, came=came, at="back")

    def resume() -> None:
        walker.note(gateway, KIND, "passes", "answer", f"{name(gateway)} lets the answer in")
        walker.local(vpc, None)

    walker.sessions[key] = Session(walker.packet, resume)
    walker.note(gateway, KIND, "passes", "outward", f"{name(gateway)} lets IPv6 out")
    walker.forget(Reason.GROUP_REFERENCE_LOST)
    walker.internet()
