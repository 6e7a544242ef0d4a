"""Functions in a VPC have an interface to call from; nobody connects to them there.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
"""

from __future__ import annotations

from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker


def arrive(walker: Walker, interface: Interface) -> None:
    """Nothing listens."""
    accept(walker, interface)


def accept(walker: Walker, interface: Interface) -> None:
    """Nothing listens; functions are invoked through the API of Lambda."""
    text = f"{interface.name} takes no connections in its VPC: functions are invoked through the API of Lambda"
    walker.drop(Reason.TARGET_ANSWERS_NOBODY, interface.resource, "function", text, inside=walker.inside(interface))
