"""ECS service: the interfaces of its tasks, which may have public addresses of their own.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
"""

from __future__ import annotations

from functools import partial

from nephograph.engines.network.door import Door, shut
from nephograph.engines.network.interface import Interface, exposures, groups_in, open_flows
from nephograph.engines.network.sweep import Gate, closed
from nephograph.engines.network.view import View, name, present, truth
from nephograph.model.resource import Resource
from nephograph.model.verdict import NO, Verdict, depends


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
        return shut(view.evidence(f"tasks of {name(resource)} have no interface of their own", resource))
    for one in placed:
        found.exposures.extend(exposures(resource, resource, open_flows(view, one), present(resource)))
        found.refusals.append(partial(closed, one.layers(view)))
    return Door(list({(e.ports, e.sources, e.verdict.answer): e for e in found.exposures}.values()), found.refusals)
