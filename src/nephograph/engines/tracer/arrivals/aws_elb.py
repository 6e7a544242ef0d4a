"""Classic Load Balancers.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-disable-crosszone-lb.html
"""

from __future__ import annotations

from typing import Any

from nephograph.engines.tracer import balancing
from nephograph.engines.tracer.ground import truth
from nephograph.engines.tracer.machines import any_port
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.value import Unknown

KIND = "load balancer"


def accept(walker: Walker, node: Interface) -> None:
    """The balancer itself was asked for: somebody has to listen."""
    _listener(walker, node)


def arrive(walker: Walker, node: Interface) -> None:
    """On to an instance, or back to the client."""
    if walker.back:
        balancing.answer(walker, node)
        return
    listener = _listener(walker, node)
    ground, goal = walker.ground, walker.destination
    around, balancer = walker.inside(node), node.resource
    if not isinstance(goal, Interface) or goal.resource not in ground.estate.targets(balancer.urn, "has_target"):
        lost = ground.missing(balancer, "instances")
        if not lost or not walker.course.perhaps(f"the instances of {node.name} ({lost[0]})"):
            text = f"{goal.name} is no instance of {node.name}"
            place = ground.where(balancer, "instances")
            walker.drop(Reason.LISTENER_GROUP_REFUSES, balancer, KIND, text, "", place, around, at="targets")
    zones = {ground.zone(s) for s in ground.estate.targets(balancer.urn, "in_subnet", "aws_subnet")}
    zone = ground.zone(goal.subnet) if isinstance(goal, Interface) else ""
    lost = ground.lost(balancer, "subnets")
    if (zone and "" not in zones and zone not in zones) and not (
        lost and walker.course.perhaps(f"the zones of {node.name} ({lost[0]})")
    ):
        text = f"{node.name} is not enabled in {zone}, where {goal.name} stands"
        walker.drop(
            Reason.BALANCER_ZONE_NOT_ENABLED,
            balancer,
            KIND,
            text,
            "",
            ground.where(balancer, "subnets"),
            around,
            goal=goal,
            at="zone",
        )
    crosses = truth(walker.course, balancer.get("cross_zone"), f"cross-zone balancing of {node.name}", False)
    if zone and not crosses and ground.zone(node.subnet) not in ("", zone):
        text = f"the node of {node.name} in {ground.zone(node.subnet)} does not cross zones"
        place = ground.where(balancer, "cross_zone")
        walker.drop(Reason.CLASSIC_BALANCER_NOT_CROSS_ZONE, balancer, KIND, text, "", place, around, at="cross-zone")
    port = listener.get("instance_port")
    walker.assume(f"the instances of {node.name} are in service")
    number = (
        int(port) if isinstance(port, int | float) else any_port(walker.course, f"the port of instances of {node.name}")
    )
    balancing.hand_on(walker, node, goal, number)


def _listener(walker: Walker, node: Interface) -> dict[str, Any]:
    balancer = node.resource
    items = balancer.get("listeners")
    listeners = items if isinstance(items, list) else [items] if isinstance(items, Unknown) else []
    for at, item in enumerate(listeners if walker.packet.protocol == "tcp" else ()):
        said: dict[str, Any] = item if isinstance(item, dict) else {}
        port = item if isinstance(item, Unknown) else said.get("port")
        if isinstance(port, int | float):
            if walker.course.within(walker.packet.target_port, int(port), int(port)):
                place = walker.ground.where(balancer, "listeners", at)
                walker.note(
                    balancer,
                    "listener",
                    "passes",
                    "listens",
                    f"{node.name} listens on {int(port)}",
                    f"listener {int(port)}",
                    place,
                    walker.inside(node),
                )
                return said
        elif walker.course.perhaps(f"the port of a listener of {node.name} ({port})"):
            return said
    reason = Reason.CLASSIC_BALANCER_LISTENS_ELSEWHERE
    if not listeners or walker.packet.protocol != "tcp":
        reason = Reason.CLASSIC_BALANCER_HAS_NO_LISTENER
    text = f"{node.name} has no listener for {walker.said()}"
    place = walker.ground.where(balancer, "listeners")
    return walker.drop(reason, balancer, KIND, text, "", place, walker.inside(node), at="listener")
