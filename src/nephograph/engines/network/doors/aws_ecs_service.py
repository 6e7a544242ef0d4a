"""ECS service: the interfaces of its tasks, which may have public addresses of their own.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
"""

from __future__ import annotations

from functools import partial
from typing import Any

from nephograph.engines.network.addresses import VERSIONS
from nephograph.engines.network.door import Door, shut
from nephograph.engines.network.doors import aws_instance, aws_network_interface
from nephograph.engines.network.groups import unknown_groups
from nephograph.engines.network.interface import Interface, exposures, groups_in, open_flows
from nephograph.engines.network.sweep import Gate, closed
from nephograph.engines.network.view import View, name, present, truth
from nephograph.engines.reachability.machines import Stand, host_ports, on_machines, stands
from nephograph.engines.reachability.reading import Reading
from nephograph.model.facts import Exposure
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import NO, Evidence, Verdict, all_of, depends


def interfaces(view: View, resource: Resource) -> list[Interface]:
    """One in each subnet tasks are placed in; none where tasks use the interface of their machine."""
    found = [(subnet, "") for subnet in view.linked(resource, "in_subnet", "subnets")]
    lost = [(None, f"the subnet of {name(resource)} ({why})") for why in view.missing(resource, "subnets")]
    return [
        Interface(resource, subnet, doubt, groups_in(view, resource, subnet), _gate(view, resource, subnet))
        for subnet, doubt in (*found, *lost)
    ]


def _gate(view: View, resource: Resource, subnet: Resource | None) -> Gate:
    proof = view.evidence(f"tasks of {name(resource)} get public addresses", resource, "public_ip")
    refusal = view.evidence(f"tasks of {name(resource)} get no public address", resource, "public_ip")
    four = truth(resource.get("public_ip"), f"whether {name(resource)} has a public address", False, (proof,))
    return Gate({4: four, 6: _ipv6(resource, subnet)}, refusal)


def _none(view: View, resource: Resource) -> Evidence:
    return view.evidence(f"tasks of {name(resource)} have no interface of their own", resource)


def _on_machines(view: View, service: Resource, machines: list[Stand]) -> Door:
    """Tasks that use the network of the machine they run on: what reaches that machine may reach them.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html
    """
    found = Door([], [])
    for one in machines:
        if one.instance is not None:
            asked = aws_network_interface if one.instance.kind == "aws_network_interface" else aws_instance
            told = f"whether tasks of {name(service)} run on {name(one.instance)}, and on which ports"
            door_ = asked.door(view, one.instance)
            opened = door_.exposures
            found.refusals.extend(door_.refusals)
        else:
            told = f"which machines tasks of {name(service)} run on, and on which ports"
            place = _place(view, service, one)
            opened = exposures(service, service, open_flows(view, place), present(service))
            found.refusals.append(partial(closed, place.layers(view)))
        for e in opened:
            verdict = all_of((e.verdict, depends(told)))
            found.exposures.append(Exposure(service.urn, service.urn, e.ports, e.sources, verdict))
    return Door(list({(e.ports, e.sources): e for e in found.exposures}.values()), found.refusals)


def on_one_machine(view: View, service: Resource) -> list[Interface]:
    """The interface of the machine of tasks that use its network, where there is one machine they may run on."""
    machines = stands(Reading(view.estate), service)
    if len(machines) != 1 or machines[0].doubt:
        return []
    (one,) = machines
    if one.instance is None:
        return [_place(view, service, one)]
    if one.instance.kind == "aws_network_interface":
        return aws_network_interface.interfaces(view, one.instance)[:1]
    return aws_instance.interfaces(view, one.instance)[:1]


def port_of(view: View, service: Resource, item: dict[str, Any]) -> int | str | Unknown | None:
    """The port a service registers its tasks with: the container's own, or the one it has on its machine."""
    reading = Reading(view.estate)
    if not on_machines(reading, service):
        return item.get("port")
    said = host_ports(reading, service, item)
    return f"the port that a container of {name(service)} has on its machine" if isinstance(said, tuple) else said


def _place(view: View, service: Resource, machine: Stand) -> Interface:
    """A machine of an Auto Scaling group, which nobody has seen: its subnet and what it is made from are known."""
    subnet, holder = machine.subnet, machine.holder
    refusal = view.evidence(f"machines that tasks of {name(service)} run on get no public address", service)
    if subnet is None or holder is None:
        doubt = machine.doubt or f"the machines that tasks of {name(service)} run on"
        gate = Gate({version: depends(doubt) for version in VERSIONS}, refusal)
        return Interface(service, subnet, doubt, unknown_groups(doubt, refusal), gate)
    gate = Gate({4: _given(view, holder, subnet), 6: _ipv6(service, subnet)}, refusal)
    return Interface(service, subnet, machine.doubt, groups_in(view, holder, subnet), gate)


def _given(view: View, made_from: Resource, subnet: Resource) -> Verdict:
    """Do machines get a public address at launch? The template's own word beats the subnet's."""
    path = ("versions", 0, "public_ip") if made_from.kind == "aws_launch_template" else ("public_ip",)
    says, path = (made_from, path) if made_from.get(*path) is not None else (subnet, ("public_ip_on_launch",))
    proof = view.evidence(f"{name(says)} gives public addresses at launch", says, *path)
    return truth(says.get(*path), f"whether {name(says)} gives public addresses", False, (proof,))


def _ipv6(resource: Resource, subnet: Resource | None) -> Verdict:
    """Tasks get IPv6 addresses in dual-stack subnets where the account's settings say so."""
    if subnet is not None and subnet.get("ipv6_cidr") is None:
        return NO
    return depends(f"whether {name(resource)} has an IPv6 address")


def door(view: View, resource: Resource) -> Door:
    """What of the internet reaches the tasks by their own addresses."""
    found = Door([], [])
    placed = interfaces(view, resource)
    if not placed:
        machines = stands(Reading(view.estate), resource)
        return _on_machines(view, resource, machines) if machines else shut(_none(view, resource))
    for one in placed:
        found.exposures.extend(exposures(resource, resource, open_flows(view, one), present(resource)))
        found.refusals.append(partial(closed, one.layers(view)))
    return Door(list({(e.ports, e.sources, e.verdict.answer): e for e in found.exposures}.values()), found.refusals)
