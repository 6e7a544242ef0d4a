"""Routes that lead nowhere, answers that take no way back, ranges that meet: what a connected estate gets wrong.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html,
https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html,
https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-appliance-scenario.html
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from nephograph.library.routing.fault import Fault
from nephograph.library.routing.ranges import Range, of_subnet, of_vpc, parse
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown
from nephograph.model.verdict import Evidence, Verdict, depends, yes

ATTACHMENT = "aws_ec2_transit_gateway_attachment"
TRANSIT = "aws_ec2_transit_gateway"
PEERING = "aws_vpc_peering_connection"
_GONE = ("deleted", "deleting", "failed", "rejected", "expired")
_OPEN_PEERINGS = ("active", "provisioning", None)


class Route(NamedTuple):
    """A route of a table that leads out of the VPC."""

    table: Resource
    at: int
    range: Range
    target: Resource


def linked(facts: Facts, resource: Resource, edge: str, kind: str | None = None) -> list[Resource]:
    """What a resource points to, each once."""
    return list({r.urn: r for r in facts.attached(resource, edge, kind)}.values())


def dead_routes(table: Resource, facts: Facts) -> Iterator[Fault]:
    """Routes of a table whose target is gone, dead, or not attached to the table's VPC."""
    items = table.get("routes")
    vpcs = linked(facts, table, "in_network", "aws_vpc")
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict):
            continue
        why = _dead(table, at, item, vpcs[0] if vpcs else None, facts)
        if why is not None:
            said = (item.get("destination"), item.get("prefix_list"))
            what = next((one for one in said if one is not None), None)
            message = f"the route of {table.label} for {what} leads nowhere"
            yield Fault("blackhole", table, ("routes", at), message, why, str(what))


def _dead(table: Resource, at: int, item: dict[str, object], vpc: Resource | None, facts: Facts) -> Verdict | None:
    here = ("routes", at)
    if item.get("blackhole") is True:
        return yes(Evidence.at("the route is a blackhole: its target is gone", table, here))
    target = target_of(table, at, item, facts)
    if target is None:
        return None
    route = Evidence.at(f"the route leads to {target.label or target.address}", table, here)
    for field, dead in (("state", _GONE), ("status", (*_GONE, "pending-acceptance", "inactive"))):
        if target.get(field) in dead:
            return yes(route, Evidence.at(f"{target.label or target.address} is {target.get(field)}", target, (field,)))
    return _elsewhere(target, vpc, route, facts) if vpc is not None else None


def _elsewhere(target: Resource, vpc: Resource, route: Evidence, facts: Facts) -> Verdict | None:
    """Is the target of a kind that has to be attached to the VPC, and is not?"""
    if target.kind == TRANSIT:
        held = [a for a in facts.holders(target, "attached_to", ATTACHMENT) if _open(a, "resource", facts)]
        ends = [v for a in facts.holders(target, "attached_to", ATTACHMENT) for v in facts.attached(a, "attaches")]
        if vpc in ends or held or not ends:
            return None
        return yes(route, Evidence.at(f"no attachment joins {vpc.label} to {target.label}", target, ()))
    if target.kind not in ("aws_internet_gateway", "aws_egress_only_internet_gateway", "aws_vpn_gateway", PEERING):
        return None
    ends = list(facts.attached(target, "attached_to", "aws_vpc"))
    fields = ("vpc", "peer_vpc") if target.kind == PEERING else ("vpc",)
    if vpc in ends or len(ends) < len(fields):
        lost = target.get("vpc") is None and not ends and target.kind == "aws_internet_gateway"
        return yes(route, Evidence.at(f"{target.label} is attached to no VPC", target, ())) if lost else None
    return yes(
        route, Evidence.at(f"{target.label} is attached to {ends[0].label}, not to {vpc.label}", target, ("vpc",))
    )


def _open(resource: Resource, field: str, facts: Facts) -> bool:
    """Is it not known what a field leads to?"""
    return is_unknown(resource.get(field)) or (
        resource.get(field) is not None and not facts.attached(resource, "attaches")
    )


def target_of(table: Resource, at: int, item: dict[str, object], facts: Facts) -> Resource | None:
    """The gateway a route leads to, where it is in the data."""
    said = item.get("target")
    for found in linked(facts, table, "routes_to"):
        if (said is not None and said in (found.urn, found.get("id"), found.address)) or _is(said, found):
            return found
    return None


