"""Availability Zones of a balancer: those it is enabled for, and whether its nodes send across them.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-disable-crosszone-lb.html
"""

from __future__ import annotations

from nephograph.engines.network.view import View, name
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import NO, Verdict, depends, yes


def sends_to(
    view: View, balancer: Resource, group: Resource | None, node: Resource | None, target: Resource | None
) -> Verdict:
    """Does the node of the balancer in one subnet send to targets in another? Where zones are not said: yes."""
    zone = _zone(target)
    subnets = view.estate.targets(balancer.urn, "in_subnet", "aws_subnet")
    enabled = {_zone(subnet) for subnet in subnets}
    elsewhere = node is None or target is None or view.network(node) is not view.network(target)
    if not zone or "" in enabled or not enabled or elsewhere:
        return yes()
    if zone not in enabled:
        lost = view.missing(balancer, "subnets")
        return depends(f"the zones of {name(balancer)} ({lost[0]})") if lost else NO
    return yes() if _zone(node) == zone else _crosses(balancer, group)


def _crosses(balancer: Resource, group: Resource | None) -> Verdict:
    """The target group's word beats the balancer's; application balancers cross zones unless told otherwise."""
    said = group.get("cross_zone") if group is not None else None
    if str(said).lower() in ("true", "false"):
        return yes() if str(said).lower() == "true" else NO
    kind = balancer.get("type")
    if balancer.kind == "aws_lb" and kind in (None, "application"):
        return yes()
    said = balancer.get("cross_zone")
    if isinstance(said, Unknown) or isinstance(kind, Unknown):
        return depends(f"whether {name(balancer)} crosses zones")
    return yes() if said is True else NO


def _zone(subnet: Resource | None) -> str:
    said = subnet.get("availability_zone") if subnet is not None else None
    return said if isinstance(said, str) else ""
