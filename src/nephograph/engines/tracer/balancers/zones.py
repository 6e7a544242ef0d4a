"""Zones: a balancer sends to targets in zones it is enabled for, a node to those of its own unless it crosses zones.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
"""

from __future__ import annotations

from nephograph.engines.tracer.balancers.targets import Target
from nephograph.engines.tracer.ground import truth
from nephograph.engines.tracer.places import Interface, is_network
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.value import Unknown

KIND = "load balancer"


def in_zone(walker: Walker, node: Interface, target: Target) -> None:
    """Targets stand in zones the balancer is enabled for, and in the node's own unless it crosses zones."""
    ground, goal = walker.ground, walker.destination
    if not isinstance(goal, Interface):
        return
    zone = ground.zone(goal.subnet)
    enabled = {ground.zone(s) for s in ground.estate.targets(node.resource.urn, "in_subnet", "aws_subnet")}
    if not zone or "" in enabled or goal.vpc is not node.vpc:
        return
    lost = ground.missing(node.resource, "subnets") if zone not in enabled else []
    if lost and walker.course.perhaps(f"the zones of {node.name} ({lost[0]})"):
        # The node of a subnet that is not known may stand in the target's zone; this one answers for it.
        return
    if zone not in enabled:
        text = f"{node.name} is not enabled in {zone}, where {goal.name} stands"
        place = ground.where(node.resource, "subnets")
        walker.drop(
            Reason.BALANCER_ZONE_NOT_ENABLED,
            node.resource,
            KIND,
            text,
            "",
            place,
            walker.inside(node),
            goal=goal,
            at="zone",
        )
    said = target.group.get("cross_zone")
    crosses = said in (True, "true") if said in (True, False, "true", "false") else None
    if crosses is None:
        kind = node.resource.get("type")
        default = kind in (None, "application") or (
            isinstance(kind, Unknown) and not is_network(walker.course, node.resource)
        )
        whole = f"cross-zone balancing of {node.name}"
        crosses = default or truth(walker.course, node.resource.get("cross_zone"), whole, False)
    if not crosses and ground.zone(node.subnet) != zone:
        text = f"the node of {node.name} in {ground.zone(node.subnet)} has no target there and does not cross zones"
        place = ground.where(node.resource, "cross_zone")
        walker.drop(
            Reason.TARGETS_IN_NO_SUCH_ZONE,
            node.resource,
            KIND,
            text,
            "",
            place,
            walker.inside(node),
            group=target.group,
            at="cross-zone",
        )
