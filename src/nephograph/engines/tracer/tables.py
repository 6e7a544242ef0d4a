"""Route tables, for one packet: which one serves a subnet or a gateway, and the route that wins.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html,
https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
"""

from __future__ import annotations

from typing import Any, NamedTuple

from nephograph.engines.tracer.addresses import public
from nephograph.engines.tracer.axes import Course, Symbol
from nephograph.engines.tracer.ground import Ground, known_or, name, present, truth
from nephograph.engines.tracer.hop import Because
from nephograph.engines.tracer.lost import OF_VPC, Seen, losers
from nephograph.engines.tracer.packet import WHOLE, address, network
from nephograph.engines.tracer.places import interface_of
from nephograph.model.resource import Resource
from nephograph.model.span import Span
from nephograph.model.value import Unknown


class Route(NamedTuple):
    """The route that wins. `target` "local" stays in the VPC, a resource is a gateway, None leads nowhere known.

    `doubt` names the target when it is not in the data. `at` is the position in the table, -1 for implicit routes.
    """

    destination: str
    target: Resource | str | None
    doubt: str = ""
    blackhole: bool = False
    propagated: bool = False
    at: int = -1
    location: Span | None = None


class _Candidate(NamedTuple):
    length: int
    rank: int
    route: Route
    low: int
    high: int


def table_of(course: Course, ground: Ground, subnet: Resource) -> tuple[Resource | None, str]:
    """(the route table of a subnet, a word for an implicit one).

    Explicit association first, then the main table of the VPC. The main table AWS makes routes only inside the VPC; in
    a default VPC it leads to the internet, too.
    """
    explicit = [t for t in ground.estate.holders(subnet.urn, "routes_for", "aws_route_table") if present(course, t)]
    for table in explicit[1:]:
        if course.perhaps(f"which route table {name(subnet)} uses"):
            break
        return table, ""
    if explicit:
        return explicit[0], ""
    vpc = ground.vpc(subnet)
    for table in ground.estate.of_kind("aws_route_table"):
        lost = ground.missing(table, "subnets")
        lost += [str(said) for said in (table.get("subnets"), table.get("main")) if isinstance(said, Unknown)]
        own = ground.vpc(table)
        lost += ground.missing(table, "vpc") if table.get("main") is True and own is None else []
        if lost and (vpc is None or own is None or own is vpc):
            if course.perhaps(f"whether {name(table)} is the route table of {name(subnet)} ({lost[0]})"):
                continue
            return table, ""
    tables = ground.estate.holders(vpc.urn, "in_network", "aws_route_table") if vpc is not None else []
    main = next((table for table in tables if table.get("main") is True and present(course, table)), None)
    if main is not None:
        return main, ""
    if subnet.said == "dump" and ("ec2:DescribeRouteTables", subnet.scope.account) not in ground.estate.answered:
        return None, "unseen"
    if subnet.get("default") is True or (vpc is not None and is_default(course, vpc)):
        return None, "default"
    if vpc is None:
        return None, "unknown"
    return None, "main"


def is_default(course: Course, vpc: Resource) -> bool:
    """Is it a default VPC, which AWS gives an internet gateway and a route to it?"""
    return truth(course, vpc.get("default"), f"whether {name(vpc)} is a default VPC", False)


def edge_table(course: Course, ground: Ground, gateway: Resource) -> Resource | None:
    """The gateway route table of an internet or virtual private gateway."""
    found = ground.estate.holders(gateway.urn, "routes_for", "aws_route_table")
    known = next((table for table in found if present(course, table)), None)
    if known is not None:
        return known
    vpc = ground.attached_vpc(gateway)
    for table in ground.estate.of_kind("aws_route_table"):
        lost = ground.missing(table, "gateways") if ground.vpc(table) in (None, vpc) else []
        if lost and not course.perhaps(f"whether {name(table)} is no table of {name(gateway)} ({lost[0]})"):
            return table
    return None


