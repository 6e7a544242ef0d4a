"""Tasks whose machine is not known: what lets packets in to it is not known either.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html
"""

from __future__ import annotations

from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker


def accept(walker: Walker, interface: Interface) -> None:
    """Tasks with an interface of their own, or on a machine that is known, take what their groups let in."""
    if interface.holder is not None:
        return
    what = interface.doubt
    if not walker.course.perhaps(what):
        walker.drop(Reason.GROUP_REFUSES, interface.resource, interface.kind, f"not known: {what}", unknown=what)
    walker.note(interface.resource, interface.kind, "depends", str(Reason.NOT_KNOWN), f"not known: {what}")


def arrive(walker: Walker, interface: Interface) -> None:
    """Tasks hand nothing on."""
    text = f"the packet ends at {interface.name}, which is not where it was going"
    walker.drop(Reason.NOBODY_HOME, interface.resource, interface.kind, text, inside=walker.inside(interface))
