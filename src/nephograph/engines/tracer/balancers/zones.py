"""Zones: a balancer sends to targets in zones it is enabled for, a node to those of its own unless it crosses zones.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
"""

from __future__ import annotations

from nephograph.engines.tracer.axes import Axis
from nephograph.engines.tracer.balancers.targets import Target
from nephograph.engines.tracer.came import End
from nephograph.engines.tracer.ground import Ground, name, truth
from nephograph.engines.tracer.places import Interface, interfaces_of, is_network
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

KIND = "load balancer"


def stands(walker: Walker, node: Interface, target: Target) -> End:
    """Whom a node hands the connection: the target itself, or a node of the balancer that is registered.

    Of several nodes the balancer may choose any that it sends to at all: one that gets through is enough.
    """
    ground = walker.ground
    if target.inner is None:
        return walker.destination
    every = interfaces_of(ground, target.inner)
    zone, enabled = ground.zone(node.subnet), _enabled(ground, node)
    near = [n for n in every if ground.zone(n.subnet) == zone]
    far = [n for n in every if n not in near and (ground.zone(n.subnet) in enabled or "" in enabled)]
    found = near + (far if not near or crosses(walker, node, target.group) else []) or every
    if len(found) == 1:
        return found[0]
    axis = f"node {node.urn} {target.inner.urn}"
    chosen = walker.course.take(Axis(axis, ((0, len(found) - 1),), True, f"the node of {name(target.inner)}"))
    return next(one for at, one in enumerate(found) if walker.course.within(chosen, at, at))


def _enabled(ground: Ground, node: Interface) -> set[str]:
    """The zones a balancer has subnets in."""
    return {ground.zone(s) for s in ground.estate.targets(node.resource.urn, "in_subnet", "aws_subnet")}


def crosses(walker: Walker, node: Interface, group: Resource) -> bool:
    """Do nodes send to targets of a group in other zones? The group says so, else the balancer; an application
    balancer always does."""
    said = group.get("cross_zone")
    if said in (True, False, "true", "false"):
        return said in (True, "true")
    kind = node.resource.get("type")
    if kind in (None, "application") or (isinstance(kind, Unknown) and not is_network(walker.course, node.resource)):
        return True
    whole = f"cross-zone balancing of {node.name}"
    return truth(walker.course, node.resource.get("cross_zone"), whole, False)


def in_zone(walker: Walker, node: Interface, group: Resource, goal: End) -> None:
    """Targets stand in zones the balancer is enabled for, and in the node's own unless it crosses zones."""
    ground = walker.ground
    if not isinstance(goal, Interface):
        return
    zone, enabled = ground.zone(goal.subnet), _enabled(ground, node)
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
    if ground.zone(node.subnet) != zone and not crosses(walker, node, group):
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
            group=group,
            at="cross-zone",
        )
