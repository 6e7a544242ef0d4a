"""RDS database: publicly accessible, in routed subnets, behind its groups, on its one port.

Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
"""

from __future__ import annotations

from functools import partial

from nephograph.engines.network.door import Door
from nephograph.engines.network.interface import border, exposures, groups_in
from nephograph.engines.network.sweep import Flow, Gate, Layer, Listens, closed, sweep
from nephograph.engines.network.traffic import TOP
from nephograph.engines.network.view import View, name, present, truth
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import NO, Verdict, all_of, any_of, depends, yes


def door(view: View, resource: Resource) -> Door:
    """What of the internet reaches the database."""
    found = Door([], [])
    subnets = _subnets(view, resource)
    flows: list[list[Flow]] = []
    for subnet, doubt in subnets:
        layers: list[Layer] = [
            _public(view, resource),
            *border(view, resource, subnet, doubt),
            groups_in(view, resource, subnet),
        ]
        flows.append(sweep([*layers, _port(view, resource)]))
        found.refusals.append(partial(closed, layers))
    found.exposures.extend(exposures(resource, resource, _somewhere(resource, flows), present(resource)))
    return found


def _public(view: View, resource: Resource) -> Gate:
    """A database that is publicly accessible has a public IPv4 address; IPv6 addresses are not modelled as public."""
    proof = view.evidence(f"{name(resource)} is publicly accessible", resource, "public")
    refusal = view.evidence(f"{name(resource)} is not publicly accessible", resource, "public")
    flag = truth(resource.get("public"), f"whether {name(resource)} is publicly accessible", False, (proof,))
    return Gate({4: flag, 6: NO}, refusal)


def _port(view: View, resource: Resource) -> Listens:
    port = resource.get("port")
    if isinstance(port, int | float):
        proof = view.evidence(f"{name(resource)} listens on tcp port {int(port)}", resource, "port")
        return Listens(("tcp",), int(port), int(port), yes(), proof)
    what = port if isinstance(port, Unknown) else "not said"
    proof = view.evidence(f"{name(resource)} listens on a port that is not known", resource, "port")
    return Listens(("tcp",), 0, TOP, depends(f"the port of {name(resource)} ({what})"), proof)


def _subnets(view: View, resource: Resource) -> list[tuple[Resource | None, str]]:
    """The subnets the database may sit in: those of its subnet group."""
    found: list[tuple[Resource | None, str]] = []
    for group in view.linked(resource, "in_subnet_group", "subnet_group"):
        found += [(subnet, "") for subnet in view.linked(group, "in_subnet", "subnets")]
        found += [(None, f"a subnet of {name(group)} ({why})") for why in view.missing(group, "subnets")]
        if isinstance(group.get("subnets"), Unknown) and not found:
            found.append((None, f"the subnets of {name(group)} ({group.get('subnets')})"))
    lost = view.missing(resource, "subnet_group")
    found += [(None, f"the subnet group of {name(resource)} ({why})") for why in lost]
    return found or [(None, f"the default subnet group {name(resource)} is put into")]


def _somewhere(resource: Resource, flows: list[list[Flow]]) -> list[Flow]:
    """The database sits in one of the subnets: what only some of them let in depends on which."""
    found: dict[tuple[object, ...], tuple[Flow, list[Verdict]]] = {}
    for some in flows:
        for flow in some:
            found.setdefault((flow.ports, flow.sources), (flow, []))[1].append(flow.verdict)
    merged = []
    for flow, verdicts in found.values():
        verdict = (
            all_of(verdicts)
            if all(v.answer == "yes" for v in verdicts)
            else any_of([v for v in verdicts if v.answer == "depends"])
        )
        if len(verdicts) < len(flows):
            verdict = all_of((verdict, depends(f"which subnet of its group {name(resource)} sits in")))
        merged.append(Flow(flow.ports, flow.sources, verdict))
    return merged