def _is(said: object, resource: Resource) -> bool:
    """Code names a resource by an attribute that is given after apply."""
    ref = getattr(said, "ref", None)
    return ref is not None and getattr(ref, "address", None) == resource.address


def connected(facts: Facts) -> Iterator[tuple[Resource, Resource, Resource]]:
    """(a VPC, another, what joins them) of every pair that peering or a transit gateway joins."""
    for peering in facts.resources(PEERING):
        ends = linked(facts, peering, "attached_to", "aws_vpc")
        if len(ends) == 2 and peering.get("status") in _OPEN_PEERINGS:
            yield ends[0], ends[1], peering
    for hub in facts.resources(TRANSIT):
        held = [a for a in facts.holders(hub, "attached_to", ATTACHMENT) if a.get("state") not in _GONE]
        vpcs = {v.urn: v for a in held for v in facts.attached(a, "attaches", "aws_vpc")}
        for one, other in itertools.combinations(vpcs.values(), 2):
            yield one, other, hub


def overlapping(joint: Resource, facts: Facts) -> Iterator[Fault]:
    """VPCs a peering or a transit gateway joins although their ranges meet: who has the address stays at home."""
    for one, other, by in connected(facts):
        if by.urn != joint.urn:
            continue
        for a, b in itertools.product(of_vpc(one), of_vpc(other)):
            both = a.meets(b)
            if both is None:
                continue
            proofs = [
                Evidence.at(f"{vpc.label} has {said}", vpc, ("cidrs" if said.version == 4 else "ipv6_cidrs",))
                for vpc, said in ((one, a), (other, b))
            ]
            message = f"{joint.label} joins {one.label} and {other.label}, which both have {both}"
            yield Fault("overlapping", joint, (), message, yes(*proofs), f"{one.urn} {other.urn} {both}")


def table_of(subnet: Resource, facts: Facts) -> Resource | None:
    """The route table of a subnet, where it is known: its own, else the main one of its VPC."""
    own = facts.holders(subnet, "routes_for", "aws_route_table")
    if own:
        return own[0] if len(own) == 1 else None
    for vpc in facts.attached(subnet, "in_network", "aws_vpc"):
        for table in facts.holders(vpc, "in_network", "aws_route_table"):
            if table.get("main") is True:
                return table
    return None


def chosen(table: Resource, wanted: Range, facts: Facts) -> Route | str | None:
    """The route for a range: its longest prefix. A text where a route is not known, None where there is none."""
    best: Route | None = None
    items = table.get("routes")
    if is_unknown(items):
        return str(items)
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict) or is_unknown(item.get("destination")):
            return f"a route of {table.label}"
        found = parse(item.get("destination"))
        target = target_of(table, at, item, facts)
        if found is None or not found.holds(wanted):
            continue
        if target is None:
            if item.get("blackhole") is True:
                continue
            return f"the target of the route of {table.label} for {item.get('destination')}"
        if best is None or best.range.holds(found):
            best = Route(table, at, found, target)
    return best


def unanswered(table: Resource, facts: Facts) -> Iterator[Fault]:
    """Routes into another VPC that the subnets there do not lead back by the same gateway."""
    for subnet in _served(table, facts):
        vpcs = linked(facts, subnet, "in_network", "aws_vpc")
        for one, other, by in connected(facts):
            far = other if one in vpcs else one if other in vpcs else None
            if far is None:
                continue
            yield from _no_way_back(table, subnet, far, by, facts)


def _served(table: Resource, facts: Facts) -> list[Resource]:
    own = linked(facts, table, "routes_for", "aws_subnet")
    if table.get("main") is True:
        vpcs = linked(facts, table, "in_network", "aws_vpc")
        subnets = [s for v in vpcs for s in facts.holders(v, "in_network", "aws_subnet")]
        own += [s for s in subnets if s not in own and table_of(s, facts) is table]
    return own


