"""Listeners: which one takes a packet, and which target groups a client can get to by it and its rules.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from nephograph.engines.tracer.fronts import fronts, groups_of, perhaps_of
from nephograph.engines.tracer.ground import known_or, name
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.traffic import covers
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

KIND = "load balancer"
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


def listener_of(walker: Walker, node: Interface) -> Resource:
    """The listener that takes the packet; it ends where none does."""
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


def groups_behind(walker: Walker, listener: Resource, node: Interface) -> list[Resource]:
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
            values = item["values"]
            what = f"a source condition of {name(rule)}"
            if not any(covers(walker.course, v, walker.packet.version, walker.packet.source, what) for v in values):
                return False
    return True
