"""Load balancers: a leg from the client to the node, and one from the node to the target.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from nephograph.engines.reachability.addresses import Interval
from nephograph.engines.reachability.interfaces import Interface
from nephograph.engines.reachability.machines import ANY_PORT, GIVEN, host_ports
from nephograph.engines.reachability.reading import Reading, flag, name
from nephograph.engines.reachability.traffic import TOP, Span
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

BALANCERS = frozenset(("aws_lb", "aws_elb"))

_WIRE = {
    "UDP": ("udp",),
    "TCP_UDP": ("tcp", "udp"),
    "QUIC": ("udp",),
    "TCP_QUIC": ("tcp", "udp"),
    "GENEVE": ("udp",),
}
_WELL = ("healthy", "initial", "inservice")
_UP = (None, "active", "provisioning", "active_impaired")


class Listens(NamedTuple):
    """Traffic a node takes, and why that is not sure ("" when it is)."""

    span: Span | None
    doubt: str = ""


class Forward(NamedTuple):
    """A listener that hands on to a target. `port` None keeps the port, two are a range it lies in.

    `keeps` leaves the client's address as source; `doubt` says why it is open whether it is handed on at all.
    """

    listens: Listens
    port: int | Interval | None
    keeps: bool
    doubt: str = ""


def takes(reading: Reading, owner: Resource) -> tuple[Listens, ...] | None:
    """What somebody who stands there accepts at all; None: whatever comes.

    A balancer takes what a listener listens for, a NAT gateway and a function in a VPC take nothing.
    """
    if owner.kind in ("aws_nat_gateway", "aws_lambda_function"):
        return ()
    if owner.kind == "aws_lb":
        return tuple(found for listener in _listeners(reading, owner) for found in _spans(listener))
    if owner.kind == "aws_elb":
        return tuple(found for found, _ in _classic(owner))
    if owner.kind == "aws_vpc_endpoint":
        state = owner.get("state")
        gone = ("deleted", "deleting", "rejected", "failed", "expired", "pendingacceptance")
        return () if isinstance(state, str) and state.lower() in gone else None
    return None


def chosen() -> tuple[Span, ...]:
    """The ranges that ports of tasks lie in where their machine chooses them."""
    return tuple(Span(protocol, *ports) for protocol in ("tcp", "udp") for ports in (ANY_PORT, GIVEN))


def _listeners(reading: Reading, balancer: Resource) -> list[Resource]:
    if not isinstance(balancer.get("state"), Unknown) and balancer.get("state") not in _UP:
        return []
    return list(reading.estate.holders(balancer.urn, "listens_for", "aws_lb_listener"))


def _spans(listener: Resource) -> list[Listens]:
    port, protocol = listener.get("port"), listener.get("protocol")
    exists = f"whether {name(listener)} exists ({listener.existence})" if listener.existence is not None else ""
    wires: tuple[str, ...] = ("tcp", "udp")
    if isinstance(protocol, Unknown):
        doubt = f"the protocol of a listener ({protocol})"
    else:
        wires, doubt = _WIRE.get(str(protocol or "HTTP").upper(), ("tcp",)), exists
    if not isinstance(port, int | float):
        return [Listens(Span(w, 0, TOP), f"the port of a listener ({port})") for w in wires]
    return [Listens(Span(w, int(port), int(port)), doubt) for w in wires]


def _classic(balancer: Resource) -> Iterator[tuple[Listens, int | None]]:
    items = balancer.get("listeners")
    if isinstance(items, Unknown):
        yield Listens(Span("tcp", 0, TOP), f"the listeners of {name(balancer)} ({items})"), None
        return
    for item in items or ():
        port = item.get("port") if isinstance(item, dict) else None
        to = item.get("instance_port") if isinstance(item, dict) else None
        number = int(to) if isinstance(to, int | float) else None
        if isinstance(port, int | float):
            yield Listens(Span("tcp", int(port), int(port))), number
        else:
            yield Listens(Span("tcp", 0, TOP), f"the port of a listener of {name(balancer)} ({port})"), number


def forwards(reading: Reading, node: Interface, target: Interface) -> list[Forward]:
    """By which listeners a node of a balancer hands connections on to a target."""
    balancer = reading.estate.resources[node.owner]
    if balancer.kind == "aws_elb":
        return _classic_forwards(reading, balancer, node, target)
    found: list[Forward] = []
    if balancer.kind != "aws_lb":
        return found
    for listener in _listeners(reading, balancer):
        for group, why in _groups(reading, listener):
            zone = _zone(reading, node, target, group)
            if zone is None:
                continue
            for port, doubt in _registered(reading, group, target):
                keeps = _keeps(balancer, group)
                reason = why or zone or doubt or ("" if keeps is not None else f"the client address of {name(group)}")
                found += [Forward(listens, port, bool(keeps), reason) for listens in _spans(listener)]
    return found


def _classic_forwards(reading: Reading, balancer: Resource, node: Interface, target: Interface) -> list[Forward]:
    held = {r.urn for r in reading.estate.targets(balancer.urn, "has_target")}
    if target.owner not in held:
        return []
    zones = {reading.zone(s) for s in reading.estate.targets(balancer.urn, "in_subnet", "aws_subnet")}
    zone, own = (reading.zone(reading.estate.resources.get(i.subnet)) for i in (target, node))
    crosses = flag(balancer.get("cross_zone"), False)
    if zone and "" not in zones and zone not in zones:
        return []
    if zone and own not in ("", zone) and crosses is False:
        return []
    doubt = f"cross-zone balancing of {name(balancer)}" if zone and own not in ("", zone) and crosses is None else ""
    return [Forward(listens, port, False, doubt) for listens, port in _classic(balancer)]


def _groups(reading: Reading, listener: Resource) -> Iterator[tuple[Resource, str]]:
    """Target groups a client can get to by its choice of host, path or headers."""
    estate = reading.estate
    for group in estate.targets(listener.urn, "forwards_to", "aws_lb_target_group"):
        yield group, ""
    for rule in estate.holders(listener.urn, "rule_of", "aws_lb_listener_rule"):
        why = f"whether {name(rule)} exists ({rule.existence})" if rule.existence is not None else ""
        conditions = rule.get("conditions")
        for item in conditions if isinstance(conditions, list) else ():
            if isinstance(item, dict) and item.get("field") == "source_ip":
                why = why or f"whether the client is in the addresses {name(rule)} is for"
        for group in estate.targets(rule.urn, "forwards_to", "aws_lb_target_group"):
            yield group, why


def _registered(reading: Reading, group: Resource, target: Interface) -> Iterator[tuple[int | Interval | None, str]]:
    """(port, why it is open) of every registration of the target in a group."""
    items = group.get("targets")
    named = False
    own = {a[0][0] for a in target.addresses.values() if len(a) == 1 and a[0][0] == a[0][1]}
    for at, item in enumerate(items if isinstance(items, list) else ()):
        linked = {r.urn for r in reading.linked(group, "has_target", "targets", at)}
        said = item.get("target") if isinstance(item, dict) else None
        if not ({target.owner, target.eni} & linked or _address(said) in own):
            continue
        named = True
        port = item.get("port") if item.get("port") is not None else group.get("port")
        health = item.get("health")
        if isinstance(health, str) and health.lower() not in _WELL:
            continue
        doubt = ""
        if not isinstance(health, str) and group.said not in ("code", "plan"):
            doubt = f"the health of the target in {name(group)}"
        yield (int(port) if isinstance(port, int | float) else None), doubt
    if not named:  # what a group tells of the machine is what its service registered
        yield from _tasks(reading, group, target)
    lost = reading.lost(group, "targets")
    if isinstance(items, Unknown):
        lost.append(str(items))
    if lost:
        port = group.get("port")
        yield (int(port) if isinstance(port, int | float) else None), f"the targets of {name(group)} ({lost[0]})"


def _tasks(reading: Reading, group: Resource, target: Interface) -> Iterator[tuple[int | Interval | None, str]]:
    """(port, why it is open) of what a service of ECS registers by itself: the port of the container it names."""
    service = reading.estate.resources[target.owner]
    if service.kind != "aws_ecs_service":
        return
    items = service.get("load_balancers")
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if group not in reading.linked(service, "registers_with", "load_balancers", at):
            continue
        own = host_ports(reading, service, item)
        port = group.get("port")
        yield own if own is not None else (int(port) if isinstance(port, int | float) else None), ""


def _address(said: Any) -> int | None:
    from nephograph.engines.reachability.addresses import prefix

    parsed = prefix(said)
    return parsed.low if parsed else None


def _zone(reading: Reading, node: Interface, target: Interface, group: Resource) -> str | None:
    """Why it is open whether the node serves the target's zone; "" when it does, None when it does not."""
    estate = reading.estate
    balancer = estate.resources[node.owner]
    zone, own = (reading.zone(estate.resources.get(i.subnet)) for i in (target, node))
    enabled = {reading.zone(s) for s in estate.targets(balancer.urn, "in_subnet", "aws_subnet")}
    if not zone or "" in enabled or target.vpc != node.vpc:
        return ""
    if zone not in enabled:
        return None
    said = group.get("cross_zone")
    if said in (True, "true", False, "false"):
        crosses: bool | None = said in (True, "true")
    else:
        default = balancer.get("type") in (None, "application")
        crosses = True if default else flag(balancer.get("cross_zone"), False)
    if own == zone or crosses:
        return ""
    return None if crosses is False else f"cross-zone balancing of {name(balancer)}"


def _keeps(balancer: Resource, group: Resource) -> bool | None:
    """Does the target see the address of the client? Only a network balancer's may."""
    if balancer.get("type") != "network":
        return False
    protocol = group.get("protocol")
    udp = isinstance(protocol, str) and "UDP" in protocol.upper()
    default = udp or group.get("target_type") in (None, "instance", "alb")
    return flag(group.get("preserve_client_ip"), default)
