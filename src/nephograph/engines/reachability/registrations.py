"""Who is in a target group, and on which port: what is registered there, and what services register by themselves.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from nephograph.engines.reachability.addresses import Interval, prefix
from nephograph.engines.reachability.interfaces import Interface, launched_in
from nephograph.engines.reachability.machines import ANY_PORT, host_ports, on_machines
from nephograph.engines.reachability.reading import Reading, doubtful, name
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

_WELL = ("healthy", "initial", "inservice")

Port = int | Interval | None
"""A port, a range it lies in, or None for the one the client asked for."""


class Registration(NamedTuple):
    """A target in a group: its port, why it is open whether it gets anything, what a port in a range is the port of."""

    port: Port
    doubt: str = ""
    whose: str = ""


def registered(reading: Reading, group: Resource, target: Interface) -> Iterator[Registration]:
    """Every registration of a target in a group."""
    exists = doubtful(group)
    items = list(_listed(reading, group, target))
    # What a group tells of the machine is what the service of its tasks registered.
    for one in _healthy(group, items) if items else _tasks(reading, group, target):
        yield one._replace(doubt=one.doubt or exists)
    lost = reading.lost(group, "targets")
    if lost and _fits(reading, group, target):
        yield Registration(_lost_port(reading, group), f"the targets of {name(group)} ({lost[0]})", _port_in(group))


def _listed(reading: Reading, group: Resource, target: Interface) -> Iterator[dict[str, Any]]:
    items = group.get("targets")
    own = {a[0][0] for a in target.addresses.values() if len(a) == 1 and a[0][0] == a[0][1]}
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict):
            continue
        linked = {r.urn for r in reading.linked(group, "has_target", "targets", at)}
        meant = target.owner in linked and _is_first(reading, target)
        if meant or (target.eni and target.eni in linked) or _address(item.get("target")) in own:
            yield item


def _is_first(reading: Reading, target: Interface) -> bool:
    """Is it the first interface of its instance, at which balancers call the instance?"""
    instance = reading.estate.resources[target.owner]
    enis = reading.estate.targets(instance.urn, "uses_interface", "aws_network_interface")
    if not target.eni or (len(enis) < 2 and not launched_in(reading, instance, enis)):
        return True
    if launched_in(reading, instance, enis):
        return False
    said, own = instance.get("private_ip"), reading.estate.resources[target.eni].get("private_ips")
    return not isinstance(said, str) or (isinstance(own, list) and said in own)


def _healthy(group: Resource, items: list[dict[str, Any]]) -> Iterator[Registration]:
    for item in items:
        health = item.get("health")
        doubt = ""
        if isinstance(health, str) and health.lower() not in _WELL:
            unwell = _all_unwell(group) if health == "unhealthy" else None
            if unwell is None:
                continue
            doubt = unwell
        if isinstance(health, Unknown) or (health is None and group.said not in ("code", "plan")):
            doubt = f"the health of the target in {name(group)}"
        yield Registration(_port(group, item), doubt, _port_in(group))


def _all_unwell(group: Resource) -> str | None:
    """Why it is open whether no target is healthy, so that all of them get something; "" where none is, None where
    one is.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
    """
    states = [item.get("health") if isinstance(item, dict) else item for item in group.get("targets") or ()]
    if any(isinstance(state, str) and state.lower() in _WELL for state in states):
        return None
    known = all(isinstance(state, str) for state in states)
    return "" if known else f"whether no target of {name(group)} is healthy"


def _port(group: Resource, item: dict[str, Any]) -> Port:
    """The port of a registration: its own, else that of the group."""
    return _number(item.get("port") if item.get("port") is not None else group.get("port"))


def _number(said: object) -> Port:
    if isinstance(said, Unknown):
        return ANY_PORT
    return int(said) if isinstance(said, int | float) else None


def _lost_port(reading: Reading, group: Resource) -> Port:
    """The port of a target that is not known: each may have one of its own."""
    items = group.get("targets")
    lost = [
        item
        for at, item in enumerate(items if isinstance(items, list) else [items])
        if isinstance(item, Unknown) or reading.lost(group, "targets", at)
    ]
    return _port(group, lost[0]) if len(lost) == 1 and isinstance(lost[0], dict) else ANY_PORT


def _port_in(group: Resource) -> str:
    return f"the port of a target in {name(group)}"


def _fits(reading: Reading, group: Resource, target: Interface) -> bool:
    """May something be in a group, by its kind and its VPC?"""
    said, vpc = group.get("target_type"), reading.vpc_of(group.urn)
    if vpc and target.vpc and vpc != target.vpc and said != "ip":
        return False
    if isinstance(said, Unknown) or said == "ip":
        return True
    owner = reading.estate.resources[target.owner]
    if said == "alb":
        own = owner.get("type")
        return owner.kind == "aws_lb" and (isinstance(own, Unknown) or own in (None, "application"))
    return said in (None, "instance") and owner.kind in _INSTANCES


_INSTANCES = ("aws_instance", "aws_network_interface", "aws_ecs_service")


def _tasks(reading: Reading, group: Resource, target: Interface) -> Iterator[Registration]:
    """What a service of ECS registers by itself: the port of the container it names."""
    service = reading.estate.resources[target.owner]
    if service.kind != "aws_ecs_service":
        return
    items = service.get("load_balancers")
    listed = items if isinstance(items, list) else []
    whose = "the port that tasks have on their machine"
    if not on_machines(reading, service):
        whose = f"the port {name(service)} has in {name(group)}"
    for at, item in enumerate(listed):
        if isinstance(item, dict) and group in reading.linked(service, "registers_with", "load_balancers", at):
            own = host_ports(reading, service, item)
            yield Registration(own if own is not None else _number(group.get("port")), "", whose)
    lost = reading.lost(service, "load_balancers")
    if lost and _fits(reading, group, target):
        doubt = f"whether {name(service)} registers its tasks in {name(group)} ({lost[0]})"
        astray = [i for at, i in enumerate(listed) if reading.lost(service, "load_balancers", at)]
        port: Port = ANY_PORT
        if len(lost) == 1 and len(astray) == 1 and isinstance(astray[0], dict):
            own = host_ports(reading, service, astray[0])
            port = own if own is not None else _number(group.get("port"))
        yield Registration(port, doubt, whose)


def _address(said: Any) -> int | None:
    parsed = prefix(said)
    return parsed.low if parsed else None
