"""EC2 instance: its own interface, and the interfaces it is given."""

from __future__ import annotations

from functools import partial

from nephograph.engines.network.accelerators import ways
from nephograph.engines.network.addresses import VERSIONS
from nephograph.engines.network.door import Door
from nephograph.engines.network.doors import aws_network_interface
from nephograph.engines.network.groups import unknown_groups
from nephograph.engines.network.interface import Interface, exposures, groups_in, open_flows, subnets_of
from nephograph.engines.network.public import instance_gate
from nephograph.engines.network.sweep import Gate, closed, sweep
from nephograph.engines.network.view import View, name, present
from nephograph.model.resource import Resource
from nephograph.model.verdict import depends


def interfaces(view: View, resource: Resource) -> list[Interface]:
    """Every interface of the instance.

    An instance that is launched with interfaces has no subnet and groups of its own.
    """
    given = view.estate.targets(resource.urn, "uses_interface", "aws_network_interface")
    found = [one for interface in given for one in aws_network_interface.interfaces(view, interface)]
    own = view.linked(resource, "in_subnet", "subnet") or view.missing(resource, "subnet")
    if own or not (given or view.missing(resource, "interfaces")):
        found += [
            Interface(resource, subnet, doubt, groups_in(view, resource, subnet), instance_gate(view, resource, subnet))
            for subnet, doubt in subnets_of(view, resource, "subnet")
        ]
    for why in view.missing(resource, "interfaces"):
        found.append(lost_interface(view, resource, f"an interface of {name(resource)} ({why})"))
    return found


def lost_interface(view: View, resource: Resource, doubt: str) -> Interface:
    """An interface the instance is given and the data does not hold: everything about it depends."""
    refusal = view.evidence(doubt, resource, "interfaces")
    gate = Gate({version: depends(doubt) for version in VERSIONS}, refusal)
    return Interface(resource, None, doubt, unknown_groups(doubt, refusal), gate)


def door(view: View, resource: Resource) -> Door:
    """What of the internet reaches the instance."""
    found = Door([], [])
    for one in interfaces(view, resource):
        more = (present(resource),) if one.owner.urn == resource.urn else (present(resource), present(one.owner))
        found.exposures.extend(exposures(resource, resource, open_flows(view, one), *more))
        found.refusals.append(partial(closed, one.layers(view)))
        for way in ways(view, resource, one.subnet):
            found.exposures.extend(exposures(resource, way.accelerator, sweep(way.layers), *more))
    return found
