"""Tasks of ECS that share the network of their machine: where machines stand, and the ports they have for tasks.

Machines are those of the Auto Scaling groups behind the capacity providers of a service (else of its cluster), and
those whose user data joins the cluster. Sources:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html,
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from nephograph.engines.reachability.addresses import Interval
from nephograph.engines.reachability.reading import Reading, name
from nephograph.engines.reachability.traffic import Span
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

GIVEN = (32768, 65535)
"""Host ports that Docker chooses among."""
ANY_PORT = (1, 65535)


class Stand(NamedTuple):
    """A place of a machine: its subnet, who says its groups (None: nobody knows), the instance (or its interface)
    where it is one."""

    subnet: Resource | None
    holder: Resource | None
    instance: Resource | None
    doubt: str


def definition(reading: Reading, service: Resource) -> Resource | None:
    """The task definition of a service."""
    found = reading.estate.targets(service.urn, "runs", "aws_ecs_task_definition")
    return found[0] if found else None


def on_machines(reading: Reading, service: Resource) -> bool:
    """May tasks of the service share the network of their machine?"""
    subnets = service.get("subnets")
    placed = isinstance(subnets, Unknown) or bool(subnets) or bool(reading.lost(service, "subnets"))
    if placed or service.get("launch_type") == "FARGATE":
        return False
    tasks = definition(reading, service)
    if tasks is None:
        return bool(reading.lost(service, "task_definition"))
    mode = tasks.get("network_mode")
    return isinstance(mode, Unknown) or mode in (None, "bridge", "host", "nat", "default")


def stands(reading: Reading, service: Resource) -> list[Stand]:
    """Every place of a machine that may run tasks of the service."""
    if not on_machines(reading, service):
        return []
    tasks = definition(reading, service)
    if tasks is None:
        return [Stand(None, None, None, f"the task definition of {name(service)}")]
    if isinstance(tasks.get("network_mode"), Unknown):
        return [Stand(None, None, None, f"the network mode of {name(tasks)}")]
    groups, lost = _providing(reading, service)
    found = [stand for group in groups for stand in _scaled(reading, group)]
    if lost and found:
        found.append(Stand(None, None, None, f"the machines that tasks of {name(service)} run on ({lost})"))
    if service.get("capacity_providers") is None:
        found += _joining(reading, service)
    return found or [Stand(None, None, None, f"the machines that tasks of {name(service)} run on")]


def _providing(reading: Reading, service: Resource) -> tuple[list[Resource], str]:
    """(the groups behind the capacity providers, why not all of them are known)."""
    estate = reading.estate
    if service.get("capacity_providers") is not None:
        providers = estate.targets(service.urn, "runs_on", "aws_ecs_capacity_provider")
        lost = reading.lost(service, "capacity_providers")
    else:
        lost = reading.lost(service, "cluster")
        said = [c.get("capacity_providers") for c in estate.targets(service.urn, "in_cluster", "aws_ecs_cluster")]
        names = [one for listed in said if isinstance(listed, list) for one in listed]
        called = {one for one in names if isinstance(one, str)}
        meant = {one.ref.address for one in names if isinstance(one, Unknown) and one.ref is not None}
        every = estate.of_kind("aws_ecs_capacity_provider")
        providers = [p for p in every if p.get("name") in called or p.address in meant]
        lost += [str(listed) for listed in said if isinstance(listed, Unknown)]
        lost += [str(one) for one in names if isinstance(one, Unknown) and one.ref is None]
        lost += [str(p.get("name")) for p in every if isinstance(p.get("name"), Unknown) and p not in providers]
    for provider in providers:
        lost += reading.lost(provider, "autoscaling_group")
    found = [g for p in providers for g in estate.targets(p.urn, "runs_on", "aws_autoscaling_group")]
    return list({group.urn: group for group in found}.values()), lost[0] if lost else ""


def _scaled(reading: Reading, group: Resource) -> Iterator[Stand]:
    """The instances of an Auto Scaling group that are in the data, else a place in each of its subnets."""
    held = reading.estate.targets(group.urn, "contains", "aws_instance")
    lost = reading.lost(group, "instances")
    if lost:
        yield Stand(None, None, None, f"the instances of {name(group)} ({lost[0]})")
    if held or lost:
        yield from (_single(reading, instance) for instance in held)
        return
    holder, doubt = _made_from(reading, group)
    subnets = reading.estate.targets(group.urn, "in_subnet", "aws_subnet")
    for subnet in subnets:
        yield Stand(subnet, holder, None, doubt)
    if not subnets or reading.lost(group, "subnets"):
        yield Stand(None, holder, None, f"the subnets of {name(group)}")


def _made_from(reading: Reading, group: Resource) -> tuple[Resource | None, str]:
    """(what says the groups of its machines, why that is not known)."""
    found = reading.estate.targets(group.urn, "made_from")
    if not found:
        return None, f"what machines of {name(group)} are made from"
    made = found[0]
    fields: tuple[str | int, ...] = ("security_groups",)
    if made.kind == "aws_launch_template":
        versions = made.get("versions")
        if not isinstance(versions, list) or len(versions) != 1 or not isinstance(versions[0], dict):
            return None, f"which version of {name(made)} machines of {name(group)} are made from"
        fields = ("versions", 0, "security_groups")
    lost = reading.lost(made, *fields)
    return (None, f"the security groups of {name(made)} ({lost[0]})") if lost else (made, "")


def _single(reading: Reading, instance: Resource) -> Stand:
    """The place of an instance: that of its first interface, where interfaces are in the data."""
    estate = reading.estate
    own = next(iter(estate.targets(instance.urn, "uses_interface", "aws_network_interface")), instance)
    subnet = next(iter(estate.targets(own.urn, "in_subnet", "aws_subnet")), None)
    return Stand(subnet, own, own, "" if subnet is not None else f"the subnet of {name(instance)}")


def _joining(reading: Reading, service: Resource) -> Iterator[Stand]:
    """Machines that join the cluster by what their user data says."""
    cluster = service.get("cluster_name")
    if not isinstance(cluster, str):
        return
    joins = re.compile(rf"\bECS_CLUSTER=[\"']?{re.escape(cluster)}\b(?!-)")

    def says(text: object) -> bool:
        return isinstance(text, str) and joins.search(text) is not None

    estate = reading.estate
    for instance in estate.of_kind("aws_instance"):
        if says(instance.get("user_data")):
            yield _single(reading, instance)
    for group in estate.of_kind("aws_autoscaling_group"):
        for made in estate.targets(group.urn, "made_from"):
            versions = made.get("versions")
            texts = [v.get("user_data") for v in versions if isinstance(v, dict)] if isinstance(versions, list) else []
            if any(says(text) for text in (made.get("user_data"), *texts)):
                yield from _scaled(reading, group)


def host_ports(reading: Reading, service: Resource, item: dict[str, Any]) -> int | Interval | None:
    """The port of a registration on its machine: one, or all that it may be."""
    said = item.get("port")
    if isinstance(said, Unknown):
        return ANY_PORT
    port = int(said) if isinstance(said, int | float) else None
    if not on_machines(reading, service):
        return port
    tasks = definition(reading, service)
    if tasks is None or port is None or isinstance(tasks.get("network_mode"), Unknown):
        return ANY_PORT
    if tasks.get("network_mode") == "host":
        return port
    containers = tasks.get("containers")
    for one in containers if isinstance(containers, list) else ():
        ports = one.get("ports") if isinstance(one, dict) and one.get("name") == item.get("container") else None
        for mapping in ports if isinstance(ports, list) else ():
            if isinstance(mapping, dict) and _whole(mapping.get("container")) == port:
                host = mapping.get("host")
                return GIVEN if host is None or _whole(host) == 0 else _whole(host) or ANY_PORT
    return ANY_PORT


def chosen() -> tuple[Span, ...]:
    """The ranges that ports of tasks lie in where their machine chooses them."""
    return tuple(Span(protocol, *ports) for protocol in ("tcp", "udp") for ports in (ANY_PORT, GIVEN))


def _whole(said: object) -> int | None:
    if isinstance(said, str) and said.isdigit():
        return int(said)
    return int(said) if isinstance(said, int | float) else None
