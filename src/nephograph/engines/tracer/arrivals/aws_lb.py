"""Application and Network Load Balancers: listener, rule, target group, target.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

from nephograph.engines.tracer import balancing
from nephograph.engines.tracer.axes import Axis, Symbol
from nephograph.engines.tracer.came import End
from nephograph.engines.tracer.fronts import fronts, groups_of, perhaps_of
from nephograph.engines.tracer.ground import known_or, name, truth
from nephograph.engines.tracer.hop import Because
from nephograph.engines.tracer.machines import any_port, port_of
from nephograph.engines.tracer.places import Interface, is_network
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

KIND = "load balancer"
GENEVE = 6081
_WIRE = {
    "HTTP": ("tcp",),
    "HTTPS": ("tcp",),
    "TCP": ("tcp",),
    "TLS": ("tcp",),
    "UDP": ("udp",),
    "TCP_UDP": ("tcp", "udp"),
    "QUIC": ("udp",),
    "TCP_QUIC": ("tcp", "udp"),
    "GENEVE": ("udp",),
}


class Target(NamedTuple):
    """One registration: the target group, the position in it, the port it is sent to."""

    group: Resource
    at: int
    port: int | Symbol
    health: Any


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
    _listener(walker, node)


def arrive(walker: Walker, node: Interface) -> None:
    """On to a target, or back to the client."""
    if walker.back:
        balancing.answer(walker, node)
        return
    listener = _listener(walker, node)
    groups = _groups(walker, listener, node)
    target = _target(walker, node, listener, groups)
    _zone(walker, node, target)
    balancing.healthy(walker, target.group, target.at, target.health)
    keeps = _keeps_client(walker, node.resource, target.group)
    balancing.hand_on(walker, node, target.port, keeps, name(target.group), target.group)


def _listener(walker: Walker, node: Interface) -> Resource:
    balancer, packet = node.resource, walker.packet
    if balancer.get("state") not in (None, "active", "provisioning", "active_impaired"):
        text = f"{node.name} is {balancer.get('state')}"
        walker.drop(
            Reason.COMPONENT_NOT_ACTIVE, balancer, KIND, text, "", walker.ground.where(balancer, "state"), at="state"
        )
    listeners = [r for r in walker.ground.estate.holders(balancer.urn, "listens_for") if walker.there(r)]
    wrong_protocol = 0
    for listener in chain(listeners, _perhaps_its(walker, balancer)):
        port, protocol = listener.get("port"), listener.get("protocol")
        if isinstance(protocol, Unknown) and not walker.course.perhaps(
            f"the protocol of a listener of {node.name} ({protocol})"
        ):
            continue
        wire = ("tcp", "udp") if isinstance(protocol, Unknown) else _WIRE.get(str(protocol or "HTTP").upper(), ("tcp",))
        if packet.protocol not in wire:
            wrong_protocol += 1
            continue
        if isinstance(port, Unknown) or port is None:
            if walker.course.perhaps(f"the port of a listener of {node.name} ({port})"):
                return listener
        elif walker.course.within(packet.target_port, int(port), int(port)):
            rule = f"listener {known_or(protocol, 'HTTP')} {int(port)}"
            place = walker.ground.where(listener, "port")
            walker.note(
                listener,
                "listener",
                "passes",
                "listens",
                f"{node.name} listens on {int(port)}",
                rule,
                place,
                walker.inside(node),
            )
            return listener
    near = f"; it listens on {', '.join(sorted({_port(r) for r in listeners}))}" if listeners else ""
    text = f"{node.name} has no listener for {walker.said()}{near}"
    elsewhere = listeners and wrong_protocol < len(listeners)
    reason = Reason.BALANCER_LISTENS_ELSEWHERE if elsewhere else Reason.BALANCER_HAS_NO_LISTENER
    place = walker.ground.where(balancer)
    return walker.drop(reason, balancer, KIND, text, "", place, walker.inside(node), listeners=listeners, at="listener")


def _perhaps_its(walker: Walker, balancer: Resource) -> Iterator[Resource]:
    """Listeners nobody knows the balancer of, as far as this one is taken to be theirs."""
    for listener, why in perhaps_of(walker.ground, balancer):
        if walker.course.perhaps(f"whether {name(listener)} is a listener of {name(balancer)} ({why})"):
            yield listener


def _port(listener: Resource) -> str:
    port = listener.get("port")
    return str(int(port)) if isinstance(port, int | float) else "a port not known"


def _groups(walker: Walker, listener: Resource, node: Interface) -> list[Resource]:
    """Every target group a client can get to by its choice of host, path or headers."""
    estate = walker.ground.estate
    found = estate.targets(listener.urn, "forwards_to", "aws_lb_target_group")
    blind = [listener] if walker.ground.lost(listener, "actions") else []
    for rule in estate.holders(listener.urn, "rule_of", "aws_lb_listener_rule"):
        if walker.there(rule) and _open_to(walker, rule):
            found += estate.targets(rule.urn, "forwards_to", "aws_lb_target_group")
            blind += [rule] if walker.ground.lost(rule, "actions") else []
    goal = walker.destination
    for one in blind if isinstance(goal, Interface) else ():
        why = walker.ground.lost(one, "actions")[0]
        if walker.course.perhaps(f"where {name(one)} of {node.name} forwards to ({why})"):
            assert isinstance(goal, Interface)
            own = [goal.resource, *([goal.eni] if goal.eni is not None else [])]
            own += [d.resource for d in fronts(walker.ground, goal, nested=False) if d.resource is not node.resource]
            found += [group for resource in own for group in groups_of(walker.ground, resource)]
            break
    return list({g.urn: g for g in found}.values())


def _open_to(walker: Walker, rule: Resource) -> bool:
    for item in known_or(rule.get("conditions"), ()):
        if isinstance(item, dict) and item.get("field") == "source_ip" and isinstance(item.get("values"), list):
            from nephograph.engines.tracer.traffic import covers

            values = item["values"]
            what = f"a source condition of {name(rule)}"
            if not any(covers(walker.course, v, walker.packet.version, walker.packet.source, what) for v in values):
                return False
    return True


def _target(walker: Walker, node: Interface, listener: Resource, groups: list[Resource]) -> Target:
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


def _zone(walker: Walker, node: Interface, target: Target) -> None:
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


def _keeps_client(walker: Walker, balancer: Resource, group: Resource) -> bool:
    if not is_network(walker.course, balancer):
        return False
    said = group.get("preserve_client_ip")
    protocol = str(known_or(group.get("protocol"), "")).upper()
    default = group.get("target_type") in (None, "instance") or "UDP" in protocol
    if group.get("target_type") == "alb":
        default = True
    return truth(walker.course, said, f"client address preservation of {name(group)}", default)
