"""Target groups: which registration a packet goes to, and on which port.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from nephograph.engines.tracer.addresses import known
from nephograph.engines.tracer.axes import Axis, Symbol
from nephograph.engines.tracer.came import End
from nephograph.engines.tracer.fronts import fronts, groups_of
from nephograph.engines.tracer.ground import known_or, name
from nephograph.engines.tracer.hop import Because
from nephograph.engines.tracer.machines import any_port, port_of
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import Interface, is_first
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown


class Target(NamedTuple):
    """One registration: the target group, the position in it, the port it is sent to.

    `inner` is the balancer that is registered, where it is one that leads to whom the packet is for; `address` is what
    is registered, where that is an address.
    """

    group: Resource
    at: int
    port: int | Symbol
    health: Any
    inner: Resource | None = None
    address: Symbol | None = None


Option = Callable[[], Target | None]
"""A registration that may be chosen: None when it is not known to be one, and taken not to be."""


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
    options = [one for group in full for one in _options(walker, node, group, wanted)] if wanted is not None else []
    chosen = _one_of(walker, options, node) if options else None
    if chosen is not None:
        return chosen
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


def _options(walker: Walker, node: Interface, group: Resource, wanted: Interface) -> Iterator[Option]:
    """Every registration in a group that leads to the target: its own (tasks that share a machine are told apart by
    their ports), that of a service whose task it is, that of a balancer in front of it, and what is not known."""
    ground, items = walker.ground, group.get("targets")
    known = False
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if _means(walker, wanted, ground.linked(group, "has_target", "targets", at), item):
            known = True
            yield partial(_registered, walker, group, at, item, None, _address(wanted, item))
        for inner in _nested(walker, wanted, group, at):
            yield partial(_registered, walker, group, at, item, inner)
    if not known:  # what a group tells of the machine is what its service registered
        why = _unsaid(walker, group, wanted.resource)
        if wanted.resource in _services(walker, group):
            yield partial(_served, walker, group, wanted.resource)
        elif why:
            yield partial(_perhaps_served, walker, group, wanted.resource, why)
    if lost := _lost(walker, group, wanted):
        candidates = _lost_inner(walker, node, group, wanted)
        for one in candidates:
            yield partial(_perhaps, walker, group, lost[0], one, len(candidates) > 1)
        if group.get("target_type") != "alb" or _may_be_inner(wanted.resource):
            yield partial(_perhaps, walker, group, lost[0])


def _registered(
    walker: Walker, group: Resource, at: int, item: Any, inner: Resource | None = None, address: Symbol | None = None
) -> Target:
    health = item.get("health") if isinstance(item, dict) else None
    return Target(group, at, _port_of(walker, group, item), health, inner, address)


def _served(walker: Walker, group: Resource, service: Resource) -> Target:
    return Target(group, -1, port_of(walker.course, walker.ground, service, group), "taken")


def _perhaps_served(walker: Walker, group: Resource, service: Resource, why: str) -> Target | None:
    what = f"whether {name(service)} registers its tasks in {name(group)} ({why})"
    return _served(walker, group, service) if walker.course.perhaps(what) else None


def _lost(walker: Walker, group: Resource, wanted: Interface) -> list[str]:
    """Why not all registrations of a group are known: an address that is not the target's is known to be another's."""
    items, others = group.get("targets"), set[str]()
    for at, item in enumerate(items if isinstance(items, list) else ()):
        parsed = network(item.get("target")) if isinstance(item, dict) else None
        if parsed is not None and known(wanted, parsed[0]):
            others.update(walker.ground.missing(group, "targets", at))
    return [why for why in walker.ground.lost(group, "targets") if why not in others]


def _perhaps(
    walker: Walker, group: Resource, why: str, inner: Resource | None = None, several: bool = False
) -> Target | None:
    what = f"the targets of {name(group)} ({why})"
    if several and inner is not None:
        what = f"whether {name(inner)} is a target of {name(group)} ({why})"
    return Target(group, -1, _lost_port(walker, group), "taken", inner) if walker.course.perhaps(what) else None


def _lost_inner(walker: Walker, node: Interface, group: Resource, wanted: Interface) -> list[Resource]:
    """The balancers before the target that may stand in a group of balancers whose targets are not known."""
    if group.get("target_type") != "alb":
        return []
    behind = {d.resource.urn: d.resource for d in fronts(walker.ground, wanted, nested=False)}
    return [one for one in behind.values() if one is not node.resource and _may_be_inner(one)]


def _may_be_inner(balancer: Resource) -> bool:
    """Does a group of balancers take it? Application Load Balancers alone, as far as is known.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
    """
    said = balancer.get("type")
    return balancer.kind == "aws_lb" and (isinstance(said, Unknown) or said in (None, "application"))


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


def _one_of(walker: Walker, options: list[Option], node: Interface) -> Target | None:
    """The client chooses among groups by what it asks for, and the balancer among registrations: one that gets
    through is enough."""
    if len(options) == 1:
        return options[0]()
    axis = f"registration {node.urn} {walker.packet.target_port.value}"
    chosen = walker.course.take(Axis(axis, ((0, len(options) - 1),), True, "the registration the balancer chooses"))
    return next(one for at, one in enumerate(options) if walker.course.within(chosen, at, at))()


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


def _others(walker: Walker, group: Resource) -> Because:
    held = [r for r in walker.ground.linked(group, "has_target") if r.kind != "aws_lb_target_group"]
    items = known_or(group.get("targets"), ())
    bare = [str(i.get("target")) for i in items if isinstance(i, dict) and isinstance(i.get("target"), str)]
    named = [name(r) for r in held] or bare
    text = f"target group {name(group)} sends to {', '.join(named[:5]) or 'targets that are not in the data'} only"
    return Because(str(Reason.TARGETS_ARE_OTHERS), text, group.urn, "", walker.ground.where(group, "targets"))


def _means(walker: Walker, wanted: Interface, linked: list[Resource], item: Any) -> bool:
    """Is it what is registered? An instance is called by the address of its first interface."""
    if any(r is wanted.eni for r in linked) or _address(wanted, item) is not None:
        return True
    return any(r is wanted.resource for r in linked) and is_first(walker.course, walker.ground, wanted)


def _address(wanted: Interface, item: Any) -> Symbol | None:
    """The address that is registered, where the target has it."""
    parsed = network(item.get("target")) if isinstance(item, dict) else None
    if parsed is None or parsed[1] != parsed[2] or parsed[1] not in known(wanted, parsed[0]):
        return None
    return Symbol(parsed[1], "", wanted.urn)


def _nested(walker: Walker, wanted: Interface, group: Resource, at: int) -> list[Resource]:
    """Application Load Balancers before the target that are targets of a network one."""
    doors = {d.resource.urn for d in fronts(walker.ground, wanted, nested=False)}
    return [
        r for r in walker.ground.linked(group, "has_target", "targets", at) if r.kind == "aws_lb" and r.urn in doors
    ]


def _services(walker: Walker, group: Resource) -> list[Resource]:
    """ECS services that register their tasks in the group."""
    found = [walker.ground.estate.resources[e.source] for e in walker.ground.estate.incoming(group.urn)]
    return [r for r in found if r.kind == "aws_ecs_service"]
