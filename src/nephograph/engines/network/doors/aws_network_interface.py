"""Elastic network interface."""

from __future__ import annotations

from functools import partial

from nephograph.engines.network.door import Door
from nephograph.engines.network.interface import Interface, exposures, groups_in, open_flows, subnets_of
from nephograph.engines.network.public import interface_gate
from nephograph.engines.network.sweep import closed
from nephograph.engines.network.view import View, present
from nephograph.model.resource import Resource


def interfaces(view: View, resource: Resource) -> list[Interface]:
    """The interface as it sits in its subnet."""
    return [
        Interface(resource, subnet, doubt, groups_in(view, resource, subnet), interface_gate(view, resource, subnet))
        for subnet, doubt in subnets_of(view, resource, "subnet")
    ]


def door(view: View, resource: Resource) -> Door:
    """What of the internet reaches the interface."""
    found = Door([], [])
    for one in interfaces(view, resource):
        found.exposures.extend(exposures(resource, resource, open_flows(view, one), present(resource)))
        found.refusals.append(partial(closed, one.layers(view)))
    return found
