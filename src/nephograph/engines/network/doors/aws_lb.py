"""Load balancer: what of the internet reaches its listeners."""

from __future__ import annotations

from functools import partial

from nephograph.engines.network.accelerators import ways
from nephograph.engines.network.door import Door, shut
from nephograph.engines.network.front import front_layers, has_groups, listens
from nephograph.engines.network.interface import exposures, subnets_of, told_once
from nephograph.engines.network.sweep import Layer, closed, sweep
from nephograph.engines.network.view import View, name
from nephograph.model.facts import Exposure
from nephograph.model.resource import Resource


def door(view: View, resource: Resource) -> Door:
    """What of the internet reaches the listeners of the balancer."""
    found = Door([], [])
    listeners = view.estate.holders(resource.urn, "listens_for", "aws_lb_listener")
    if not listeners:
        return shut(view.evidence(f"load balancer {name(resource)} has no listener", resource))
    every: list[Exposure] = []
    for subnet, doubt in subnets_of(view, resource, "subnets"):
        layers = front_layers(view, resource, subnet, doubt)
        found.refusals.append(partial(closed, layers))
        for listener in listeners:
            heard = listens(view, listener, resource)
            by_edge = ways(view, resource, subnet, has_groups(view, resource))
            doors: list[tuple[Resource, list[Layer]]] = [(resource, [*layers, heard])]
            doors += [(way.accelerator, [*way.layers, *way.behind([heard])]) for way in by_edge]
            for facing, passed in doors:
                every += exposures(resource, facing, sweep(passed))
    found.exposures.extend(told_once(every))
    return found
