"""Target groups: which registration a packet goes to, and on which port.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from nephograph.engines.tracer.axes import Axis, Symbol
from nephograph.engines.tracer.came import End
from nephograph.engines.tracer.fronts import fronts, groups_of
from nephograph.engines.tracer.ground import known_or, name
from nephograph.engines.tracer.hop import Because
from nephograph.engines.tracer.machines import any_port, port_of
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown


class Target(NamedTuple):
    """One registration: the target group, the position in it, the port it is sent to."""

    group: Resource
    at: int
    port: int | Symbol
    health: Any


def target_of(walker: Walker, node: Interface, listener: Resource, groups: list[Resource]) -> Target:
    """The registration the packet is sent to; it ends where no group holds whom it is for."""
    ground, goal = walker.ground, walker.destination
    around = walker.inside(node)
    place = ground.where(listener, "actions")
    full = [g for g in groups if _may_hold(walker, g, goal)]
    if not full:
        text = f"the listener of {node.name} forwards to nobody: its target groups are empty"
        walker.drop(
            Reason.LISTENER_GROUP_EMPTY, listener, "listener", text, "", place, around, groups=groups, at="targets"
        )
    wanted = goal if isinstance(goal, Interface) else None
    for group in full:
        items = group.get("targets")
        if wanted is not None and (registered := _registrations(walker, group, wanted)):
            return _one_of(walker, registered, wanted)
        for service in [*_services(walker, group), *_perhaps_served(walker, group, goal)]:
            if wanted is not None and service is wanted.resource:
                return Target(group, -1, port_of(walker.course, walker.ground, service, group), "taken")
        for at, item in enumerate(items if isinstance(items, list) else ()):
            if wanted is not None and _nested(walker, wanted, group, at):
                return Target(group, at, _port_of(walker, group, item), item.get("health"))
    for group in full:
        lost = ground.lost(group, "targets")
        if lost and walker.course.perhaps(f"the targets of {name(group)} ({lost[0]})"):
            return Target(group, -1, _lost_port(walker, group), "taken")
    shown = goal.name if wanted is not None else "the target"
    text = f"no target group of the listener of {node.name} holds {shown}"
    return walker.drop(
        Reason.LISTENER_GROUP_REFUSES,
        listener,
        "listener",
        text,
        "",
        place,
        around,
        tuple(_others(walker, group) for group in full),
        groups=full,
        at="targets",
    )


def _registrations(walker: Walker, group: Resource, wanted: Interface) -> list[Target]:
    """Every registration of a target in a group: tasks that share a machine are registered by their ports."""
    found = []
    items = group.get("targets")
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if _means(wanted, walker.ground.linked(group, "has_target", "targets", at), item):
            port = _port_of(walker, group, item)
            found.append(Target(group, at, port, item.get("health") if isinstance(item, dict) else None))
    return found


def _port_of(walker: Walker, group: Resource, item: Any) -> int | Symbol:
    """The port of a registration: its own, else the group's, else the one the client asked for."""
    port = item.get("port") if isinstance(item, dict) and item.get("port") is not None else group.get("port")
    if isinstance(port, Unknown):
        return any_port(walker.course, f"the port of a target in {name(group)} ({port})")
    return int(port) if isinstance(port, int | float) else walker.packet.target_port.value


def _lost_port(walker: Walker, group: Resource) -> int | Symbol:
    """The port of a target that is not known: each may have one of its own."""
    items = group.get("targets")
    lost = [
        item
        for at, item in enumerate(items if isinstance(items, list) else [items])
        if isinstance(item, Unknown) or walker.ground.missing(group, "targets", at)
    ]
    if len(lost) != 1 or isinstance(lost[0], Unknown):
        return any_port(walker.course, f"the port of a target in {name(group)}")
    return _port_of(walker, group, lost[0])


def _one_of(walker: Walker, found: list[Target], wanted: Interface) -> Target:
    """The balancer may choose any of several registrations: one that gets through is enough."""
    if len(found) == 1:
        return found[0]
    axis = f"registration {found[0].group.urn} {wanted.urn}"
    chosen = walker.course.take(Axis(axis, ((0, len(found) - 1),), True, "the registration the balancer chooses"))
    return next(one for at, one in enumerate(found) if walker.course.within(chosen, at, at))


def _may_hold(walker: Walker, group: Resource, goal: End) -> bool:
    """Is anybody registered, or may be as far as is known?"""
    if walker.ground.lost(group, "targets") or group.get("targets") or _services(walker, group):
        return True
    service = goal.resource if isinstance(goal, Interface) else None
    return service is not None and _unsaid(walker, group, service) != ""


def _unsaid(walker: Walker, group: Resource, service: Resource) -> str:
    """Why nobody knows whether a service of ECS registers its tasks in the group, "" where that is known."""
    lost = walker.ground.lost(service, "load_balancers") if service.kind == "aws_ecs_service" else []
    return "; ".join(lost[:3]) if lost and group in groups_of(walker.ground, service) else ""


def _perhaps_served(walker: Walker, group: Resource, goal: End) -> Iterator[Resource]:
    service = goal.resource if isinstance(goal, Interface) else None
    if service is None or service in _services(walker, group):
        return
    why = _unsaid(walker, group, service)
    if why and walker.course.perhaps(f"whether {name(service)} registers its tasks in {name(group)} ({why})"):
        yield service


def _others(walker: Walker, group: Resource) -> Because:
    held = [r for r in walker.ground.linked(group, "has_target") if r.kind != "aws_lb_target_group"]
    items = known_or(group.get("targets"), ())
    bare = [str(i.get("target")) for i in items if isinstance(i, dict) and isinstance(i.get("target"), str)]
    named = [name(r) for r in held] or bare
    text = f"target group {name(group)} sends to {', '.join(named[:5]) or 'targets that are not in the data'} only"
    return Because(str(Reason.TARGETS_ARE_OTHERS), text, group.urn, "", walker.ground.where(group, "targets"))


def _means(wanted: Interface, linked: list[Resource], item: Any) -> bool:
    if any(r is wanted.resource or r is wanted.eni for r in linked):
        return True
    said = item.get("target") if isinstance(item, dict) else None
    return isinstance(said, str) and said in (wanted.own.get("private_ips") or [wanted.own.get("private_ip")])


def _nested(walker: Walker, wanted: Interface, group: Resource, at: int) -> bool:
    """An Application Load Balancer may be the target of a network one."""
    linked = walker.ground.linked(group, "has_target", "targets", at)
    doors = {d.resource.urn for d in fronts(walker.ground, wanted)}
    return any(r.kind == "aws_lb" and r.urn in doors for r in linked)


def _services(walker: Walker, group: Resource) -> list[Resource]:
    """ECS services that register their tasks in the group."""
    found = [walker.ground.estate.resources[e.source] for e in walker.ground.estate.incoming(group.urn)]
    return [r for r in found if r.kind == "aws_ecs_service"]
