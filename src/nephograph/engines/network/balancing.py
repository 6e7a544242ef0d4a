"""Through a load balancer: listener, rule, target group, target.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from nephograph.engines.network import classic
from nephograph.engines.network.accelerators import At, ways
from nephograph.engines.network.addressed import by_address, may_be
from nephograph.engines.network.addresses import parse
from nephograph.engines.network.backend import Leg, keeps_client
from nephograph.engines.network.cover import Cover, Piece, either, everything
from nephograph.engines.network.door import Door
from nephograph.engines.network.doors import aws_ecs_service, aws_instance, aws_network_interface
from nephograph.engines.network.front import front_layers, has_groups, listens, wire
from nephograph.engines.network.interface import Interface, groups_in, subnets_of
from nephograph.engines.network.permissions import invokable
from nephograph.engines.network.sweep import Flow, Gate, Layer, Listens, closed, merged, sweep
from nephograph.engines.network.traffic import TOP
from nephograph.engines.network.view import View, name, present
from nephograph.engines.network.zones import sends_to
from nephograph.model.facts import Exposure, Ports
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Evidence, Verdict, all_of, depends, yes

_FREE = ("host_header", "path_pattern", "http_request_method", "query_string")
"""Conditions of a rule that whoever sends the request can meet at will."""


class Forward(NamedTuple):
    """A listener that hands traffic to a target group: under what condition, and for which clients."""

    listener: Resource
    condition: Verdict
    clients: Layer | None


def fronts(view: View, resource: Resource) -> Door:
    """How the internet reaches a resource through the balancers it is a target of."""
    found = Door([], [])
    owners = [resource, *view.estate.targets(resource.urn, "uses_interface", "aws_network_interface")]
    for owner in owners:
        groups = view.estate.holders(owner.urn, "has_target", "aws_lb_target_group")
        if owner.kind == "aws_ecs_service":
            groups = [*groups, *view.linked(owner, "registers_with", "load_balancers")]
        for group in groups:
            for forward in _forwards(view, group):
                _through(view, resource, owner, group, forward, found)
        for group, sure in by_address(view, owner):
            for forward in _forwards(view, group) if group not in groups else ():
                held = forward._replace(condition=all_of((forward.condition, sure)))
                _through(view, resource, owner, group, held, found)
        classics = view.estate.holders(owner.urn, "has_target", "aws_elb")
        if classics:
            classic.through(view, resource, classics, _interfaces(view, owner), found)
    return found


def _forwards(view: View, group: Resource) -> Iterator[Forward]:
    for source in view.estate.holders(group.urn, "forwards_to"):
        condition = all_of((present(source), _actions(source)))
        if source.kind == "aws_lb_listener":
            yield Forward(source, condition, None)
        elif source.kind == "aws_lb_listener_rule" and source.get("default") is not True:
            # (The default rule of an answer says what its listener says.)
            met, clients = _conditions(view, source)
            for listener in view.estate.targets(source.urn, "rule_of", "aws_lb_listener"):
                yield Forward(listener, all_of((condition, met)), clients)


def _actions(source: Resource) -> Verdict:
    """Nothing is forwarded before a sign-in that an earlier action asks for."""
    items = source.get("actions")
    kinds = [i.get("type") for i in items if isinstance(i, dict)] if isinstance(items, list) else []
    asked = [str(kind) for kind in kinds if str(kind).startswith("authenticate")]
    return depends(*(f"a sign-in ({kind}) at {name(source)}" for kind in asked)) if asked else yes()


def _conditions(view: View, rule: Resource) -> tuple[Verdict, Layer | None]:
    """Can a client meet the conditions of a rule, and which clients?"""
    items = rule.get("conditions")
    if not isinstance(items, list) or not items:
        return depends(f"the conditions of listener rule {name(rule)}"), None
    doubts = []
    clients: Layer | None = None
    for position, item in enumerate(items):
        field = item.get("field") if isinstance(item, dict) else item
        if field == "source_ip" and isinstance(item, dict):
            clients = _Clients.read(view, rule, position, item.get("values"))
        elif field not in _FREE:
            doubts.append(f"a condition of listener rule {name(rule)} ({field})")
    return (depends(*doubts) if doubts else yes()), clients


class _Clients(NamedTuple):
    """The client addresses a rule asks for."""

    values: tuple[str, ...]
    doubt: str
    proof: Evidence

    @staticmethod
    def read(view: View, rule: Resource, position: int, values: object) -> _Clients:
        known = [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
        lost = [value for value in values if isinstance(value, Unknown)] if isinstance(values, list) else [values]
        proof = view.evidence(f"listener rule {name(rule)} is for {', '.join(known)}", rule, "conditions", position)
        return _Clients(
            tuple(known), f"the addresses listener rule {name(rule)} is for ({lost[0]})" if lost else "", proof
        )

    @property
    def refusal(self) -> Evidence:
        """What the rule asks for."""
        return self.proof

    def cuts(self) -> tuple[tuple[str, int], ...]:
        """Addresses only."""
        return ()

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """The clients the rule is for."""
        parsed = [found for value in self.values if (found := parse(value)) and found[0] == version]
        pieces = [Piece(found[1], yes(self.proof)) for found in parsed]
        return either((*pieces, *(everything(version, depends(self.doubt)) if self.doubt else ())))


def _through(view: View, resource: Resource, owner: Resource, group: Resource, forward: Forward, found: Door) -> None:
    listener = forward.listener
    balancers = view.estate.targets(listener.urn, "listens_for", "aws_lb")
    proof = view.evidence(f"{name(group)} sends what arrives to {name(resource)}", group, "targets")
    conditions = (forward.condition, present(group, yes(proof)), present(resource))
    if not balancers:
        lost = "; ".join(view.missing(listener, "load_balancer")) or "not in the data"
        doubt = depends(f"the balancer of listener {name(listener)} ({lost})")
        heard = listens(view, listener, listener)
        ports = Ports(heard.protocols[0], heard.low, heard.high)
        verdict = all_of((doubt, *conditions))
        found.exposures.append(Exposure(resource.urn, listener.urn, ports, ("0.0.0.0/0", "::/0"), verdict))
        return
    balancer = balancers[0]
    flows: dict[str, list[Flow]] = {}
    for subnet, why in subnets_of(view, balancer, "subnets"):
        heard = listens(view, listener, balancer)
        by_edge = ways(view, balancer, subnet, has_groups(view, balancer))
        doors = [(balancer, [*front_layers(view, balancer, subnet, why), heard])]
        doors += [(way.accelerator, [*way.layers, *way.behind([heard])]) for way in by_edge]
        doors += _in_front(view, balancer, subnet, heard)
        for door, front in doors:
            before = [*front, *([forward.clients] if forward.clients is not None else [])]
            for behind in _behind(view, balancer, subnet, owner, group):
                flows.setdefault(door.urn, []).extend(sweep([*before, *behind]))
                found.refusals.append(partial(closed, [*before, *behind]))
    for urn, some in flows.items():
        for flow in merged(some):
            verdict = all_of((flow.verdict, *conditions))
            if verdict.possible:
                found.exposures.append(Exposure(resource.urn, urn, flow.ports, flow.sources, verdict))


def _in_front(
    view: View, inner: Resource, subnet: Resource | None, heard: Listens
) -> Iterator[tuple[Resource, list[Layer]]]:
    """The network balancers that have an application balancer as target: (the one, what clients pass to the other).

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
    """
    for group in view.estate.holders(inner.urn, "has_target", "aws_lb_target_group"):
        for forward in _forwards(view, group):
            for outer in view.estate.targets(forward.listener.urn, "listens_for", "aws_lb")[:1]:
                for node, why in subnets_of(view, outer, "subnets"):
                    front = [*front_layers(view, outer, node, why), listens(view, forward.listener, outer)]
                    front += [_gate(view, forward.condition, outer), *([forward.clients] if forward.clients else [])]
                    for behind, port in _to_balancer(view, outer, node, inner, subnet, group):
                        yield outer, [*front, *behind, At(heard, port)]


def _to_balancer(
    view: View, outer: Resource, node: Resource | None, inner: Resource, subnet: Resource | None, group: Resource
) -> Iterator[tuple[list[Layer], int]]:
    """From the node of one balancer to the other's in a subnet, with the port it is sent to."""
    target = Interface(inner, subnet, "", groups_in(view, inner, subnet), _gate(view, yes(), inner))
    crosses = sends_to(view, outer, group, node, subnet)
    for port in _ports(view, inner, group):
        if isinstance(port, int):
            leg = Leg(outer, node, target, "tcp", port, keeps_client(outer, group))
            yield [_gate(view, crosses, outer), *leg.layers(view)], port