def _no_way_back(table: Resource, subnet: Resource, far: Resource, by: Resource, facts: Facts) -> Iterator[Fault]:
    if any(a.meets(b) for a in of_subnet(subnet) for b in of_vpc(far)):
        return
    for there in facts.holders(far, "in_network", "aws_subnet"):
        for wanted, mine in itertools.product(of_subnet(there), of_subnet(subnet)):
            out = chosen(table, wanted, facts) if wanted.version == mine.version else None
            if not isinstance(out, Route) or out.target.urn != by.urn:
                continue
            home = table_of(there, facts)
            back = chosen(home, mine, facts) if home is not None else f"the route table of {there.label}"
            verdict = _judged(out, there, home, back)
            if verdict is not None:
                end = f"back to {subnet.label}"
                message = f"{table.label} leads to {there.label} by {by.label}, which does not lead {end} by it"
                yield Fault("asymmetric", table, ("routes", out.at), message, verdict, f"{subnet.urn} {there.urn}")
                break


def _judged(out: Route, there: Resource, home: Resource | None, back: Route | str | None) -> Verdict | None:
    proof = Evidence.at(f"{out.table.label} sends {out.range} to {out.target.label}", out.table, ("routes", out.at))
    if isinstance(back, str):
        # Only what could lead there by another way is worth a word.
        return depends(back, because=(proof,)) if home is not None else None
    if back is None:
        where = home if home is not None else there
        return yes(proof, Evidence.at(f"{where.label} of {there.label} has no route back", where, ("routes",)))
    if back.target.urn == out.target.urn:
        return None
    other = f"{back.table.label} sends {back.range} to {back.target.label}"
    return yes(proof, Evidence.at(other, back.table, ("routes", back.at)))


def apart(attachment: Resource, facts: Facts) -> Iterator[Fault]:
    """An attachment in several zones whose subnets lead to appliances, without appliance mode.

    Each direction of a connection may come in by another zone, so by an appliance that has not seen the other one.
    """
    subnets = linked(facts, attachment, "in_subnet", "aws_subnet")
    boxes: dict[str, tuple[Resource, Route]] = {}
    for subnet in subnets:
        table = table_of(subnet, facts)
        items = table.get("routes") if table is not None else None
        for at, item in enumerate(items if isinstance(items, list) else ()):
            target = target_of(table, at, item, facts) if table is not None and isinstance(item, dict) else None
            found = parse(item.get("destination")) if isinstance(item, dict) else None
            if table is not None and target is not None and found is not None and _appliance(target):
                boxes.setdefault(target.urn, (subnet, Route(table, at, found, target)))
    if len(boxes) < 2:
        return
    proofs = [
        Evidence.at(f"{subnet.label} leads {route.range} to {route.target.label}", route.table, ("routes", route.at))
        for subnet, route in boxes.values()
    ]
    said = attachment.get("appliance_mode")
    message = f"attachment {attachment.label} spreads connections over appliances that each see one direction"
    verdict = depends(str(said), because=tuple(proofs)) if is_unknown(said) else yes(*proofs)
    if said is not True:
        yield Fault("asymmetric", attachment, ("appliance_mode",), message, verdict)


def _appliance(target: Resource) -> bool:
    """Does it look into connections? An endpoint of a firewall or of a gateway balancer, an instance, an interface."""
    if target.kind == "aws_vpc_endpoint":
        return bool(target.get("type") == "GatewayLoadBalancer")
    return target.kind in ("aws_networkfirewall_firewall", "aws_network_interface", "aws_instance")


def open_subnets(group: Resource, facts: Facts) -> Iterator[Fault]:
    """Subnets databases are put into that lead to the internet."""
    for subnet in linked(facts, group, "in_subnet", "aws_subnet"):
        table = table_of(subnet, facts)
        items = table.get("routes") if table is not None else None
        for at, item in enumerate(items if isinstance(items, list) else ()):
            target = target_of(table, at, item, facts) if table is not None and isinstance(item, dict) else None
            if table is None or target is None or target.kind != "aws_internet_gateway":
                continue
            proof = Evidence.at(
                f"{table.label} sends {item.get('destination')} to {target.label}", table, ("routes", at)
            )
            inside = Evidence.at(f"{group.label} holds {subnet.label}", group, ("subnets",))
            message = f"databases of {group.label} stand in {subnet.label}, which leads to the internet"
            yield Fault("database", group, ("subnets",), message, yes(inside, proof), subnet.urn)
            break
