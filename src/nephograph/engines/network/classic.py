"""Through a Classic Load Balancer: a listener on the balancer, a port on its instances.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-groups.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from nephograph.engines.network.backend import Leg
from nephograph.engines.network.door import Door
from nephograph.engines.network.front import front_layers
from nephograph.engines.network.interface import Interface, subnets_of
from nephograph.engines.network.sweep import Flow, Gate, Layer, Listens, closed, merged, sweep
from nephograph.engines.network.traffic import TOP
from nephograph.engines.network.view import View, name, present
from nephograph.engines.network.zones import sends_to
from nephograph.model.facts import Exposure
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import all_of, depends, yes


class Listener(NamedTuple):
    """One listener: the layer clients meet, and the port of the instances (None: not known)."""

    front: Listens
    port: int | None


def listeners(view: View, balancer: Resource) -> list[Listener]:
    """Every listener of the balancer; they all take TCP."""
    items = balancer.get("listeners")
    found = []
    for at, item in enumerate(items if isinstance(items, list) else [items] if isinstance(items, Unknown) else ()):
        port = item.get("port") if isinstance(item, dict) else item
        behind = item.get("instance_port") if isinstance(item, dict) else None
        low, high = (int(port), int(port)) if isinstance(port, int | float) else (0, TOP)
        told = f"{name(balancer)} listens on tcp port {low if low == high else '(not known)'}"
        proof = view.evidence(told, balancer, "listeners", at)
        verdict = yes(proof) if low == high else depends(f"the port of a listener of {name(balancer)} ({port})")
        front = Listens(("tcp",), low, high, verdict, proof)
        found.append(Listener(front, int(behind) if isinstance(behind, int | float) else None))
    return found


def through(
    view: View, resource: Resource, balancers: Sequence[Resource], interfaces: list[Interface], found: Door
) -> None:
    """Add how the internet reaches a resource by the classic balancers it is an instance of."""
    for balancer in balancers:
        flows: list[Flow] = []
        for subnet, why in subnets_of(view, balancer, "subnets"):
            front = front_layers(view, balancer, subnet, why)
            for listener in listeners(view, balancer):
                for behind in _behind(view, balancer, subnet, interfaces, listener):
                    layers = [*front, listener.front, *behind]
                    flows += sweep(layers)
                    found.refusals.append(partial(closed, layers))
        for flow in merged(flows):
            verdict = all_of((flow.verdict, present(resource)))
            if verdict.possible:
                found.exposures.append(Exposure(resource.urn, balancer.urn, flow.ports, flow.sources, verdict))


def _behind(
    view: View, balancer: Resource, node: Resource | None, interfaces: list[Interface], listener: Listener
) -> Iterator[list[Layer]]:
    for interface in interfaces:
        owner = interface.owner
        proof = view.evidence(f"{name(balancer)} sends what arrives to {name(owner)}", balancer, "instances")
        crosses = sends_to(view, balancer, None, node, interface.subnet)
        refusal = view.evidence(f"{name(balancer)} does not send to the zone of {name(owner)}", balancer, "cross_zone")
        zone = Gate({4: crosses, 6: crosses}, refusal)
        if listener.port is None:
            told = depends(f"the port of instances of {name(balancer)}")
            yield [zone, Gate({4: told, 6: told}, proof)]
            continue
        leg = Leg(balancer, node, interface, "tcp", listener.port, False)
        yield [zone, Listens(("tcp",), 0, TOP, yes(proof), proof), *leg.layers(view)]