def _gate(view: View, verdict: Verdict, balancer: Resource) -> Gate:
    told = f"{name(balancer)} does not send it on"
    return Gate({4: verdict, 6: verdict}, view.evidence(told, balancer))


def _behind(
    view: View, balancer: Resource, subnet: Resource | None, owner: Resource, group: Resource
) -> Iterator[list[Layer]]:
    """The layers behind the balancer, for every port and interface of the target."""
    if owner.kind == "aws_lambda_function":
        verdict = invokable(view, owner, "elasticloadbalancing.amazonaws.com", group)
        refusal = view.evidence(f"{name(owner)} does not let load balancers invoke it", owner)
        yield [Gate({4: verdict, 6: verdict}, refusal)]
        return
    if owner.kind == "aws_lb":
        for inner, _ in subnets_of(view, owner, "subnets"):
            for listener in view.estate.holders(owner.urn, "listens_for", "aws_lb_listener"):
                heard = listens(view, listener, owner)
                for layers, at in _to_balancer(view, balancer, subnet, owner, inner, group):
                    yield [*layers, At(heard, at)]
        return
    interfaces = _interfaces(view, owner)
    if not interfaces:
        doubt = depends(f"how {name(balancer)} reaches {name(owner)}")
        yield [Gate({4: doubt, 6: doubt}, view.evidence(f"{name(owner)} is a target of {name(balancer)}", owner))]
    for port in _ports(view, owner, group):
        for interface in interfaces:
            for protocol in wire(group.get("protocol")):
                if isinstance(port, int):
                    leg = Leg(balancer, subnet, interface, protocol, port, keeps_client(balancer, group))
                    crosses = sends_to(view, balancer, group, subnet, interface.subnet)
                    text = f"{name(balancer)} does not send to the zone of {name(owner)}"
                    zone = Gate({4: crosses, 6: crosses}, view.evidence(text, balancer, "subnets"))
                    proof = view.evidence(f"{name(group)} sends {protocol} to {name(owner)}", group)
                    yield [zone, Listens((protocol,), 0, TOP, yes(), proof), *leg.layers(view)]
                else:
                    told = depends(f"the port {name(group)} sends to ({port})")
                    yield [Gate({4: told, 6: told}, view.evidence(f"{name(group)} sends to {name(owner)}", group))]


