"""Route tables of VPCs: which one serves a subnet, and what it does with an address.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html,
https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html,
https://docs.aws.amazon.com/vpc/latest/userguide/replace-local-route-target.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from nephograph.engines.reachability.addresses import BITS, Prefix, prefix
from nephograph.engines.reachability.reading import Reading, doubtful, name
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

LOCAL, NOWHERE, UNKNOWN = "local", "nowhere", "unknown"
_INSIDE = frozenset(
    ("aws_instance", "aws_nat_gateway", "aws_network_interface", "aws_networkfirewall_firewall", "aws_vpc_endpoint")
)
"""Targets that the route for exactly a range of the VPC may have."""


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
        self._chosen: dict[tuple[str, str, int, int], Choice] = {}

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
            if lost and (not vpc or not own or own == vpc):
                found.append(Table(table.urn))
                why = why or f"whether {name(table)} is the route table of {name(subnet)} ({lost[0]})"
        held = estate.holders(vpc, "in_network", "aws_route_table") if vpc else []
        main = next((table for table in held if table.get("main") is True), None)
        resource = estate.resources.get(vpc)
        if main is not None:
            found.append(Table(main.urn))
        elif subnet.get("default") is True or (resource is not None and resource.get("default") is True):
            found.append(Table("", "default"))
        elif resource is not None and isinstance(said := resource.get("default"), Unknown):
            found += [Table("", "default"), Table("", "main")]
            why = why or f"whether {name(resource)} is a default VPC ({said})"
        else:
            found.append(Table("", "main" if vpc else UNKNOWN))
        return tuple(dict.fromkeys(found)), why

    def of_gateway(self, gateway: Resource) -> Resource | None:
        """The gateway route table of an internet or VPN gateway."""
        found = self.reading.estate.holders(gateway.urn, "routes_for", "aws_route_table")
        return found[0] if found else None

    def choose(self, table: Table, vpc: str, version: int, value: int) -> Choice:
        """Longest prefix; of equal ones static before prefix list before propagated. What is propagated in a range of
        the VPC loses against its local route (vpn/latest/s2svpn/VPNRoutingTypes.html).
        """
        key = (table.urn or table.word, vpc, version, value)
        found = self._chosen.get(key)
        if found is None:
            found = self._chosen[key] = self._choose(table, vpc, version, value)
        return found

    def _choose(self, table: Table, vpc: str, version: int, value: int) -> Choice:
        if not table.urn:
            if any(low <= value <= high for low, high in self.reading.ranges(vpc, version)):
                return Choice((Target(LOCAL),))
            if table.word == UNKNOWN:
                return Choice((Target(UNKNOWN, "a route table whose VPC is not in the data"),))
            if table.word == "default" and version == 4:
                return Choice((Target(f"igw {vpc}"),))
            return Choice(())
        routes, blind = self.compiled(table.urn, vpc, version)
        winner: list[Target] = []
        why = blind[0].why if blind else ""
        for route in routes:
            if route.prefix.holds(value):
                winner.append(route.target)
                # Of prefix lists that hold the same range AWS takes one at random, and stays with it.
                rivals = [r.target for r in routes if r.prefix == route.prefix and r.rank == route.rank == 1]
                if len(set(rivals)) > 1:
                    winner += rivals
                    why = f"which of its prefix lists {name(self.reading.estate.resources[table.urn])} follows"
                if not route.doubt:
                    break
                why = route.doubt
                winner.append(Target(NOWHERE))
                break
        # No route is one of the things that may turn out, too.
        targets = tuple(dict.fromkeys([*(winner or ([Target(NOWHERE)] if blind else [])), *blind]))
        return Choice(targets, why)

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
            known = [prefix(e.get("cidr")) for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []
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
        propagated = bool(item.get("propagated"))
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
        if isinstance(items, list) and any(isinstance(i, dict) and i.get("propagated") for i in items):
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
