"""Tasks of ECS that use the network of the machine they run on: which machines those are, and on which port.

Tasks in the modes `bridge` (what nothing said means) and `host` have no interface of their own. They run on machines of
the Auto Scaling groups behind the capacity providers of their service, else of their cluster, or on machines whose
user data joins the cluster; what cannot be told from the data is named.

Sources: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-networkmode-bridge.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-networkmode-host.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html,
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from nephograph.engines.tracer.axes import Axis, Course, Symbol
from nephograph.engines.tracer.ground import Ground, known_or, name
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

DYNAMIC = (32768, 65535)
"""Host ports Docker gives by itself: the ephemeral range of Linux begins there, and Windows' lies inside."""
_ANY = (1, 65535)
_SHARED = ("bridge", "host", "nat", "default")
"""Modes in which tasks share the network of their machine (`default` is what Windows calls `nat`)."""


class Machine(NamedTuple):
    """Where tasks may run: an instance (or its interface), or machines of a group in a subnet.

    `holder` says the security groups, None when nobody knows them; `doubt` why the machine is not known.
    """

    subnet: Resource | None
    holder: Resource | None
    instance: Resource | None = None
    doubt: str = ""


def shares(ground: Ground, service: Resource) -> tuple[bool, str]:
    """(do the tasks of a service use the network of their machine, why that is not known)."""
    said = service.get("subnets")
    if isinstance(said, Unknown) or said or ground.missing(service, "subnets"):
        return False, ""
    if service.get("launch_type") == "FARGATE":
        return False, ""
    found = ground.estate.targets(service.urn, "runs", "aws_ecs_task_definition")
    if not found:
        lost = ground.missing(service, "task_definition")
        return bool(lost), f"the task definition of {name(service)} ({lost[0]})" if lost else ""
    mode = found[0].get("network_mode")
    if isinstance(mode, Unknown):
        return True, f"the network mode of {name(found[0])} ({mode})"
    return mode is None or mode in _SHARED, ""


def machines(ground: Ground, service: Resource) -> list[Machine]:
    """Every place the tasks of a service may run in; one that is not known when the data has none."""
    shared, why = shares(ground, service)
    if not shared:
        return []
    if why:
        return [Machine(None, None, None, why)]
    groups, lost = _groups(ground, service)
    found = [one for group in groups for one in _of_group(ground, group)]
    if service.get("capacity_providers") is None:
        found += _joined(ground, service)
    if found:
        return found
    reason = f" ({lost})" if lost else ": no Auto Scaling group of a capacity provider is in the data"
    return [Machine(None, None, None, f"the machines that tasks of {name(service)} run on{reason}")]


def _groups(ground: Ground, service: Resource) -> tuple[list[Resource], str]:
    """(the Auto Scaling groups of the capacity providers, what of it is not in the data)."""
    estate = ground.estate
    said = service.get("capacity_providers")
    if said is not None:
        providers = estate.targets(service.urn, "runs_on", "aws_ecs_capacity_provider")
        lost = [str(said)] if isinstance(said, Unknown) else ground.missing(service, "capacity_providers")
    else:
        clusters = estate.targets(service.urn, "in_cluster", "aws_ecs_cluster")
        lost = ground.missing(service, "cluster") if not clusters else []
        every = estate.of_kind("aws_ecs_capacity_provider")
        providers = [p for p in every if any(_named(c.get("capacity_providers"), p) for c in clusters)]
    groups = [g for p in providers for g in estate.targets(p.urn, "runs_on", "aws_autoscaling_group")]
    lost += [why for p in providers for why in ground.missing(p, "autoscaling_group")]
    return list({g.urn: g for g in groups}.values()), lost[0] if lost else ""


def _named(said: Any, provider: Resource) -> bool:
    """Is a provider one of the names of a cluster?"""
    for one in said if isinstance(said, list) else ():
        if isinstance(one, Unknown):
            if one.ref is not None and one.ref.address == provider.address:
                return True
        elif one == provider.get("name"):
            return True
    return False