def _interfaces(view: View, owner: Resource) -> list[Interface]:
    """An instance is called at its first interface."""
    if owner.kind == "aws_instance":
        return aws_instance.interfaces(view, owner)[:1]
    if owner.kind == "aws_network_interface":
        return aws_network_interface.interfaces(view, owner)
    if owner.kind == "aws_ecs_service":
        return aws_ecs_service.interfaces(view, owner) or aws_ecs_service.on_one_machine(view, owner)
    return []


def _ports(view: View, owner: Resource, group: Resource) -> list[int | str]:
    """The port of each registration of the target; the group's own port where it names none.

    A service of ECS registers its tasks by itself, on the port of the container it names.
    """
    found: dict[int | str, None] = {}
    if owner.kind == "aws_ecs_service":
        named = owner.get("load_balancers")
        for position, item in enumerate(named if isinstance(named, list) else ()):
            if group in view.linked(owner, "registers_with", "load_balancers", position):
                port = aws_ecs_service.port_of(view, owner, item)
                port = port if port is not None else group.get("port")
                found[int(port) if isinstance(port, int | float) else str(port)] = None
    items = group.get("targets")
    for position, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict) and (
            owner in view.linked(group, "has_target", "targets", position) or may_be(view, owner, item.get("target"))
        ):
            port = item.get("port") if item.get("port") is not None else group.get("port")
            found[int(port) if isinstance(port, int | float) else str(port)] = None
    return list(found)
