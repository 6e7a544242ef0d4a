"""What the nodes of load balancers, and others who do not take whatever comes, listen for.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nephograph.engines.reachability.addresses import Interval
from nephograph.engines.reachability.machines import ANY_PORT
from nephograph.engines.reachability.reading import Reading, doubtful, name, state_of
from nephograph.engines.reachability.traffic import TOP, Span
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

_WIRE = {
    "UDP": ("udp",),
    "TCP_UDP": ("tcp", "udp"),
    "QUIC": ("udp",),
    "TCP_QUIC": ("tcp", "udp"),
    "GENEVE": ("udp",),
}
_UP = (None, "active", "provisioning", "active_impaired")


class Listens(NamedTuple):
    """Traffic a node takes, and why that is not sure ("" when it is)."""

    span: Span | None
    doubt: str = ""


def takes(reading: Reading, owner: Resource) -> tuple[Listens, ...] | None:
    """What somebody who stands there accepts at all; None: whatever comes.

    A balancer takes what a listener listens for, a NAT gateway and a function in a VPC take nothing.
    """
    if owner.kind in ("aws_nat_gateway", "aws_lambda_function"):
        return ()
    if owner.kind == "aws_lb":
        return tuple(one for listener, why in of_balancer(reading, owner) for one in listened(listener, why))
    if owner.kind == "aws_elb":
        return tuple(one for one, _ in of_classic(reading, owner))
    if owner.kind == "aws_vpc_endpoint":
        state = owner.get("state")
        gone = ("deleted", "deleting", "rejected", "failed", "expired", "pendingacceptance")
        return () if isinstance(state, str) and state.lower() in gone else None
    return None


def of_balancer(reading: Reading, balancer: Resource) -> Iterator[tuple[Resource, str]]:
    """(a listener of a balancer, why it is open whether it is one)."""
    state, unsure = state_of(balancer, "state")
    if state not in _UP:
        return
    held = reading.estate.holders(balancer.urn, "listens_for", "aws_lb_listener")
    for listener in held:
        yield listener, unsure or doubtful(listener)
    for listener, why in reading.blind("aws_lb_listener", "load_balancer"):
        if listener not in held and listener.scope == balancer.scope and _beside(reading, listener, balancer):
            yield listener, f"whether {name(listener)} is a listener of {name(balancer)} ({why})"


def _beside(reading: Reading, listener: Resource, balancer: Resource) -> bool:
    """May a listener be the balancer's, as far as the VPCs of both are known?"""
    groups = reading.estate.targets(listener.urn, "forwards_to", "aws_lb_target_group")
    theirs = {vpc for group in groups if (vpc := reading.vpc_of(group.urn))}
    subnets = reading.estate.targets(balancer.urn, "in_subnet", "aws_subnet")
    own = {vpc for subnet in subnets if (vpc := reading.vpc_of(subnet.urn))}
    return not theirs or not own or bool(theirs & own)


def listened(listener: Resource, why: str) -> list[Listens]:
    """What a listener listens for; `why` it is open whether it does."""
    port, protocol = listener.get("port"), listener.get("protocol")
    wires: tuple[str, ...] = ("tcp", "udp")
    if isinstance(protocol, Unknown):
        doubt = f"the protocol of a listener ({protocol})"
    else:
        wires, doubt = _WIRE.get(str(protocol or "HTTP").upper(), ("tcp",)), why
    if not isinstance(port, int | float):
        return [Listens(Span(w, 0, TOP), f"the port of a listener ({port})") for w in wires]
    return [Listens(Span(w, int(port), int(port)), doubt) for w in wires]


def of_classic(reading: Reading, balancer: Resource) -> Iterator[tuple[Listens, int | Interval | None]]:
    """(what a classic balancer listens for, the port it hands that on to; None: the one it came to)."""
    items = balancer.get("listeners")
    exists = doubtful(balancer)
    if isinstance(items, Unknown):
        yield Listens(Span("tcp", 0, TOP), f"the listeners of {name(balancer)} ({items})"), ANY_PORT
        return
    for item in items or ():
        port = item.get("port") if isinstance(item, dict) else item
        to = item.get("instance_port") if isinstance(item, dict) else item
        number = int(to) if isinstance(to, int | float) else ANY_PORT if isinstance(to, Unknown) else None
        if isinstance(port, int | float):
            yield Listens(Span("tcp", int(port), int(port)), exists), number
        else:
            yield Listens(Span("tcp", 0, TOP), f"the port of a listener of {name(balancer)} ({port})"), number
