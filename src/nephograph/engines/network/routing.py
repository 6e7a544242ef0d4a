"""Routes of a subnet: which addresses of the internet its answers reach through an internet gateway.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html,
https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nephograph.engines.network.addresses import VERSIONS, WHOLE, Addresses, parse, subtract, union
from nephograph.engines.network.cover import Cover, Piece, either, everything
from nephograph.engines.network.view import View, name, present
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import NO, Evidence, Verdict, all_of, depends, yes


class Routes(NamedTuple):
    """The addresses that are routed to the internet, by IP version."""

    covers: dict[int, Cover]
    refusal: Evidence

    def cuts(self) -> Iterable[tuple[str, int]]:
        """Routes know no ports."""
        return ()

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """The addresses an answer reaches through an internet gateway."""
        return self.covers[version]


class _Route(NamedTuple):
    """A route of a table and whether its target is the internet.

    `addresses` is None when the destination is not known; `doubt` then says so.
    """

    version: int
    addresses: Addresses | None
    length: int
    verdict: Verdict
    doubt: str = ""
    rank: int = 0
    """Of routes for one range the least rank is taken: static ones, those of prefix lists, propagated ones."""


def routes_of(view: View, subnet: Resource) -> Routes:
    """What the route table of a subnet leads to the internet."""
    key = ("routes", subnet.urn)
    if key not in view.memo:
        view.memo[key] = _routes(view, subnet)
    found: Routes = view.memo[key]
    return found


def unknown_routes(doubt: str, refusal: Evidence) -> Routes:
    """Routes of a subnet that is not known."""
    return Routes({version: everything(version, depends(doubt)) for version in VERSIONS}, refusal)


def _routes(view: View, subnet: Resource) -> Routes:
    table, doubt = _table(view, subnet)
    vpc = view.network(subnet)
    if table is None and not doubt and _in_default_vpc(subnet, vpc):
        return _default_routes(view, subnet)
    if table is None:
        told = f"subnet {name(subnet)} has no route table but the main one of its VPC, which routes only inside the VPC"
        refusal = view.evidence(told, subnet)
        return unknown_routes(doubt, refusal) if doubt else Routes(dict.fromkeys(VERSIONS, ()), refusal)
    refusal = view.evidence(f"route table {name(table)} of subnet {name(subnet)} has no route to the internet", table)
    items = table.get("routes")
    if isinstance(items, Unknown):
        return unknown_routes(f"the routes of {name(table)} ({items})", refusal)
    routes = [r for at, item in enumerate(items or ()) for r in _read(view, table, vpc, at, item)]
    local = _local(vpc)
    # A route for exactly the VPC's range can only replace the target of the local one, never lead to the internet.
    taken = {r.addresses for r in local}
    routes = [r for r in routes if r.addresses is None or r.addresses not in taken] + local
    covers = {}
    for version in VERSIONS:
        pieces = _longest_prefix(routes, version)
        if doubt:
            pieces = [Piece(p.addresses, all_of((p.verdict, depends(doubt)))) for p in pieces]
        covers[version] = either(Piece(p.addresses, present(table, p.verdict)) for p in pieces)
    return Routes(covers, refusal)


def _table(view: View, subnet: Resource) -> tuple[Resource | None, str]:
    """(the subnet's route table, what is doubtful about it).

    Explicit association first, then the VPC's main table. The main table AWS makes for a VPC holds only the local
    route, so a VPC of the data without a main table in the data routes nowhere else.
    """
    explicit = view.estate.holders(subnet.urn, "routes_for", "aws_route_table")
    if explicit:
        return explicit[0], f"which route table {name(subnet)} uses" if len(explicit) > 1 else ""
    vpc = view.network(subnet)
    if vpc is None and subnet.get("default") is True:
        return None, ""
    if vpc is None:
        why = "; ".join(view.missing(subnet, "vpc"))
        return None, f"the route table of {name(subnet)}: its VPC is not in the data{f' ({why})' if why else ''}"
    tables = view.estate.holders(vpc.urn, "in_network", "aws_route_table")
    doubt = ""
    for table in view.estate.of_kind("aws_route_table"):
        lost = view.missing(table, "subnets") if view.maybe_in(table, vpc) else []
        lost += [
            str(u) for u in (table.get("subnets"), table.get("main")) if isinstance(u, Unknown) and table in tables
        ]
        if lost:
            doubt = f"whether {name(table)} is the route table of {name(subnet)} ({lost[0]})"
    main = [table for table in tables if table.get("main") is True]
    return (main[0] if main else None), doubt


def _in_default_vpc(subnet: Resource, vpc: Resource | None) -> bool:
    return subnet.get("default") is True or (vpc is not None and vpc.get("default") is True)


def _default_routes(view: View, subnet: Resource) -> Routes:
    """The main table of a default VPC sends everything of IPv4 to the internet gateway that comes with the VPC.

    Source: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
    """
    told = f"subnet {name(subnet)} lies in a default VPC, whose main route table leads to its internet gateway"
    proof = view.evidence(told, subnet)
    return Routes({4: everything(4, yes(proof)), 6: ()}, proof)


def _read(view: View, table: Resource, vpc: Resource | None, position: int, item: object) -> Iterator[_Route]:
    """The routes one entry of a table stands for: one for each range of a prefix list of the data.

    The list of a gateway endpoint holds the addresses of its service; what comes from there is not the internet.
    Sources: https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html,
    https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
    """
    if isinstance(item, dict) and item.get("prefix_list") is not None and item.get("destination") is None:
        lists = view.linked(table, "uses_prefix_list", "routes", position)
        entries = lists[0].get("entries") if len(lists) == 1 else None
        ranges = [e.get("cidr") if isinstance(e, dict) else e for e in entries] if isinstance(entries, list) else []
        if ranges and all(isinstance(one, str) and parse(one) for one in ranges):
            for one in ranges:
                found = _route(view, table, vpc, position, {**item, "destination": one})
                # A static route for the same range goes before the list's.
                yield found._replace(rank=1)
            return
        targets = view.linked(table, "routes_to", "routes", position)
        if any(t.kind == "aws_vpc_endpoint" and t.get("type") == "Gateway" for t in targets):
            return
    yield _route(view, table, vpc, position, item)


def _route(view: View, table: Resource, vpc: Resource | None, position: int, item: object) -> _Route:
    if isinstance(item, Unknown) or not isinstance(item, dict):
        doubt = f"a route of {name(table)} ({item})"
        return _Route(0, None, 0, depends(doubt), doubt)
    verdict = _leads_out(view, table, vpc, position, item)
    destination = item.get("destination")
    if isinstance(destination, str) and (parsed := parse(destination)):
        return _Route(parsed[0], parsed[1], parsed[2], verdict, rank=2 if item.get("propagated") is True else 0)
    which = destination if destination is not None else f"prefix list {item.get('prefix_list')}"
    doubt = f"the destination of a route of {name(table)} ({which})"
    return _Route(0, None, 0, verdict, doubt)


def _leads_out(view: View, table: Resource, vpc: Resource | None, position: int, item: dict[str, object]) -> Verdict:
    """Is the target of a route an internet gateway that is attached to the VPC of the table?"""
    where = ("routes", position)
    targets = view.linked(table, "routes_to", *where)
    destination = item.get("destination")
    if not targets:
        if item.get("target") is None:
            return NO
        lost = view.missing(table, *where) or [str(item["target"])]
        proof = view.evidence(
            f"route table {name(table)} sends {destination} to a target that is not known", table, *where
        )
        return depends(f"the target of a route of {name(table)} ({lost[0]})", because=(proof,))
    gateway = targets[0]
    if _passes_on(gateway, view):
        proof = view.evidence(
            f"route table {name(table)} sends {destination} to {name(gateway)}", table, *where, "target"
        )
        return depends(f"what {name(gateway)} lets in", because=(proof,))
    if gateway.kind != "aws_internet_gateway":
        return NO
    proof = view.evidence(
        f"route table {name(table)} sends {destination} to internet gateway {name(gateway)}", table, *where, "target"
    )
    attached = view.estate.targets(gateway.urn, "attached_to", "aws_vpc")
    if any(vpc is not None and vpc.urn == a.urn for a in attached):
        return present(gateway, yes(proof))
    lost = view.missing(gateway, "vpc")
    if lost or (attached and vpc is None):
        return depends(f"the VPC of {name(gateway)} ({lost[0] if lost else 'not in the data'})", because=(proof,))
    return NO


def _passes_on(target: Resource, view: View) -> bool:
    """May it hand packets on: a firewall, an endpoint of appliances, a machine whose check is off?

    Source: https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html
    """
    if target.kind == "aws_vpc_endpoint":
        return target.get("type") not in ("Gateway", "Interface")
    if target.kind not in ("aws_network_interface", "aws_instance"):
        return target.kind == "aws_networkfirewall_firewall"
    own = view.estate.targets(target.urn, "uses_interface", "aws_network_interface")
    users = view.estate.holders(target.urn, "uses_interface", "aws_instance")
    said = next((c for r in (*own, target, *users) if (c := r.get("source_dest_check")) is not None), True)
    return isinstance(said, Unknown) or said is False


def _local(vpc: Resource | None) -> list[_Route]:
    """The local routes: what lies in the VPC's own ranges is not sent out. Unknown ranges are passed over."""
    ranges = [vpc.get("cidrs"), vpc.get("ipv6_cidrs")] if vpc is not None else []
    texts = [text for listed in ranges if isinstance(listed, list) for text in listed]
    parsed = [parse(text) for text in texts if isinstance(text, str)]
    return [_Route(found[0], found[1], found[2], NO) for found in parsed if found]


def _longest_prefix(routes: list[_Route], version: int) -> list[Piece]:
    """The verdict of every address: its longest known prefix decides, unless an unknown destination may be longer."""
    known = [r for r in routes if r.version == version and r.addresses is not None]
    blind = [r for r in routes if r.addresses is None and r.version in (0, version)]
    decided: list[tuple[Addresses, list[Verdict]]] = []
    taken: Addresses = ()
    for length in sorted({r.length for r in known}, reverse=True):
        fresh: dict[Addresses, list[_Route]] = {}
        for route in known:
            if route.length == length and route.addresses is not None:
                fresh.setdefault(route.addresses, []).append(route)
        for addresses, rivals in fresh.items():
            if rest := subtract(addresses, taken):
                least = min(route.rank for route in rivals)
                decided.append((rest, [route.verdict for route in rivals if route.rank == least]))
        for addresses in fresh:
            taken = union(taken, addresses)
    decided.append((subtract(WHOLE[version], taken), [NO]))
    pieces = []
    for addresses, verdicts in decided:
        verdict = _one_of([*verdicts, *(r.verdict for r in blind)], tuple(r.doubt for r in blind))
        if addresses and verdict.possible:
            pieces.append(Piece(addresses, verdict))
    return pieces


def _one_of(verdicts: list[Verdict], doubts: tuple[str, ...]) -> Verdict:
    """One of these holds and it is not known which: all agree, or it depends."""
    if len(verdicts) == 1:
        return verdicts[0]
    answers = {v.answer for v in verdicts}
    if answers == {"no"}:
        return NO
    because = tuple(dict.fromkeys(e for v in verdicts for e in v.because))
    if answers == {"yes"}:
        return Verdict("yes", because)
    doubts += tuple(d for v in verdicts for d in v.depends_on)
    return depends(*(doubts or ("which of several routes is taken",)), because=because)
