"""Transit gateways: the table of an attachment, and the attachment a table leads an address to.

Sources: https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html,
https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html
"""

from __future__ import annotations

from typing import NamedTuple

from nephograph.engines.reachability.addresses import BITS, Prefix, prefix
from nephograph.engines.reachability.reading import Reading, doubtful, flag, name
from nephograph.engines.reachability.tables import WIDEST, static_routes
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

KINDS = (
    "aws_ec2_transit_gateway_attachment",
    "aws_vpn_connection",
    "aws_dx_gateway_association",
    "aws_networkfirewall_firewall",
)
"""What may stand for an attachment: code names the VPN connection or the association in its place."""

DEAD = frozenset(
    ("deleted", "deleting", "failed", "failing", "rejected", "rejecting", "pendingAcceptance", "initiatingRequest")
)


class Hop(NamedTuple):
    """Where a table leads: an attachment's urn, "" for a blackhole or no route; `why` when that is not known.

    `doubt` says why it is open whether a route that leads there holds the address.
    """

    attachment: str
    why: str = ""
    doubt: str = ""


class _Route(NamedTuple):
    """No `prefix`: it may be for any address, or, with a `vpc`, is for what lies in that one and in no known range."""

    prefix: Prefix | None
    rank: int
    hop: Hop
    doubt: str = ""
    vpc: str = ""


_TOLD_BY = ("vpc", "direct-connect-gateway", "connect", "vpn", "peering")
"""Whose propagated routes go before whose (how-transit-gateways-work.html, route evaluation order)."""
_FLAGS = ("propagated", "blackhole")
NO_TABLE = "none"
DEFAULT = "default"


