"""The address of the client: a network balancer keeps it for instances and for UDP, unless told otherwise.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
"""

from __future__ import annotations

from nephograph.engines.tracer.ground import known_or, name, truth
from nephograph.engines.tracer.places import is_network
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource


def keeps_client(walker: Walker, balancer: Resource, group: Resource) -> bool:
    """Does the target see the address of the client?"""
    if not is_network(walker.course, balancer):
        return False
    said = group.get("preserve_client_ip")
    protocol = str(known_or(group.get("protocol"), "")).upper()
    default = group.get("target_type") in (None, "instance") or "UDP" in protocol
    if group.get("target_type") == "alb":
        default = True
    return truth(walker.course, said, f"client address preservation of {name(group)}", default)
