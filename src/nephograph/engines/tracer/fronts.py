"""The load balancers in front of an interface: addresses a client may send to instead of its own."""

from __future__ import annotations

from collections.abc import Sequence

from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import Interface, interfaces_of
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

_MACHINES = ("instance", "ip", None)
"""Types of target groups that hold machines; one that says none is of type `instance`."""
_FORWARD = ("aws_lb_listener", "aws_lb_listener_rule")


def fronts(ground: Ground, goal: Interface, nested: bool = True) -> list[Interface]:
    """The nodes of every balancer the goal is a target of; `nested`: also what stands in front of those."""
    key = ("fronts", goal.urn, nested)
    if key not in ground.once:
        ground.once[key] = _fronts(ground, goal, nested)
    found: list[Interface] = ground.once[key]
    return list(found)


def _fronts(ground: Ground, goal: Interface, nested: bool) -> list[Interface]:
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
    """The endpoints of the services a balancer stands behind (PrivateLink), or may stand behind."""
    services = ground.estate.of_kind("aws_vpc_endpoint_service")
    held = ground.estate.holders(balancer.urn, "served_by", "aws_vpc_endpoint_service")
    if balancer.get("type") in ("network", "gateway") or isinstance(balancer.get("type"), Unknown):
        held += [s for s in services if s not in held and ground.lost(s, "load_balancers")]
    every = ground.estate.of_kind("aws_vpc_endpoint") if held else []
    found = [e for s in held for e in every if _leads_to(ground, e, s, services)]
    return [e for e in found if e.get("type") != "GatewayLoadBalancer"]


def _leads_to(ground: Ground, endpoint: Resource, service: Resource, services: Sequence[Resource]) -> bool:
    """Is it an endpoint of that service, as far as is known?"""
    said, own = endpoint.get("service"), service.get("service")
    if endpoint in ground.estate.targets(service.urn, "serves", "aws_vpc_endpoint") or refers(said, service):
        return True
    if isinstance(said, Unknown):
        return not any(refers(said, one) for one in services)
    if isinstance(own, str):
        return bool(said == own)
    # Of a service in code nobody knows the name: it may be any that is no other's.
    return isinstance(said, str) and ".vpce." in said and all(one.get("service") != said for one in services)


def refers(said: object, service: Resource) -> bool:
    """Code names a service by its attribute: `aws_vpc_endpoint_service.api.service_name`."""
    return isinstance(said, Unknown) and said.ref is not None and said.ref.address == service.address


def perhaps_of(ground: Ground, balancer: Resource) -> list[tuple[Resource, str]]:
    """Listeners that may be the balancer's, and why nobody knows whose they are."""
    found = []
    vpcs = {node.vpc for node in interfaces_of(ground, balancer)}
    for listener, why in _lost(ground, "aws_lb_listener", "load_balancer"):
        if listener.scope != balancer.scope:
            continue
        groups = ground.estate.targets(listener.urn, "forwards_to", "aws_lb_target_group")
        theirs = {vpc for group in groups if (vpc := ground.vpc(group)) is not None}
        if not theirs or None in vpcs or theirs & vpcs:
            found.append((listener, why))
    return found


def _lost(ground: Ground, kind: str, field: str) -> list[tuple[Resource, str]]:
    """Resources of a kind of which not all of a field is known, and why: looked for once."""
    key = ("lost", kind, field)
    if key not in ground.once:
        every = ((one, ground.lost(one, field)) for one in ground.estate.of_kind(kind))
        ground.once[key] = [(one, lost[0]) for one, lost in every if lost]
    found: list[tuple[Resource, str]] = ground.once[key]
    return found


def groups_of(ground: Ground, resource: Resource) -> list[Resource]:
    """The target groups something is in, or may be in where not all of their targets are known."""
    groups = ground.estate.holders(resource.urn, "has_target", "aws_lb_target_group")
    groups += _unread(ground, resource)
    groups += _addressed(ground, resource)
    if resource.kind == "aws_ecs_service":
        groups += ground.estate.targets(resource.urn, "registers_with", "aws_lb_target_group")
        if ground.lost(resource, "load_balancers"):
            groups += _beside(ground, resource, _MACHINES)
    return list({group.urn: group for group in groups}.values())


