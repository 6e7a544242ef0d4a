"""A route to an interface or an instance: a middlebox that forwards.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/middlebox-routing-console.html
"""

from __future__ import annotations

from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.places import interface_of, interfaces_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource


def follow(walker: Walker, box: Resource, came: Came) -> None:
    """Hand the packet to the middlebox."""
    interface = interface_of(walker.ground, box.urn) or next(iter(interfaces_of(walker.ground, box)), None)
    if interface is None or not walker.there(box):
        walker.unknown(
            f"the interface of {name(box)}", box, "interface", Reason.COMPONENT_NOT_ACTIVE, Reason.NOT_DESCRIBED
        )
        return
    if interface.vpc is None:
        walker.unknown(interface.doubt or f"the VPC of {interface.name}", box, interface.kind, Reason.NOBODY_HOME)
        return
    if interface.vpc is not came.vpc:
        text = f"{interface.name} is in another VPC"
        walker.drop(Reason.ATTACHMENT_NOT_ACTIVE, box, interface.kind, text, came=came, at="vpc")
    walker.enter(interface, came.subnet)
