"""Classic load balancer: what of the internet reaches its listeners.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html
"""

from __future__ import annotations

from functools import partial

from nephograph.engines.network.classic import listeners
from nephograph.engines.network.door import Door, shut
from nephograph.engines.network.front import front_layers
from nephograph.engines.network.interface import exposures, subnets_of, told_once
from nephograph.engines.network.sweep import closed, sweep
from nephograph.engines.network.view import View, name
from nephograph.model.facts import Exposure
from nephograph.model.resource import Resource


def door(view: View, resource: Resource) -> Door:
    """What of the internet reaches the listeners of the balancer."""
    found = Door([], [])
    heard = listeners(view, resource)
    if not heard:
        return shut(view.evidence(f"load balancer {name(resource)} has no listener", resource))
    every: list[Exposure] = []
    for subnet, doubt in subnets_of(view, resource, "subnets"):
        layers = front_layers(view, resource, subnet, doubt)
        found.refusals.append(partial(closed, layers))
        for listener in heard:
            every += exposures(resource, resource, sweep([*layers, listener.front]))
    found.exposures.extend(told_once(every))
    return found