def _addressed(ground: Ground, resource: Resource) -> list[Resource]:
    """Target groups that hold a known address of a resource in another VPC, over a peering for example.

    An address of a range of the group's own VPC is of that VPC. Source:
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
    """
    from nephograph.engines.tracer.addresses import known

    key = "groups by address"
    if key not in ground.once:
        index: dict[tuple[int, int], list[Resource]] = {}
        for group in ground.estate.of_kind("aws_lb_target_group"):
            items, vpc = group.get("targets"), ground.vpc(group)
            for item in items if isinstance(items, list) else ():
                parsed = network(item.get("target")) if isinstance(item, dict) else None
                if (
                    vpc is not None
                    and parsed is not None
                    and not any(a <= parsed[1] <= b for a, b in ground.ranges(vpc, parsed[0]))
                ):
                    index.setdefault(parsed[:2], []).append(group)
        ground.once[key] = index
    found: dict[tuple[int, int], list[Resource]] = ground.once[key]
    if not found:
        return []
    own = [(version, at) for i in interfaces_of(ground, resource) for version in (4, 6) for at in known(i, version)]
    return [group for one in own for group in found.get(one, ())]


def _beside(ground: Ground, resource: Resource, types: tuple[str | None, ...]) -> list[Resource]:
    """Target groups of the VPC of a resource that may hold it by their type."""
    vpcs = [vpc for i in interfaces_of(ground, resource) if (vpc := i.vpc) is not None]
    every = [g for g in ground.estate.of_kind("aws_lb_target_group") if ground.vpc(g) in vpcs]
    return [g for g in every if isinstance(said := g.get("target_type"), Unknown) or said in types]


def _unread(ground: Ground, resource: Resource) -> list[Resource]:
    """Target groups of the VPC whose targets are not all known: the resource may be one of them."""
    types = {"aws_instance": _MACHINES, "aws_lb": ("alb",)}.get(resource.kind)
    unread = _lost(ground, "aws_lb_target_group", "targets") if types else []
    beside = {g.urn for g in _beside(ground, resource, types or ())} if unread else ()
    return [group for group, _ in unread if group.urn in beside]


def _balancers(ground: Ground, resource: Resource) -> list[Resource]:
    found: list[Resource] = list(ground.estate.holders(resource.urn, "has_target", "aws_elb"))
    found += _unread_elders(ground, resource)
    for group in groups_of(ground, resource):
        unread = [one for kind in _FORWARD for one, _ in _lost(ground, kind, "actions")]
        blind = [one for one in unread if one.scope == group.scope]
        for source in [*ground.estate.holders(group.urn, "forwards_to"), *blind]:
            listeners = [source] if source.kind == "aws_lb_listener" else ground.estate.targets(source.urn, "rule_of")
            for listener in listeners:
                found += ground.estate.targets(listener.urn, "listens_for", "aws_lb") or _owners(ground, listener)
    return found


def _unread_elders(ground: Ground, resource: Resource) -> list[Resource]:
    """Classic balancers of the VPC of an instance whose instances are not all known: it may be one of them."""
    blind = [e for e, _ in _lost(ground, "aws_elb", "instances")] if resource.kind == "aws_instance" else []
    vpcs = {vpc for i in interfaces_of(ground, resource) if (vpc := i.vpc) is not None}
    return [e for e in blind if any(node.vpc is None or node.vpc in vpcs for node in interfaces_of(ground, e))]


def _owners(ground: Ground, listener: Resource) -> list[Resource]:
    """The balancers a listener may be of where nobody knows whose it is."""
    if not ground.lost(listener, "load_balancer"):
        return []
    every = ground.estate.of_kind("aws_lb")
    return [one for one in every if any(listener is own for own, _ in perhaps_of(ground, one))]
