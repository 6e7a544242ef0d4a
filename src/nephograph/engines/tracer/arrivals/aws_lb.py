"""Application and Network Load Balancers: listener, rule, target group, target.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/gateway-load-balancers.html
"""

from __future__ import annotations

from nephograph.engines.tracer import balancing
from nephograph.engines.tracer.balancers.clients import keeps_client
from nephograph.engines.tracer.balancers.listeners import KIND, groups_behind, listener_of
from nephograph.engines.tracer.balancers.targets import target_of
from nephograph.engines.tracer.balancers.zones import in_zone, stands
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker

GENEVE = 6081


def depart(walker: Walker, node: Interface) -> None:
    """What a Gateway Load Balancer sends to its targets is GENEVE on UDP port 6081, and nothing else.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/gateway-load-balancers.html
    """
    if node.resource.get("type") != "gateway":
        return
    around = walker.inside(node)
    if walker.packet.protocol != "udp":
        text = f"{node.name} sends GENEVE, which is UDP, not {walker.packet.protocol}"
        walker.drop(Reason.GENEVE_PROTOCOL_ONLY, node.resource, KIND, text, inside=around, at="protocol")
    if not walker.course.within(walker.packet.target_port, GENEVE, GENEVE):
        text = f"{node.name} sends to port {GENEVE} of its targets, and to no other"
        walker.drop(Reason.GENEVE_PORT_ONLY, node.resource, KIND, text, inside=around, at="port")


def accept(walker: Walker, node: Interface) -> None:
    """The balancer itself was asked for: somebody has to listen."""
    listener_of(walker, node)


def arrive(walker: Walker, node: Interface) -> None:
    """On to a target, or back to the client."""
    if walker.back:
        balancing.answer(walker, node)
        return
    listener = listener_of(walker, node)
    groups = groups_behind(walker, listener, node)
    target = target_of(walker, node, listener, groups)
    to = stands(walker, node, target)
    in_zone(walker, node, target.group, to)
    balancing.healthy(walker, target.group, target.at, target.health)
    keeps = keeps_client(walker, node.resource, target.group)
    balancing.hand_on(walker, node, to, target.port, keeps, target.group, target.address)