class Transit:
    """The transit gateways of an estate."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._routes: dict[tuple[str, str, int], list[_Route]] = {}
        self._tables: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {}

    def tables(self, gateway: Resource, attachment: Resource) -> tuple[tuple[str, ...], str]:
        """(the tables the attachment may be associated with, why it is open which)."""
        key = (gateway.urn, attachment.urn)
        if key not in self._tables:
            self._tables[key] = self._associated(gateway, attachment)
        return self._tables[key]

    def _associated(self, gateway: Resource, attachment: Resource) -> tuple[tuple[str, ...], str]:
        reading = self.reading
        estate = reading.estate
        found: list[str] = []
        why = ""
        for spelled in self.spellings(attachment):
            for table in estate.holders(spelled.urn, "routes_for", "aws_ec2_transit_gateway_route_table"):
                own = estate.targets(table.urn, "attached_to", "aws_ec2_transit_gateway")
                if own and gateway not in own:
                    continue
                found.append(table.urn)
                if table.existence is None:
                    return tuple(found), why
                why = why or doubtful(table)
        for table in estate.of_kind("aws_ec2_transit_gateway_route_table"):
            said = table.get("associations")
            lost = reading.lost(table, "associations") + ([str(said)] if isinstance(said, Unknown) else [])
            if lost:
                found.append(table.urn)
                why = why or f"whether {name(attachment)} is associated with {name(table)} ({lost[0]})"
        joins, wants = flag(gateway.get("default_association"), True), flag(attachment.get("default_association"), True)
        if joins is None or wants is None:
            why = why or f"the association of {name(attachment)}"
            found.append(NO_TABLE)
        elif not joins or not wants:
            return (*found, NO_TABLE), why
        # Of what is real every association is said: an attachment that no table names has none.
        default = reading.linked(gateway, "associates_by_default", "association_table")
        if default:
            found.append(default[0].urn if default[0].said in ("code", "plan") else NO_TABLE)
        else:
            found.append(DEFAULT if gateway.said in ("code", "plan") else NO_TABLE)
        return tuple(dict.fromkeys(found)), why

    def spellings(self, attachment: Resource) -> list[Resource]:
        """The attachment and what code may name in its place."""
        found = [attachment]
        if attachment.kind == KINDS[0]:
            found += self.reading.linked(attachment, "attaches")
        else:
            said = attachment.get("transit_gateway_attachment")
            found += [a for a in self.reading.estate.of_kind(KINDS[0]) if said and a.get("id") == said]
        return [r for r in found if r.kind in KINDS]

    def choose(self, gateway: Resource, table: str, version: int, value: int, home: str) -> list[Hop]:
        """Longest prefix; of equal ones as `_rank` orders them. More than one when it is open which.

        `home` is the VPC of whoever has the address, "" when it is not known.
        """
        key = (gateway.urn, table, version)
        if key not in self._routes:
            self._routes[key] = sorted(
                self._compile(gateway, table, version),
                key=lambda r: (-r.prefix.length if r.prefix else -BITS[version] - 1, r.rank),
            )
        found: list[Hop] = []
        own: Hop | None = None
        for route in self._routes[key]:
            hop = route.hop._replace(doubt=route.doubt)
            if route.vpc:
                inside = self.reading.may_hold(route.vpc, home, version, value)
                if inside and not route.doubt:
                    own = hop
                elif inside is not False:
                    found.append(hop)
            elif route.prefix is None:
                found.append(hop)
            elif route.prefix.holds(value):
                if own is not None and route.prefix.length < WIDEST:
                    break
                found.append(hop)
                if not route.doubt:
                    found += self._rivals(route, self._routes[key])
                    break
        else:
            found += [] if own is not None else [Hop("")]
        found += [own] if own is not None else []
        return found if len({(hop.attachment, hop.why) for hop in found}) > 1 else found[:1]

    def _rivals(self, route: _Route, every: list[_Route]) -> list[Hop]:
        """Of VPCs of one range only the one attached first tells its routes; of prefix lists any may be followed."""
        if route.rank not in (1, 2):
            return []
        alike = [r.hop for r in every if r.prefix == route.prefix and r.rank == route.rank]
        return [hop._replace(doubt="which of the attachments told its routes first") for hop in alike]

    def _rank(self, propagated: bool, listed: bool, attachment: str) -> int:
        """Static, by prefix list, propagated: by a VPC, Direct Connect, Connect, a VPN, another gateway."""
        if not propagated:
            return int(listed)
        resource = self.reading.estate.resources.get(attachment)
        kind = kind_of(resource) if resource is not None else ""
        return 2 + (_TOLD_BY.index(kind) if kind in _TOLD_BY else len(_TOLD_BY))

    def _compile(self, gateway: Resource, urn: str, version: int) -> list[_Route]:
        reading = self.reading
        if urn == DEFAULT:
            return self._spread(gateway, version)
        table = reading.estate.resources[urn]
        items = table.get("routes")
        found = []
        if isinstance(items, Unknown):
            return [_Route(None, 0, Hop("", f"the routes of {name(table)} ({items})"))]
        for at, item in enumerate(items or ()):
            if not isinstance(item, dict):
                found.append(_Route(None, 0, Hop("", f"a route of {name(table)} ({item})")))
                continue
            linked = reading.linked(table, "routes_to", "routes", at)
            lost = reading.lost(table, "routes", at)
            black = item.get("blackhole") is True or (not linked and item.get("attachment") is None and not lost)
            doubt = f"the attachment of a route of {name(table)} ({lost[0]})" if lost else ""
            if not linked and not black and not doubt:
                doubt = f"the attachment of the route of {name(table)} for {item.get('destination')}"
            hop = Hop("" if black or not linked else linked[0].urn, "" if linked or black else doubt)
            found += self._destinations(table, at, item, version, hop)
        if table.said in ("code", "plan"):
            learned = reading.linked(table, "learns_routes_from")
            for attachment in learned:
                found += self._told(attachment, version)
            lost = reading.lost(table, "propagations")
            for attachment in self.attachments(gateway) if lost else ():
                if attachment not in learned:
                    why = f"whether {name(attachment)} tells {name(table)} its routes ({lost[0]})"
                    found += self._told(attachment, version, why)
            if table in reading.linked(gateway, "propagates_by_default", "propagation_table"):
                found += self._spread(gateway, version)
        return found

    def _spread(self, gateway: Resource, version: int) -> list[_Route]:
        """What attachments tell the default table of their own accord."""
        found: list[_Route] = []
        whole = flag(gateway.get("default_propagation"), True)
        for attachment in self.attachments(gateway):
            spreads = flag(attachment.get("default_propagation"), True)
            if whole is not False and spreads is not False:
                unsure = whole is None or spreads is None
                why = f"the propagation of {name(attachment)}" if unsure else ""
                found += self._told(attachment, version, why)
        return found

    def _destinations(self, table: Resource, at: int, item: dict[str, object], version: int, hop: Hop) -> list[_Route]:
        parsed = prefix(item.get("destination"))
        rank = self._rank(flag(item.get("propagated"), False) is True, parsed is None, hop.attachment)
        unsure = [f"whether a route of {name(table)} is {w}" for w in _FLAGS if isinstance(item.get(w), Unknown)]
        doubt = unsure[0] if unsure else ""
        if parsed is not None:
            return [_Route(parsed, rank, hop, doubt)] if parsed.version == version else []
        lists = self.reading.linked(table, "uses_prefix_list", "routes", at)
        entries = lists[0].get("entries") if lists else None
        if isinstance(entries, list):
            known = [prefix(e.get("cidr")) if isinstance(e, dict) else None for e in entries]
            told = [_Route(p, rank, hop, doubt) for p in known if p and p.version == version]
            if all(known):
                return told
            why = f"an entry of the prefix list of a route of {name(table)}"
            return [*told, _Route(None, rank, hop if hop.attachment else Hop("", hop.why or why), why)]
        said = item.get("destination")
        why = f"whether the route of {name(table)} for {said if said is not None else item.get('prefix_list')} applies"
        return [_Route(None, rank, hop if hop.attachment else Hop("", hop.why or why), why)]

    def attachments(self, gateway: Resource) -> list[Resource]:
        """Everything that is attached to a gateway, each once."""
        estate = self.reading.estate
        found = [r for kind in KINDS for r in estate.holders(gateway.urn, "attached_to", kind)]
        found += estate.holders(gateway.urn, "attaches", "aws_dx_gateway_association")
        return list({r.urn: r for r in found}.values())

    def _told(self, attachment: Resource, version: int, doubt: str = "") -> list[_Route]:
        """What an attachment tells a table (`doubt`: why it is open whether it does): the ranges of its VPC, the static
        routes of its VPN."""
        reading = self.reading
        hop = Hop(attachment.urn)
        rank = self._rank(True, False, attachment.urn)
        found: list[Prefix] = []
        vague: list[_Route] = []
        if kind_of(attachment) == "vpc" and (lost := reading.lost(attachment, "resource")):
            why = f"whether the VPC of attachment {name(attachment)} holds the address ({lost[0]})"
            vague.append(_Route(None, rank, hop, doubt or why))
        for end in [attachment, *reading.linked(attachment, "attaches")]:
            if end.kind == "aws_vpc":
                found += [Prefix(version, *interval) for interval in reading.ranges(end.urn, version)]
                if reading.lost_ranges(end.urn, version):
                    vague.append(_Route(None, rank, hop, doubt, end.urn))
            elif end.kind == "aws_vpn_connection":
                found += static_routes(end, version)
        return [*vague, *(_Route(p, rank, hop, doubt) for p in found)]

    def prefixes(self) -> list[Prefix]:
        """Every prefix a table may decide by."""
        found: list[Prefix] = []
        for gateway in self.reading.estate.of_kind("aws_ec2_transit_gateway"):
            tables = [t.urn for t in self.reading.estate.of_kind("aws_ec2_transit_gateway_route_table")]
            for table in (*tables, DEFAULT):
                for version in BITS:
                    found += [r.prefix for r in self._compile(gateway, table, version) if r.prefix is not None]
        return found


def kind_of(attachment: Resource) -> str:
    """What an attachment joins to the gateway."""
    said = attachment.get("type")
    kinds = {"aws_vpn_connection": "vpn", "aws_dx_gateway_association": "direct-connect-gateway"}
    return kinds.get(attachment.kind, said if isinstance(said, str) else "vpc")


def dead(resource: Resource) -> bool:
    """Is an attachment, or the VPN connection it joins, known to carry nothing?"""
    state = resource.get("state")
    if resource.kind != "aws_vpn_connection":
        return state in DEAD
    tunnels = resource.get("tunnels")
    down = isinstance(tunnels, list) and bool(tunnels) and all(str(t).upper() == "DOWN" for t in tunnels)
    return state in ("deleted", "deleting", "pending") or down