def _of_group(ground: Ground, group: Resource) -> list[Machine]:
    """The instances of an Auto Scaling group that are in the data, else one in each of its subnets, in the groups of
    its launch template."""
    if held := ground.estate.targets(group.urn, "contains", "aws_instance"):
        return [_of_instance(ground, instance) for instance in held]
    made = ground.estate.targets(group.urn, "made_from")
    holder = made[0] if made else None
    versions = holder.get("versions") if holder is not None and holder.kind == "aws_launch_template" else [None]
    doubt = ""
    if holder is None:
        lost = [w for f in ("launch_template", "launch_configuration") for w in ground.missing(group, f)]
        doubt = f"what machines of {name(group)} are made from ({lost[0] if lost else 'not said'})"
    elif not isinstance(versions, list) or len(versions) != 1:
        doubt = f"which version of {name(holder)} machines of {name(group)} are made from"
        holder = None
    else:
        path = ("versions", 0, "security_groups") if holder.kind == "aws_launch_template" else ("security_groups",)
        if lost := ground.missing(holder, *path):
            doubt = f"the security groups of {name(holder)} ({lost[0]})"
            holder = None
    subnets = ground.estate.targets(group.urn, "in_subnet", "aws_subnet")
    if not subnets:
        lost = ground.missing(group, "subnets")
        return [Machine(None, holder, None, f"the subnets of {name(group)} ({lost[0] if lost else 'not said'})")]
    return [Machine(subnet, holder, None, doubt) for subnet in subnets]


def _of_instance(ground: Ground, instance: Resource) -> Machine:
    """An instance at its first interface, where the data tells of interfaces."""
    own = ground.estate.targets(instance.urn, "uses_interface", "aws_network_interface")
    says = own[0] if own else instance
    subnets = ground.estate.targets(says.urn, "in_subnet", "aws_subnet")
    doubt = "" if subnets else f"the subnet of {name(instance)}"
    return Machine(subnets[0] if subnets else None, says, says, doubt)


def _joined(ground: Ground, service: Resource) -> list[Machine]:
    """Machines whose user data joins the cluster of the service."""
    cluster = known_or(service.get("cluster_name"), None)
    if not isinstance(cluster, str):
        return []
    joins = re.compile(rf"\bECS_CLUSTER=[\"']?{re.escape(cluster)}\b(?!-)")
    found = []
    for instance in ground.estate.of_kind("aws_instance"):
        said = instance.get("user_data")
        if isinstance(said, str) and joins.search(said):
            found.append(_of_instance(ground, instance))
    for group in ground.estate.of_kind("aws_autoscaling_group"):
        for made in ground.estate.targets(group.urn, "made_from"):
            versions = made.get("versions")
            texts = [v.get("user_data") for v in versions if isinstance(v, dict)] if isinstance(versions, list) else []
            if any(isinstance(t, str) and joins.search(t) for t in (*texts, made.get("user_data"))):
                found += _of_group(ground, group)
    return found


def port_of(course: Course, ground: Ground, service: Resource, group: Resource) -> Symbol:
    """The port that a service registers its tasks with in a target group."""
    item = _registration(ground, service, group)
    said = item.get("port")
    port = int(said) if isinstance(said, int | float) else None
    if not shares(ground, service)[0]:
        lost = [str(said)] if isinstance(said, Unknown) else ground.lost(service, "load_balancers") if not item else []
        if lost:
            return any_port(course, f"the port {name(service)} has in {name(group)} ({'; '.join(lost[:3])})")
        return Symbol(port if port is not None else int(known_or(group.get("port"), 0)))
    container = item.get("container")
    hosts = _host_ports(ground, service, container, port)
    label = f"container {container}" if isinstance(container, str) else "the container"
    text = f"the port that {label} of {name(service)} has on its machine"
    if hosts is None:
        return course.take(Axis(f"any host port {service.urn} {container}", (_ANY,), False, text))
    if hosts == 0:
        return course.take(Axis(f"host port {service.urn} {container}", (DYNAMIC,), False, text))
    return Symbol(hosts)


def any_port(course: Course, text: str) -> Symbol:
    """A port nobody knows; `text` names it."""
    return course.take(Axis(f"any port: {text}", (_ANY,), False, text))


def _registration(ground: Ground, service: Resource, group: Resource) -> dict[str, Any]:
    for at, item in enumerate(known_or(service.get("load_balancers"), ())):
        if isinstance(item, dict) and group in ground.linked(service, "registers_with", "load_balancers", at):
            return item
    return {}


def _host_ports(ground: Ground, service: Resource, container: Any, port: int | None) -> int | None:
    """The host port that is written for a container's port; 0 when Docker gives one, None when it is not known."""
    found = ground.estate.targets(service.urn, "runs", "aws_ecs_task_definition")
    if not found or port is None or isinstance(found[0].get("network_mode"), Unknown):
        return None
    if found[0].get("network_mode") == "host":
        return port
    every = found[0].get("containers")
    for one in every if isinstance(every, list) else ():
        if not isinstance(one, dict) or one.get("name") != container:
            continue
        ports = one.get("ports")
        for mapping in ports if isinstance(ports, list) else ():
            if isinstance(mapping, dict) and _number(mapping.get("container")) == port:
                host = mapping.get("host")
                return 0 if host is None else _number(host)
    return None


def _number(said: Any) -> int | None:
    if isinstance(said, int | float):
        return int(said)
    return int(said) if isinstance(said, str) and said.isdigit() else None