def choose(
    course: Course, ground: Ground, table: Resource, vpc: Resource | None, version: int, target: Symbol
) -> tuple[Route | None, tuple[Because, ...]]:
    """(the route that wins for an address, why the others were not taken).

    Longest prefix; of equal ones static before prefix list before propagated. Propagated routes inside a range of the
    VPC lose against its local route (vpn/latest/s2svpn/VPNRoutingTypes.html).
    """
    found: list[_Candidate] = []
    blind: list[Route] = []
    items = table.get("routes")
    if isinstance(items, Unknown):
        blind.append(Route("", None, f"the routes of {name(table)} ({items})"))
        items = []
    for at, item in enumerate(items or ()):
        _read(course, ground, table, version, target, at, item, found, blind)
    if vpc is not None:
        own = ground.ranges(vpc, version)
        found = [c for c in found if (c.low, c.high) not in own or _may_replace_local(c.route)]
        for low, high in own:
            # The written route for exactly the local range replaces its target.
            if not any((c.low, c.high) == (low, high) for c in found):
                length = _length(version, low, high)
                found.append(_Candidate(length, 0, Route(_shown(version, low, length), "local"), low, high))
        _own_range(ground, vpc, version, target, found, blind)
    found += _learned(course, ground, table, version)
    whole = ground.ranges(vpc, version) if vpc is not None else []
    found = [c for c in found if not c.route.propagated or not any(a <= c.low and c.high <= b for a, b in whole)]
    for route in blind:
        if not course.perhaps(route.doubt, target):
            return route, ()
    winner: _Candidate | None = None
    ordered = sorted(found, key=lambda c: (-c.length, c.rank))
    for at, candidate in enumerate(ordered):
        inside = course.within(target, candidate.low, candidate.high)
        if inside and _chosen(course, table, candidate, ordered[at + 1 :]):
            winner = candidate
            break
    seen = {id(c): _seen(version, c) for c in found}
    others = losers(OF_VPC, table.urn, list(seen.values()), seen[id(winner)] if winner else None, target.value)
    return winner.route if winner else None, others


def _chosen(course: Course, table: Resource, candidate: _Candidate, later: list[_Candidate]) -> bool:
    """Of prefix lists that hold the same range AWS takes one at random, and stays with it."""
    same = (candidate.length, 1, candidate.low)
    if candidate.rank != 1:
        return True
    target = candidate.route.target
    rivals = [c.route.destination for c in later if same == (c.length, c.rank, c.low) and c.route.target is not target]
    names = ", ".join(dict.fromkeys([candidate.route.destination, *rivals]))
    return not rivals or course.perhaps(f"which of the prefix lists {names} in {name(table)} AWS follows")


def _own_range(
    ground: Ground, vpc: Resource, version: int, target: Symbol, found: list[_Candidate], blind: list[Route]
) -> None:
    """A VPC whose ranges are not all known: they hold what is known to be in it, and perhaps a bare private address."""
    from nephograph.engines.tracer import nat64

    why = ground.lost_ranges(vpc, version)
    owner = interface_of(ground, target.owner)
    if not why or any(low <= target.value <= high for low, high in ground.ranges(vpc, version)):
        return
    asked_in_public = target.axis.startswith("public ") or (version == 4 and public(4, target.value))
    inside = owner is not None and owner.vpc is vpc and not asked_in_public
    # (No VPC has the addresses that stand for IPv4 ones, RFC 6052.)
    maybe = owner is None and not public(version, target.value) and not nat64.inside(target.value, target.value)
    local = Route(f"the ranges of {name(vpc)}", "local", f"the ranges of {name(vpc)} ({why})")
    if inside and not any(c.length >= WIDEST and c.low <= target.value <= c.high for c in found):
        length = _length(version, target.value, target.value)
        # (Wherever in the VPC it has its address: one case, not one for each address.)
        low, high = WHOLE[version] if target.axis else (target.value, target.value)
        found.append(_Candidate(length, 0, local._replace(doubt=""), low, high))
    elif inside or maybe:
        blind.append(local)


def _seen(version: int, candidate: _Candidate) -> Seen:
    route = candidate.route
    to = name(route.target) if isinstance(route.target, Resource) else route.target or "nowhere"
    shown = route.destination if network(route.destination) else _shown(version, candidate.low, candidate.length)
    return Seen(shown, to, candidate.low, candidate.high, route.location)


