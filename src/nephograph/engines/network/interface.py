"""A network interface and the layers between it and the internet: address, routes, groups, ACLs both ways."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nephograph.engines.network.acl import Answers, acls_of
from nephograph.engines.network.entrance import entrance
from nephograph.engines.network.groups import Groups, groups_of
from nephograph.engines.network.routing import routes_of, unknown_routes
from nephograph.engines.network.sweep import Flow, Gate, Layer, sweep
from nephograph.engines.network.view import View, name
from nephograph.model.facts import Exposure
from nephograph.model.resource import Resource
from nephograph.model.verdict import Verdict, all_of


class Interface(NamedTuple):
    """Where an interface sits: its subnet (None: not known, `doubt` says why), its groups, its public addresses."""

    owner: Resource
    subnet: Resource | None
    doubt: str
    groups: Groups
    address: Gate

    def layers(self, view: View) -> list[Layer]:
        """Everything a packet from the internet and its answer have to pass, in the order of the sentence."""
        return [self.address, *border(view, self.owner, self.subnet, self.doubt), self.groups]


def border(view: View, owner: Resource, subnet: Resource | None, doubt: str) -> list[Layer]:
    """The routes of a subnet, what stands at the door of its VPC, and its ACLs."""
    if subnet is None:
        refusal = view.evidence(f"the subnet of {name(owner)} is not known", owner)
        return [unknown_routes(doubt, refusal)]
    layers: list[Layer] = [routes_of(view, subnet), *entrance(view, subnet)]
    for ingress, egress in acls_of(view, subnet):
        layers += [ingress, Answers(egress, egress.refusal)]
    return layers


def subnets_of(view: View, resource: Resource, field: str) -> list[tuple[Resource | None, str]]:
    """(subnet, why it is not known) of a field; nothing said means a default subnet of the account."""
    found: list[tuple[Resource | None, str]] = [(s, "") for s in view.linked(resource, "in_subnet", field)]
    found += [(None, f"the subnet of {name(resource)} ({why})") for why in view.missing(resource, field)]
    return found or [(None, f"the default subnet {name(resource)} is put into")]


def groups_in(view: View, resource: Resource, subnet: Resource | None) -> Groups:
    """The groups of a resource that sits in a subnet."""
    return groups_of(view, resource, view.network(subnet) if subnet is not None else None)


def exposures(resource: Resource, door: Resource, flows: list[Flow], *more: Verdict) -> list[Exposure]:
    """Flows as exposures of a resource through a door, under further conditions."""
    found = []
    for flow in flows:
        verdict = all_of((flow.verdict, *more))
        if verdict.possible:
            found.append(Exposure(resource.urn, door.urn, flow.ports, flow.sources, verdict))
    return found


def open_flows(view: View, interface: Interface, *more: Layer) -> list[Flow]:
    """What of the internet reaches the interface."""
    return sweep([*interface.layers(view), *more])


def told_once(found: Iterable[Exposure]) -> list[Exposure]:
    """The same traffic through the same door, over several subnets, as one exposure: certain where one of them is."""
    seen: dict[tuple[object, ...], Exposure] = {}
    for one in found:
        key = (one.door, one.ports, one.sources)
        if key not in seen or one.verdict.answer == "yes" != seen[key].verdict.answer:
            seen[key] = one
    return list(seen.values())
