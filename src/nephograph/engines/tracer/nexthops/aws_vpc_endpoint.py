"""A route to an endpoint: a service behind a gateway endpoint, or appliances behind a Gateway Load Balancer.

Sources: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html,
https://docs.aws.amazon.com/vpc/latest/privatelink/vpce-gateway-load-balancer.html
"""

from __future__ import annotations

from nephograph.engines.tracer import appliances, firewall
from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.places import interfaces_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

KIND = "endpoint"


def follow(walker: Walker, endpoint: Resource, came: Came) -> None:
    """A route leads to the endpoint."""
    kind = endpoint.get("type")
    if isinstance(kind, Unknown):
        walker.unknown(f"the type of endpoint {name(endpoint)} ({kind})", endpoint, KIND)
        return
    if not walker.there(endpoint):
        text = f"the route leads to endpoint {name(endpoint)}, which does not exist"
        walker.drop(Reason.COMPONENT_NOT_ACTIVE, endpoint, KIND, text, at="there")
    if kind == "Gateway":
        # (Who asks its service has taken it before: `outside/service.py`.)
        text = f"{name(endpoint)} carries traffic of {endpoint.get('service')} and no other"
        walker.drop(Reason.WRONG_SERVICE_ADDRESS, endpoint, KIND, text)
    firewalls = walker.ground.estate.holders(endpoint.urn, "uses_endpoint", "aws_networkfirewall_firewall")
    box = next(iter(interfaces_of(walker.ground, endpoint)), None)
    if box is None or box.subnet is None:
        walker.unknown(f"the subnet of endpoint {name(endpoint)}", endpoint, KIND, told=Reason.NOT_DESCRIBED)
        return
    if came.subnet is None or came.subnet.urn != box.subnet.urn:
        walker.border(box.subnet, "ingress")
    if firewalls:
        firewall.inspect(walker, firewalls[0], box.urn)
    else:
        service = walker.module("arrivals", "aws_vpc_endpoint").service_of(walker, endpoint)
        appliances.pass_through(walker, endpoint, service)
    walker.forget(Reason.GROUP_REFERENCE_LOST)
    if walker_leaves(walker, box.subnet):
        walker.border(box.subnet, "egress")
    walker.lookup(Came(box.vpc, box.subnet))


def walker_leaves(walker: Walker, subnet: Resource) -> bool:
    """Does the packet leave the endpoint's subnet? What it hands on in its own subnet crosses no border."""
    own = walker.ground.subnet_range(subnet, walker.packet.version)
    return own is None or not walker.course.within(walker.packet.target, *own)
