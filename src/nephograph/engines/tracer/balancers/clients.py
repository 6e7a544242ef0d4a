"""The address of the client: a network balancer keeps it for instances and for UDP, unless told otherwise.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
"""

from __future__ import annotations

from nephograph.engines.tracer.ground import name, truth
from nephograph.engines.tracer.places import is_network
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown


def keeps_client(walker: Walker, balancer: Resource, group: Resource) -> bool:
    """Does the target see the address of the client?"""
    if not is_network(walker.course, balancer):
        return False
    protocol = group.get("protocol")
    known = walker.packet.protocol if isinstance(protocol, Unknown) else str(protocol or "")
    if "UDP" in known.upper():
        return True  # (nobody can turn it off)
    default = group.get("target_type") in (None, "instance", "alb")
    return truth(
        walker.course, group.get("preserve_client_ip"), f"client address preservation of {name(group)}", default
    )
