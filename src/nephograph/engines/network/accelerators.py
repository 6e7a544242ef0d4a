"""Global Accelerator: an edge address that leads clients to a balancer or an instance, in private subnets, too.

No public address and no route of the endpoint's subnet is asked for, but its VPC has an internet gateway attached.
Groups see the client where its address is kept. Network ACLs apply to what goes out; the page wants a rule for what
comes in as well, and does not say what happens without one. Sources:
https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.sipp-caveats.html,
https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from nephograph.engines.network.acl import Answers, acls_of
from nephograph.engines.network.addresses import WHOLE
from nephograph.engines.network.cover import Cover, Piece, either, everything, judge
from nephograph.engines.network.entrance import blocked
from nephograph.engines.network.groups import groups_of
from nephograph.engines.network.sweep import Gate, Layer, Listens
from nephograph.engines.network.traffic import TOP
from nephograph.engines.network.view import View, name, present, truth
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import NO, Evidence, Verdict, all_of, depends, yes


class Way(NamedTuple):
    """One range of ports of an accelerator that leads to an endpoint: `layers` are what clients pass to it."""

    accelerator: Resource
    layers: tuple[Layer, ...]
    port: int | None
    """The endpoint's port, where it is another one than the client asked for."""

    def behind(self, layers: Iterable[Layer]) -> list[Layer]:
        """What stands at the endpoint and asks for its port."""
        return [At(layer, self.port) if self.port is not None else layer for layer in layers]


class At(NamedTuple):
    """A layer that is met at one port, whichever port the client asked for."""

    layer: Layer
    port: int

    @property
    def refusal(self) -> Evidence:
        """What the layer says."""
        return self.layer.refusal

    def cuts(self) -> Iterable[tuple[str, int]]:
        """The client's port is not looked at."""
        return ()

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """The same clients whichever port they asked for."""
        return self.layer.cover(version, protocol, self.port)


def ways(view: View, endpoint: Resource, subnet: Resource | None, filtered: bool = True) -> Iterator[Way]:
    """Every way by an accelerator to an endpoint whose interface is in a subnet."""
    for group in view.estate.holders(endpoint.urn, "has_target", "aws_globalaccelerator_endpoint_group"):
        items = group.get("endpoints")
        for at, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and endpoint in view.linked(group, "has_target", "endpoints", at):
                yield from _to(view, endpoint, subnet, group, at, item, filtered)


def _to(
    view: View,
    endpoint: Resource,
    subnet: Resource | None,
    group: Resource,
    at: int,
    item: dict[str, Any],
    filtered: bool,
) -> Iterator[Way]:
    for listener in view.estate.targets(group.urn, "answers_for", "aws_globalaccelerator_listener"):
        for accelerator in view.estate.targets(listener.urn, "listens_for", "aws_globalaccelerator_accelerator"):
            gate = _gate(view, endpoint, subnet, group, at, item, listener, accelerator)
            keeps = _keeps(endpoint, item)
            seen: list[Layer] = []
            if filtered:
                vpc = view.network(subnet) if subnet is not None else None
                groups = groups_of(view, endpoint, vpc)
                seen.append(groups if keeps.answer == "yes" else Edges(groups, keeps, name(accelerator)))
            for ingress, egress in acls_of(view, subnet) if subnet is not None else ():
                seen += [Unasked(ingress, name(accelerator)), Answers(egress, egress.refusal)]
            switch = tuple(blocked(view, subnet)) if subnet is not None else ()
            for ports, port in _ports(view, listener, group, accelerator):
                way = Way(accelerator, (), port)
                yield way._replace(layers=(gate, *switch, ports, *way.behind(seen)))


def _gate(
    view: View,
    endpoint: Resource,
    subnet: Resource | None,
    group: Resource,
    at: int,
    item: dict[str, Any],
    listener: Resource,
    accelerator: Resource,
) -> Gate:
    """Is anything sent to the endpoint at all?"""
    told = f"accelerator {name(accelerator)} leads to {name(endpoint)}"
    proof = view.evidence(told, group, "endpoints", at)
    sends = [truth(accelerator.get("enabled"), f"whether {name(accelerator)} is enabled", True, (proof,))]
    sends += [present(one) for one in (listener, group, accelerator)]
    for value, what in ((item.get("weight"), "weight"), (group.get("traffic_dial"), "traffic dial")):
        if isinstance(value, Unknown):
            sends.append(depends(f"the {what} of {name(endpoint)} at {name(accelerator)} ({value})"))
        elif value == 0:
            sends.append(NO)
    sends.append(_open(view, endpoint, subnet))
    four = all_of(sends)
    stack = accelerator.get("ip_address_type")
    six = depends(f"the address type of {name(accelerator)} ({stack})") if isinstance(stack, Unknown) else NO
    if str(stack).upper() == "DUAL_STACK":
        six = four
    refusal = view.evidence(
        f"accelerator {name(accelerator)} sends nothing to {name(endpoint)}", group, "endpoints", at
    )
    return Gate({4: four, 6: all_of((four, six))}, refusal)


