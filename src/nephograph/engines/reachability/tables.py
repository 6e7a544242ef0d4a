"""Route tables of VPCs: which one serves a subnet, and what it does with an address.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html,
https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html,
https://docs.aws.amazon.com/vpc/latest/userguide/replace-local-route-target.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from nephograph.engines.reachability.addresses import BITS, Prefix, prefix
from nephograph.engines.reachability.reading import Reading, doubtful, flag, name
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

LOCAL, NOWHERE, UNKNOWN = "local", "nowhere", "unknown"
_INSIDE = frozenset(
    ("aws_instance", "aws_nat_gateway", "aws_network_interface", "aws_networkfirewall_firewall", "aws_vpc_endpoint")
)
"""Targets that the route for exactly a range of the VPC may have."""
WIDEST = 16
"""No range of a VPC is wider (vpc/latest/userguide/vpc-cidr-blocks.html)."""


class Target(NamedTuple):
    """Where a route leads: `local`, `nowhere` (a blackhole), `unknown` (`why`), or the urn of a gateway."""

    to: str
    why: str = ""
    propagated: bool = False


class Table(NamedTuple):
    """The table of a subnet: an urn, or a word for one nobody wrote: `main`, `default`, `unknown`."""

    urn: str = ""
    word: str = ""


class Choice(NamedTuple):
    """What a table may do with an address; more than one target when it is open which (`why`)."""

    targets: tuple[Target, ...]
    why: str = ""


class _Route(NamedTuple):
    prefix: Prefix
    rank: int
    target: Target
    doubt: str


class Tables:
    """All route tables, compiled when they are first asked."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._compiled: dict[tuple[str, str, int], tuple[list[_Route], list[Target]]] = {}
        self._chosen: dict[tuple[str, str, int, int, bool | None], Choice] = {}

    def serving(self, subnet: Resource) -> tuple[tuple[Table, ...], str]:
        """(the tables that may serve a subnet, why it is open which).

        The explicit association, else the main table; the one AWS makes routes inside the VPC alone, that of a default
        VPC to the internet, too.
        """
        reading = self.reading
        estate = reading.estate
        found: list[Table] = []
        why = ""
        explicit = estate.holders(subnet.urn, "routes_for", "aws_route_table")
        for table in explicit:
            found.append(Table(table.urn))
            if table.existence is None and len(explicit) == 1:
                return tuple(found), why
            why = why or doubtful(table) or f"which route table {name(subnet)} uses"
        if any(t.existence is None for t in explicit):
            return tuple(found), why
        vpc = reading.vpc_of(subnet.urn)
        for table in estate.of_kind("aws_route_table"):
            lost = reading.lost(table, "subnets")
            lost += [str(said) for said in (table.get("subnets"), table.get("main")) if isinstance(said, Unknown)]
            own = reading.vpc_of(table.urn)
            lost += reading.lost(table, "vpc") if table.get("main") is True and not own else []
            if lost and (not vpc or not own or own == vpc):
                found.append(Table(table.urn))
                why = why or f"whether {name(table)} is the route table of {name(subnet)} ({lost[0]})"
        held = estate.holders(vpc, "in_network", "aws_route_table") if vpc else []
        main = next((table for table in held if table.get("main") is True), None)
        resource = estate.resources.get(vpc)
        if main is not None:
            found.append(Table(main.urn))
            if main.existence is None:
                return tuple(dict.fromkeys(found)), why
            why = why or doubtful(main)
        if subnet.get("default") is True or (resource is not None and resource.get("default") is True):
            found.append(Table("", "default"))
        elif resource is not None and isinstance(said := resource.get("default"), Unknown):
            found += [Table("", "default"), Table("", "main")]
            why = why or f"whether {name(resource)} is a default VPC ({said})"
        else:
            found.append(Table("", "main" if vpc else UNKNOWN))
        return tuple(dict.fromkeys(found)), why

    def of_gateway(self, gateway: Resource) -> tuple[tuple[Resource | None, ...], str]:
        """(the tables an internet gateway may have, None for none; why it is open which)."""
        reading = self.reading
        found: list[Resource | None] = []
        why = ""
        for table in reading.estate.holders(gateway.urn, "routes_for", "aws_route_table"):
            found.append(table)
            if table.existence is None:
                return tuple(found), why
            why = why or doubtful(table)
        vpc = reading.attached(gateway)
        for table in reading.estate.of_kind("aws_route_table"):
            lost = reading.lost(table, "gateways") if reading.vpc_of(table.urn) in ("", vpc) else []
            if lost:
                found.append(table)
                why = why or f"whether {name(table)} is the route table of {name(gateway)} ({lost[0]})"
        return (*found, None), why

    def choose(self, table: Table, vpc: str, version: int, value: int, home: str) -> Choice:
        """Longest prefix; of equal ones static before prefix list before propagated. Propagated routes inside a range
        of the VPC lose against its local route (vpn/latest/s2svpn/VPNRoutingTypes.html).

        `home` is the VPC of whoever has the address ("" when it is not known): its ranges need not be known to hold it.
        """
        inside = self.reading.may_hold(vpc, home, version, value)
        key = (table.urn or table.word, vpc, version, value, inside)
        found = self._chosen.get(key)
        if found is None:
            found = self._chosen[key] = self._choose(table, vpc, version, value, inside)
        return found

    def _choose(self, table: Table, vpc: str, version: int, value: int, inside: bool | None) -> Choice:
        routes, blind = self.compiled(table.urn, vpc, version) if table.urn else ([], [])
        why = blind[0].why if blind else ""
        winner = next((route for route in routes if route.prefix.holds(value)), None)
        targets = list(self._implicit(table, vpc, version, value)) if not table.urn else []
        if winner is not None:
            targets = [winner.target]
            # Of prefix lists that hold the same range AWS takes one at random, and stays with it.
            rivals = [r.target for r in routes if r.prefix == winner.prefix and r.rank == winner.rank == 1]
            if len(set(rivals)) > 1:
                targets = rivals
                why = f"which of its prefix lists {name(self.reading.estate.resources[table.urn])} follows"
            if winner.doubt:
                why = winner.doubt
                targets.append(Target(NOWHERE))
        if inside and (winner is None or winner.prefix.length < WIDEST):
            targets, why = [Target(LOCAL)], blind[0].why if blind else ""
        elif inside is not False:
            # A range of the VPC that is not known may hold the address, and be the most specific one that does.
            resource = self.reading.estate.resources.get(vpc)
            whose = name(resource) if resource is not None else "the VPC"
            why = why or f"the ranges of {whose} ({self.reading.lost_ranges(vpc, version)})"
            targets = [*(targets or [Target(NOWHERE)]), Target(LOCAL)]
        # No route is one of the things that may turn out, too.
        return Choice(tuple(dict.fromkeys([*(targets or ([Target(NOWHERE)] if blind else [])), *blind])), why)

    def _implicit(self, table: Table, vpc: str, version: int, value: int) -> tuple[Target, ...]:
        """The table AWS makes."""
        if any(low <= value <= high for low, high in self.reading.ranges(vpc, version)):
            return (Target(LOCAL),)
        if table.word == UNKNOWN:
            return (Target(UNKNOWN, "a route table whose VPC is not in the data"),)
        return (Target(f"igw {vpc}"),) if table.word == "default" and version == 4 else ()

    def written(self, table: Table, vpc: str, version: int) -> list[tuple[Prefix, Target]]:
        """The prefixes a table decides by, with their targets; what may match anything stands for every range."""
        if not table.urn:
            return []
        routes, blind = self.compiled(table.urn, vpc, version)
        whole = [Prefix(version, low, high) for low, high in self.reading.ranges(vpc, version)]
        return [(r.prefix, r.target) for r in routes] + [(p, t) for p in whole for t in blind]

    def compiled(self, urn: str, vpc: str, version: int) -> tuple[list[_Route], list[Target]]:
        """(routes in the order in which they win, targets of routes that may match anything)."""
        key = (urn, vpc, version)
        if key not in self._compiled:
            self._compiled[key] = self._compile(self.reading.estate.resources[urn], vpc, version)
        return self._compiled[key]

    def _compile(self, table: Resource, vpc: str, version: int) -> tuple[list[_Route], list[Target]]:
        found: list[_Route] = []
        blind: list[Target] = []
        items = table.get("routes")
        if isinstance(items, Unknown):
            blind.append(Target(UNKNOWN, f"the routes of {name(table)} ({items})"))
            items = []
        for at, item in enumerate(items or ()):
            if not isinstance(item, dict):
                blind.append(Target(UNKNOWN, f"a route of {name(table)} ({item})"))
                continue
            self._read(table, at, item, version, found, blind)
        own = [Prefix(version, *interval) for interval in self.reading.ranges(vpc, version)]
        found = [r for r in found if r.prefix not in own or self._stays_inside(r.target)]
        written = {r.prefix for r in found}
        found += [_Route(p, 0, Target(LOCAL), "") for p in own if p not in written]
        found += self._learned(table, version)
        found = [r for r in found if not r.target.propagated or not any(_covers(p, r.prefix) for p in own)]
        found.sort(key=lambda r: (-r.prefix.length, r.rank))
        return found, blind

    def _stays_inside(self, target: Target) -> bool:
        resource = self.reading.estate.resources.get(target.to)
        return resource is None or resource.kind in _INSIDE

    def _read(
        self, table: Resource, at: int, item: dict[str, Any], version: int, found: list[_Route], blind: list[Target]
    ) -> None:
        target = self._target(table, at, item)
        if isinstance(said := item.get("propagated"), Unknown):
            # Which of two routes for one range wins is not known then.
            blind.append(target._replace(why=f"whether a route of {name(table)} is propagated ({said})"))
            return
        black = item.get("blackhole")
        doubt = f"whether a route of {name(table)} is a blackhole ({black})" if isinstance(black, Unknown) else ""
        if not doubt and black:
            target = Target(NOWHERE)
        destination, listed = item.get("destination"), item.get("prefix_list")
        parsed = prefix(destination)
        if parsed is not None:
            if parsed.version == version:
                found.append(_Route(parsed, 2 if target.propagated else 0, target, doubt))
            return
        if listed is not None and destination is None:
            lists = self.reading.linked(table, "uses_prefix_list", "routes", at)
            entries = lists[0].get("entries") if lists else None
            items = entries if isinstance(entries, list) else []
            known = [prefix(e.get("cidr")) if isinstance(e, dict) else None for e in items]
            if known and all(known):
                found += [_Route(p, 1, target, doubt) for p in known if p and p.version == version]
                return
            hop = self.reading.estate.resources.get(target.to)
            if hop is not None and hop.kind == "aws_vpc_endpoint" and hop.get("type") == "Gateway":
                return  # the addresses of its service and no others
        why = f"a route of {name(table)} ({destination if destination is not None else listed})"
        blind.append(target._replace(why=why))

    def _target(self, table: Resource, at: int, item: dict[str, Any]) -> Target:
        linked = self.reading.linked(table, "routes_to", "routes", at)
        propagated = flag(item.get("propagated"), False) is True
        if linked:
            return Target(linked[0].urn, "", propagated)
        said = item.get("target")
        if said == LOCAL:
            return Target(LOCAL, "", propagated)
        if said is None and item.get("blackhole") is True:
            return Target(NOWHERE, "", propagated)
        lost = self.reading.lost(table, "routes", at) or [str(said)]
        text = f"the target of the route of {name(table)} for {item.get('destination')} ({lost[0]})"
        return Target(UNKNOWN, f"the target of a route of {name(table)}" if said is None else text, propagated)

    def _learned(self, table: Resource, version: int) -> Iterator[_Route]:
        """The static routes of VPN connections, where a table learns from their gateway and does not list them."""
        items = table.get("routes")
        told = (
            [flag(i.get("propagated"), False) for i in items if isinstance(i, dict)] if isinstance(items, list) else []
        )
        if True in told:
            return
        for gateway in self.reading.linked(table, "learns_routes_from", "propagating_gateways"):
            for line in self.reading.estate.holders(gateway.urn, "attached_to", "aws_vpn_connection"):
                for p in static_routes(line, version):
                    yield _Route(p, 2, Target(gateway.urn, "", True), "")

    def prefixes(self) -> Iterator[Prefix]:
        """Every prefix a table may decide by."""
        for table in self.reading.estate.of_kind("aws_route_table"):
            for version in BITS:
                routes, _ = self.compiled(table.urn, self.reading.vpc_of(table.urn), version)
                yield from (r.prefix for r in routes)


def _covers(whole: Prefix, part: Prefix) -> bool:
    return whole.version == part.version and whole.low <= part.low and part.high <= whole.high


def static_routes(line: Resource, version: int) -> list[Prefix]:
    """The static routes of a VPN connection."""
    items = line.get("routes")
    parsed = [prefix(i.get("destination")) for i in items if isinstance(i, dict)] if isinstance(items, list) else []
    return [p for p in parsed if p and p.version == version]
