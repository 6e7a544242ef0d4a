"""The load balancers in front of an interface: addresses a client may send to instead of its own."""

from __future__ import annotations

from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.places import Interface, interfaces_of
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown


def fronts(ground: Ground, goal: Interface, nested: bool = True) -> list[Interface]:
    """The nodes of every balancer the goal is a target of; `nested`: also what stands in front of those."""
    found: dict[str, Interface] = {}
    pending: list[Resource] = [goal.resource, *([goal.eni] if goal.eni is not None else [])]
    seen: set[str] = set()
    while pending:
        resource = pending.pop()
        if resource.urn in seen:
            continue
        seen.add(resource.urn)
        for balancer in _balancers(ground, resource):
            if nested:
                pending.append(balancer)
            if balancer.urn != goal.resource.urn:
                found.update({node.urn: node for node in interfaces_of(ground, balancer)})
        if nested:
            for endpoint in _endpoints(ground, resource):
                found.update({node.urn: node for node in interfaces_of(ground, endpoint)})
    return list(found.values())


def _endpoints(ground: Ground, balancer: Resource) -> list[Resource]:
    """The endpoints of the services a balancer stands behind (PrivateLink)."""
    named = {s.get("service") for s in ground.estate.holders(balancer.urn, "served_by", "aws_vpc_endpoint_service")}
    services = ground.estate.holders(balancer.urn, "served_by", "aws_vpc_endpoint_service")
    linked = [r for s in services for r in ground.estate.targets(s.urn, "serves", "aws_vpc_endpoint")]
    every = ground.estate.of_kind("aws_vpc_endpoint")
    found = [e for e in every if isinstance(e.get("service"), str) and e.get("service") in named] + linked
    for service in services:
        found += [e for e in every if refers(e.get("service"), service)]
    return [e for e in found if e.get("type") != "GatewayLoadBalancer"]


def refers(said: object, service: Resource) -> bool:
    """Code names a service by its attribute: `aws_vpc_endpoint_service.api.service_name`."""
    return isinstance(said, Unknown) and said.ref is not None and said.ref.address == service.address


def _unread(ground: Ground, resource: Resource) -> list[Resource]:
    """Target groups of the VPC whose targets nobody asked for: the resource may be one of them."""
    if resource.kind != "aws_instance":
        return []
    vpcs = [vpc for i in interfaces_of(ground, resource) if (vpc := i.vpc) is not None]
    unread = [g for g in ground.estate.of_kind("aws_lb_target_group") if isinstance(g.get("targets"), Unknown)]
    return [g for g in unread if g.get("target_type") in (None, "instance", "ip") and ground.vpc(g) in vpcs]


def _balancers(ground: Ground, resource: Resource) -> list[Resource]:
    found: list[Resource] = list(ground.estate.holders(resource.urn, "has_target", "aws_elb"))
    groups = ground.estate.holders(resource.urn, "has_target", "aws_lb_target_group")
    groups += _unread(ground, resource)
    if resource.kind == "aws_ecs_service":
        groups += ground.estate.targets(resource.urn, "registers_with", "aws_lb_target_group")
    for group in groups:
        for source in ground.estate.holders(group.urn, "forwards_to"):
            listeners = [source] if source.kind == "aws_lb_listener" else ground.estate.targets(source.urn, "rule_of")
            for listener in listeners:
                found += ground.estate.targets(listener.urn, "listens_for", "aws_lb")
    return found