def _open(view: View, endpoint: Resource, subnet: Resource | None) -> Verdict:
    """Has the VPC an internet gateway attached?"""
    vpc = view.network(subnet) if subnet is not None else None
    if vpc is None:
        return depends(f"the VPC of {name(endpoint)}, and whether it has an internet gateway")
    gateways = view.estate.holders(vpc.urn, "attached_to", "aws_internet_gateway")
    if gateways:
        proof = view.evidence(f"internet gateway {name(gateways[0])} is attached to the VPC", gateways[0])
        return present(gateways[0], yes(proof))
    lost = [g for g in view.estate.of_kind("aws_internet_gateway") if view.missing(g, "vpc")]
    return depends(f"the VPC of internet gateway {name(lost[0])}") if lost else NO


def _keeps(endpoint: Resource, item: dict[str, Any]) -> Verdict:
    """Does the endpoint see the client's address? Instances and internal application balancers always do."""
    said = item.get("preserve_client_ip")
    default = endpoint.kind == "aws_lb" and endpoint.get("type") in (None, "application")
    if endpoint.kind == "aws_instance" or (default and endpoint.get("scheme") == "internal"):
        return yes()
    return truth(said, f"whether {name(endpoint)} sees the addresses of clients", default)


def _ports(
    view: View, listener: Resource, group: Resource, accelerator: Resource
) -> Iterator[tuple[Listens, int | None]]:
    """(the clients' ports, the endpoint's where it is another one) of a listener."""
    protocol = listener.get("protocol")
    wire = ("tcp", "udp") if isinstance(protocol, Unknown) else (str(protocol or "TCP").lower(),)
    overrides = group.get("port_overrides")
    others = {
        int(one["listener_port"]): int(one["endpoint_port"])
        for one in (overrides if isinstance(overrides, list) else ())
        if isinstance(one, dict)
        and all(isinstance(one.get(f), int | float) for f in ("listener_port", "endpoint_port"))
    }
    items = listener.get("ports")
    for at, item in enumerate(items if isinstance(items, list) else [items]):
        low, high = (item.get("from_port"), item.get("to_port")) if isinstance(item, dict) else (item, item)
        known = isinstance(low, int | float) and isinstance(high, int | float)
        first, last = (int(low), int(high)) if known else (0, TOP)  # type: ignore[arg-type]
        span = "(not known)" if not known else str(first) if first == last else f"{first}-{last}"
        told = f"accelerator {name(accelerator)} listens on {'/'.join(wire)} port {span}"
        proof = view.evidence(told, listener, "ports", at)
        doubts = [] if known else [f"the ports of {name(accelerator)}"]
        doubts += [f"the protocol of {name(accelerator)} ({protocol})"] if isinstance(protocol, Unknown) else []
        doubts += [f"the port overrides of {name(accelerator)} ({overrides})"] if isinstance(overrides, Unknown) else []
        verdict = depends(*doubts, because=(proof,)) if doubts else yes(proof)
        begin = first
        for port in sorted(p for p in others if first <= p <= last):
            if begin < port:
                yield Listens(wire, begin, port - 1, verdict, proof), None
            yield Listens(wire, port, port, verdict, proof), others[port]
            begin = port + 1
        if begin <= last:
            yield Listens(wire, begin, last, verdict, proof), None


class Unasked(NamedTuple):
    """What a network ACL says of what an accelerator sends: a no of it is a doubt, no more."""

    acl: Layer
    called: str

    @property
    def refusal(self) -> Evidence:
        """What the list says."""
        return self.acl.refusal

    def cuts(self) -> Iterable[tuple[str, int]]:
        """Where the entries begin and end."""
        return self.acl.cuts()

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """Whom the list lets in, and everybody else perhaps."""
        doubt = depends(f"whether network ACLs are asked about what accelerator {self.called} sends")
        return either([*self.acl.cover(version, protocol, port), *everything(version, doubt)])


class Edges(NamedTuple):
    """Groups that see the accelerator's own addresses instead of the client's, or that may: nobody lists them."""

    groups: Layer
    keeps: Verdict
    called: str

    @property
    def refusal(self) -> Evidence:
        """What the groups say."""
        return self.groups.refusal

    def cuts(self) -> Iterable[tuple[str, int]]:
        """Where the groups' rules begin and end."""
        return self.groups.cuts()

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """Everybody where any address is let in; else it depends on the edge's address."""
        clients = self.groups.cover(version, protocol, port)
        edge = everything(
            version, judge(clients, WHOLE[version], f"the addresses accelerator {self.called} sends from")
        )
        if self.keeps.answer == "no":
            return edge
        return tuple(Piece(one.addresses, all_of((one.verdict, self.keeps))) for one in either([*clients, *edge]))
