"""Load balancers: listeners, targets, zones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nephograph.engines.tracer.edits import AddResource, AnyEdit
from nephograph.engines.tracer.ground import known_or, name
from nephograph.engines.tracer.packet import WITH_PORTS
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.remedy import Case, Remedy, size
from nephograph.model.edit import SetField
from nephograph.model.resource import Resource


def _listener(case: Case) -> list[Remedy]:
    balancer = case.resource()
    if balancer is None or case.packet.protocol not in WITH_PORTS:
        return []
    port = case.packet.target_port.value
    if balancer.kind == "aws_elb":
        items = known_or(balancer.get("listeners"), [])
        like = items[0] if items and isinstance(items[0], dict) else {"instance_port": port, "instance_protocol": "tcp"}
        new = {**like, "port": port, "protocol": "tcp" if not items else like.get("protocol", "tcp")}
        text = f"add a listener on {port} to {name(balancer)}"
        return [Remedy(text, (SetField(balancer.urn, ("listeners", len(items)), new),))]
    groups = _leading_to(case, balancer)
    if not groups:
        return []
    protocol = case.packet.protocol.upper() if balancer.get("type") == "network" else "HTTP"
    if protocol == "HTTP" and case.packet.protocol == "udp":
        return []
    urn = f"new:listener-{port}-of-{name(balancer)}"
    config = {
        "load_balancer": balancer.urn,
        "port": port,
        "protocol": protocol,
        "actions": [{"type": "forward", "target_group": groups[0].urn}],
    }
    text = f"add a listener on {port} to {name(balancer)} that forwards to {name(groups[0])}"
    return [Remedy(text, (AddResource(urn, "aws_lb_listener", balancer.urn, config),))]


def _leading_to(case: Case, balancer: Resource) -> list[Resource]:
    """Target groups that hold the goal, else those the balancer uses."""
    goal, estate = case.candidate.goal, case.ground.estate
    found: list[Resource] = []
    if isinstance(goal, Interface):
        for resource in (goal.resource, goal.eni):
            found += estate.holders(resource.urn, "has_target", "aws_lb_target_group") if resource is not None else []
    for listener in estate.holders(balancer.urn, "listens_for"):
        found += estate.targets(listener.urn, "forwards_to", "aws_lb_target_group")
    return found


def _register(case: Case) -> list[Remedy]:
    goal = case.candidate.goal
    if not isinstance(goal, Interface):
        return []
    resource = case.resource()
    if resource is not None and resource.kind == "aws_elb":
        path = ("instances", size(case, resource, "instances"))
        return [
            Remedy(f"register {goal.name} with {name(resource)}", (SetField(resource.urn, path, goal.resource.urn),))
        ]
    found = []
    for group in case.drop.facts.get("groups") or []:
        path = ("targets", size(case, group, "targets"))
        item: dict[str, Any] = {"target": goal.resource.urn, "health": "healthy"}
        found.append(Remedy(f"register {goal.name} in target group {name(group)}", (SetField(group.urn, path, item),)))
    return found[:3]


def _healthy(case: Case) -> list[Remedy]:
    group, at = case.resource(), case.drop.facts.get("item")
    if group is None or not isinstance(at, int) or at < 0:
        return []
    text = f"make the target healthy in {name(group)}"
    return [Remedy(text, (SetField(group.urn, ("targets", at, "health"), "healthy"),))]


def _cross(case: Case) -> list[Remedy]:
    balancer, group = case.resource(), case.drop.facts.get("group")
    if balancer is None:
        return []
    edits: tuple[AnyEdit, ...] = (SetField(balancer.urn, ("cross_zone",), True),)
    if isinstance(group, Resource) and group.get("cross_zone") in (False, "false"):
        edits = (SetField(group.urn, ("cross_zone",), "true"),)
    return [Remedy(f"let {name(balancer)} cross zones", edits)]


def _enable_zone(case: Case) -> list[Remedy]:
    balancer, goal = case.resource(), case.drop.facts.get("goal")
    if balancer is None or not isinstance(goal, Interface) or goal.subnet is None:
        return []
    path = ("subnets", size(case, balancer, "subnets"))
    text = f"enable {name(balancer)} in subnet {name(goal.subnet)}"
    return [Remedy(text, (SetField(balancer.urn, path, goal.subnet.urn),))]


HOW: dict[Reason, Callable[[Case], list[Remedy]]] = {
    Reason.BALANCER_HAS_NO_LISTENER: _listener,
    Reason.BALANCER_LISTENS_ELSEWHERE: _listener,
    Reason.BALANCER_ZONE_NOT_ENABLED: _enable_zone,
    Reason.CLASSIC_BALANCER_HAS_NO_LISTENER: _listener,
    Reason.CLASSIC_BALANCER_LISTENS_ELSEWHERE: _listener,
    Reason.CLASSIC_BALANCER_NOT_CROSS_ZONE: _cross,
    Reason.LISTENER_GROUP_EMPTY: _register,
    Reason.LISTENER_GROUP_REFUSES: _register,
    Reason.TARGETS_IN_NO_SUCH_ZONE: _cross,
    Reason.TARGET_UNHEALTHY: _healthy,
}
