"""A route of code to a firewall whose endpoint has no id yet: the endpoint of a zone.

Source: https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config.html
"""

from __future__ import annotations

from nephograph.engines.tracer import firewall
from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.nexthops.aws_vpc_endpoint import walker_leaves
from nephograph.engines.tracer.places import interface_of, interfaces_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource


def follow(walker: Walker, box: Resource, came: Came) -> None:
    """Through the firewall."""
    found = [i for i in interfaces_of(walker.ground, box) if i.subnet is not None]
    zone = _zone(walker, came)
    same = [i for i in found if walker.ground.zone(i.subnet) == zone and zone]
    if not found:
        walker.unknown(f"the endpoints of firewall {name(box)}", box, "firewall", told=Reason.NOT_DESCRIBED)
        return
    endpoint = (same or found)[0]
    assert endpoint.subnet is not None
    if came.subnet is None or came.subnet.urn != endpoint.subnet.urn:
        walker.border(endpoint.subnet, "ingress")
    firewall.inspect(walker, box, endpoint.urn)
    walker.forget(Reason.GROUP_REFERENCE_LOST)
    if walker_leaves(walker, endpoint.subnet):
        walker.border(endpoint.subnet, "egress")
    walker.lookup(Came(endpoint.vpc, endpoint.subnet))


def _zone(walker: Walker, came: Came) -> str:
    """The zone of who sends; what comes in by a gateway goes by the endpoint of the zone it is for.

    https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-two-zone-igw.html
    """
    if came.subnet is not None:
        return walker.ground.zone(came.subnet)
    owner = interface_of(walker.ground, walker.packet.target.owner)
    return walker.ground.zone(owner.subnet) if owner is not None else walker.zone