def _read(
    course: Course,
    ground: Ground,
    table: Resource,
    version: int,
    target: Symbol,
    at: int,
    item: Any,
    found: list[_Candidate],
    blind: list[Route],
) -> None:
    if isinstance(item, Unknown) or not isinstance(item, dict):
        blind.append(Route("", None, f"a route of {name(table)} ({item})", at=at))
        return
    place = ground.where(table, "routes", at)
    hop, doubt = _target(ground, table, at, item)
    black = truth(course, item.get("blackhole"), f"whether a route of {name(table)} is a blackhole", False)
    route = Route(
        str(known_or(item.get("destination"), item.get("prefix_list"))),
        hop,
        doubt,
        black,
        item.get("propagated") is True,
        at,
        place,
    )
    destination = item.get("destination")
    if isinstance(destination, str) and (parsed := network(destination)):
        if parsed[0] == version:
            rank = 2 if route.propagated else 0
            found.append(_Candidate(_length(version, parsed[1], parsed[2]), rank, route, parsed[1], parsed[2]))
        return
    if item.get("prefix_list") is not None and destination is None:
        lists = ground.linked(table, "uses_prefix_list", "routes", at)
        entries = lists[0].get("entries") if lists else None
        known = [network(e.get("cidr")) for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []
        if known and all(known):
            found.extend(
                _Candidate(_length(version, e[1], e[2]), 1, route, e[1], e[2]) for e in known if e and e[0] == version
            )
            return
        if _of_service(hop):
            # The list of a gateway endpoint: the addresses of its service and no others.
            return
    blind.append(
        route._replace(
            doubt=f"a route of {name(table)} ({destination if destination is not None else item.get('prefix_list')})"
        )
    )


WIDEST = 16
"""No range of a VPC is wider (vpc/latest/userguide/vpc-cidr-blocks.html)."""
_LOCAL_TARGETS = (
    "aws_instance",
    "aws_nat_gateway",
    "aws_network_interface",
    "aws_networkfirewall_firewall",
    "aws_vpc_endpoint",
)


def _may_replace_local(route: Route) -> bool:
    """The route for exactly a range of the VPC may lead to a middlebox, never outside.

    https://docs.aws.amazon.com/vpc/latest/userguide/replace-local-route-target.html
    """
    return not isinstance(route.target, Resource) or route.target.kind in _LOCAL_TARGETS


def _of_service(hop: Resource | str | None) -> bool:
    return isinstance(hop, Resource) and hop.kind == "aws_vpc_endpoint" and hop.get("type") == "Gateway"


def _target(ground: Ground, table: Resource, at: int, item: dict[str, Any]) -> tuple[Resource | str | None, str]:
    targets = ground.linked(table, "routes_to", "routes", at)
    if targets:
        return targets[0], ""
    said = item.get("target")
    if said == "local":
        return "local", ""
    if said is None:
        return None, "" if item.get("blackhole") is True else f"the target of a route of {name(table)}"
    lost = ground.missing(table, "routes", at) or [str(said)]
    return None, f"the target of the route of {name(table)} for {item.get('destination')} ({lost[0]})"


def _learned(course: Course, ground: Ground, table: Resource, version: int) -> list[_Candidate]:
    """Routes a table learns from the virtual private gateway that propagates to it: the static routes of its VPNs."""
    items = table.get("routes")
    if isinstance(items, list) and any(isinstance(i, dict) and i.get("propagated") is True for i in items):
        return []
    found = []
    for gateway in ground.linked(table, "learns_routes_from", "propagating_gateways"):
        for vpn in ground.estate.holders(gateway.urn, "attached_to", "aws_vpn_connection"):
            for route in known_or(vpn.get("routes"), ()):
                parsed = network(route.get("destination")) if isinstance(route, dict) else None
                if parsed and parsed[0] == version:
                    length = _length(version, parsed[1], parsed[2])
                    place = ground.where(vpn, "routes")
                    learned = Route(_shown(version, parsed[1], length), gateway, propagated=True, location=place)
                    found.append(_Candidate(length, 2, learned, parsed[1], parsed[2]))
    return found


def _length(version: int, low: int, high: int) -> int:
    return (32 if version == 4 else 128) - (high - low + 1).bit_length() + 1


def _shown(version: int, low: int, length: int) -> str:
    return f"{address(version, low)}/{length}"
