"""The route tables of transit gateways: associations, propagation, and which route wins.

Source: https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nephograph.engines.tracer.addresses import public
from nephograph.engines.tracer.ground import Ground, known_or, name, truth
from nephograph.engines.tracer.hop import Because
from nephograph.engines.tracer.lost import OF_TRANSIT, Seen, losers
from nephograph.engines.tracer.packet import address, network
from nephograph.engines.tracer.places import interface_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.span import Span
from nephograph.model.value import Unknown

ATTACHED = (
    "aws_ec2_transit_gateway_attachment",
    "aws_vpn_connection",
    "aws_dx_gateway_association",
    "aws_networkfirewall_firewall",
)


_GONE = ("deleted", "deleting", "pending", "rejected", "down", "disassociated", "disassociating", "associating")
"""States of connections to the premises in which they carry nothing."""


class Associated(NamedTuple):
    """The table of an attachment; `table` None is the default table AWS makes, which code does not show."""

    gateway: Resource
    table: Resource | None


class TransitRoute(NamedTuple):
    """A route of a transit gateway. `attachment` None with a `doubt`: not in the data."""

    destination: str
    attachment: Resource | None
    blackhole: bool = False
    propagated: bool = False
    at: int = -1
    location: Span | None = None
    doubt: str = ""


def type_of(attachment: Resource) -> str:
    """What an attachment joins to the gateway."""
    said = attachment.get("type")
    kinds = {"aws_vpn_connection": "vpn", "aws_dx_gateway_association": "direct-connect-gateway"}
    return kinds.get(attachment.kind, str(said) if isinstance(said, str) else "vpc")


def association(walker: Walker, gateway: Resource, attachment: Resource) -> Associated | None:
    """The table an attachment is associated with; None when there is none."""
    ground = walker.ground
    for spelled in _spellings(walker, attachment):
        for table in ground.estate.holders(spelled.urn, "routes_for", "aws_ec2_transit_gateway_route_table"):
            own = ground.estate.targets(table.urn, "attached_to", "aws_ec2_transit_gateway")
            if (not own or gateway in own) and walker.there(table):
                return Associated(gateway, table)
    for table in ground.estate.of_kind("aws_ec2_transit_gateway_route_table"):
        lost = ground.missing(table, "associations")
        said = table.get("associations")
        lost += [str(said)] if isinstance(said, Unknown) else []
        if lost and walker.course.perhaps(f"whether {name(attachment)} is associated with {name(table)} ({lost[0]})"):
            return Associated(gateway, table)
    joins = truth(
        walker.course, gateway.get("default_association"), f"the default association of {name(gateway)}", True
    )
    wants = truth(walker.course, attachment.get("default_association"), f"the association of {name(attachment)}", True)
    if not joins or not wants:
        return None
    default = ground.linked(gateway, "associates_by_default", "association_table")
    if default:
        # Of what is real every association is said: an attachment that no table names has none.
        return Associated(gateway, default[0]) if default[0].said in ("code", "plan") else None
    return Associated(gateway, None) if gateway.said in ("code", "plan") else None


def _spellings(walker: Walker, attachment: Resource) -> Iterator[Resource]:
    """The attachment, and the VPN connection or the gateway's association that code names in its place."""
    ground = walker.ground
    yield attachment
    if attachment.kind == "aws_ec2_transit_gateway_attachment":
        yield from (one for one in ground.linked(attachment, "attaches") if one.kind in ATTACHED)
        return
    said = attachment.get("transit_gateway_attachment")
    for one in ground.estate.of_kind("aws_ec2_transit_gateway_attachment"):
        own, joined = one.get("id"), ground.linked(one, "attaches")
        known = attachment in joined or (isinstance(said, str) and own == said)
        open_ = not joined and bool(isinstance(said, Unknown) or (said and isinstance(own, Unknown)))
        told = f"whether {name(attachment)} is attached by {name(one)}"
        if known or (open_ and walker.course.perhaps(told)):
            yield one


def choose(walker: Walker, associated: Associated) -> tuple[TransitRoute | None, tuple[Because, ...]]:
    """(the route that wins, why the others were not taken): longest prefix; of equal ones as `_rank` orders them."""
    packet = walker.packet
    found: list[tuple[int, int, TransitRoute, int, int]] = []
    for route, low, high in _routes(walker, associated):
        length = (high - low + 1).bit_length()
        found.append((length, _rank(route), route, low, high))
    winner: tuple[TransitRoute, Seen] | None = None
    seen = [_seen(route, low, high) for _, _, route, low, high in found]
    ordered = sorted(range(len(found)), key=lambda at: found[at][:2])
    for place, at in enumerate(ordered):
        if winner is None and walker.course.within(packet.target, found[at][3], found[at][4]):
            later = [found[other][2] for other in ordered[place + 1 :] if _alike(found[at], found[other])]
            winner = (found[at][2], seen[at]) if _first(walker, found[at][2], later) else None
    component = associated.table or associated.gateway
    seen += _overruled(walker, associated, seen)
    others = losers(OF_TRANSIT, component.urn, seen, winner[1] if winner else None, packet.target.value)
    return winner[0] if winner else None, others


_TOLD_BY = ("vpc", "direct-connect-gateway", "connect", "vpn", "peering")
"""Whose propagated routes go before whose."""


def _rank(route: TransitRoute) -> int:
    """Static, by prefix list, propagated: by a VPC, Direct Connect, Connect, a VPN, another gateway."""
    if not route.propagated:
        return int(network(route.destination) is None)
    kind = type_of(route.attachment) if route.attachment is not None else ""
    return 2 + (_TOLD_BY.index(kind) if kind in _TOLD_BY else len(_TOLD_BY))


def _alike(one: tuple[int, int, TransitRoute, int, int], other: tuple[int, int, TransitRoute, int, int]) -> bool:
    """The same range told by two VPCs, or by two prefix lists."""
    told = one[1] == other[1] and one[1] in (1, 2) and one[2].attachment is not other[2].attachment
    return told and one[3:] == other[3:]


def _first(walker: Walker, route: TransitRoute, rivals: Sequence[TransitRoute]) -> bool:
    """Of VPCs of one range only the one attached first tells its routes (vpc/latest/tgw/tgw-transit-gateways.html)."""
    names = dict.fromkeys(name(r.attachment) for r in (route, *rivals) if r.attachment is not None)
    return not rivals or walker.course.perhaps(f"which of the attachments {', '.join(names)} told its routes first")


def _overruled(walker: Walker, associated: Associated, seen: Sequence[Seen]) -> list[Seen]:
    """Propagated routes that a static one overrules: AWS does not list them, the propagations tell of them."""
    table = associated.table
    if table is None or table.said in ("code", "plan"):
        return []
    told = [
        found
        for attachment in walker.ground.linked(table, "learns_routes_from")
        for found in _propagated(walker, attachment)
    ]
    listed = {(one.low, one.high, one.to) for one in seen}
    taken = {(one.low, one.high) for one in seen}
    found = [_seen(route, low, high) for route, low, high in told]
    return [one for one in found if (one.low, one.high) in taken and (one.low, one.high, one.to) not in listed]


def _seen(route: TransitRoute, low: int, high: int) -> Seen:
    to = name(route.attachment) if route.attachment is not None else "nowhere"
    return Seen(route.destination, to, low, high, route.location)


def _routes(walker: Walker, associated: Associated) -> list[tuple[TransitRoute, int, int]]:
    ground, table = walker.ground, associated.table
    found: list[tuple[TransitRoute, int, int]] = []
    if table is None:
        for attachment in attachments(ground, associated.gateway):
            if _propagates(walker, associated.gateway) and _propagates(walker, attachment):
                found += _propagated(walker, attachment)
        return found
    items = table.get("routes")
    if isinstance(items, Unknown):
        if walker.course.perhaps(f"the routes of {name(table)} ({items})", walker.packet.target):
            whole = TransitRoute("a route that is not known", None, doubt=f"the routes of {name(table)} ({items})")
            return [(whole, packet_value(walker), packet_value(walker))]
        items = []
    for at, item in enumerate(items or ()):
        if not isinstance(item, dict):
            if walker.course.perhaps(f"a route of {name(table)} ({item})", walker.packet.target):
                doubt = f"a route of {name(table)} ({item})"
                whole = TransitRoute("a route that is not known", None, at=at, doubt=doubt)
                return [(whole, packet_value(walker), packet_value(walker))]
            continue
        linked = ground.linked(table, "routes_to", "routes", at)
        black = item.get("blackhole") is True or (not linked and item.get("attachment") is None)
        lost = ground.missing(table, "routes", at)
        doubt = f"the attachment of a route of {name(table)} ({lost[0]})" if lost else ""
        place = ground.where(table, "routes", at)
        route = TransitRoute(
            str(known_or(item.get("destination"), item.get("prefix_list"))),
            linked[0] if linked else None,
            black and not doubt,
            item.get("propagated") is True,
            at,
            place,
            doubt,
        )
        for low, high in _destinations(walker, table, at, item):
            found.append((route, low, high))
    if table.said in ("code", "plan"):
        learned = ground.linked(table, "learns_routes_from")
        for attachment in [*learned, *_perhaps_learned(walker, associated.gateway, table, learned)]:
            found += _propagated(walker, attachment)
        default = ground.linked(associated.gateway, "propagates_by_default", "propagation_table")
        if table in default:
            for attachment in attachments(ground, associated.gateway):
                if _propagates(walker, attachment):
                    found += _propagated(walker, attachment)
    return found


def _propagates(walker: Walker, one: Resource) -> bool:
    """Does a hub, or an attachment, tell its routes to the table of the hub?"""
    return truth(walker.course, one.get("default_propagation"), f"the propagation of {name(one)}", True)


def packet_value(walker: Walker) -> int:
    """The target address of this course."""
    return walker.packet.target.value


def _destinations(walker: Walker, table: Resource, at: int, item: dict[str, object]) -> list[tuple[int, int]]:
    parsed = network(item.get("destination"))
    if parsed is not None:
        return [(parsed[1], parsed[2])] if parsed[0] == walker.packet.version else []
    lists = walker.ground.linked(table, "uses_prefix_list", "routes", at)
    entries = lists[0].get("entries") if lists else None
    if isinstance(entries, list):
        known = [network(e.get("cidr")) for e in entries if isinstance(e, dict)]
        return [(k[1], k[2]) for k in known if k and k[0] == walker.packet.version]
    what = (
        f"whether the route of {name(table)} for {known_or(item.get('destination'), item.get('prefix_list'))} applies"
    )
    here = packet_value(walker)
    return [(here, here)] if walker.course.perhaps(what, walker.packet.target) else []


def attachments(ground: Ground, gateway: Resource) -> list[Resource]:
    """Everything that is attached to a gateway, each once."""
    found = [r for kind in ATTACHED for r in ground.estate.holders(gateway.urn, "attached_to", kind)]
    found += ground.estate.holders(gateway.urn, "attaches", "aws_dx_gateway_association")
    return list({r.urn: r for r in found}.values())


def _propagated(walker: Walker, attachment: Resource) -> list[tuple[TransitRoute, int, int]]:
    """What an attachment tells a table: the ranges of its VPC, the static routes of its VPN."""
    ground, version = walker.ground, walker.packet.version
    place = ground.where(attachment)
    ranges: list[tuple[int, int]] = []
    if type_of(attachment) == "vpc" and (lost := ground.missing(attachment, "resource")):
        here = walker.packet.target.value
        what = f"whether the VPC of attachment {name(attachment)} holds the address ({lost[0]})"
        ranges += [(here, here)] if walker.course.perhaps(what, walker.packet.target) else []
    for end in [attachment, *ground.linked(attachment, "attaches")]:
        if end.kind == "aws_vpc":
            ranges += ground.ranges(end, version)
            ranges += _lost_range(walker, end, ranges)
        elif end.kind == "aws_vpn_connection":
            items = end.get("routes")
            parsed = (
                [network(i.get("destination")) for i in items if isinstance(i, dict)] if isinstance(items, list) else []
            )
            ranges += [(p[1], p[2]) for p in parsed if p and p[0] == version]
    return [
        (TransitRoute(_cidr(version, low, high), attachment, propagated=True, location=place), low, high)
        for low, high in ranges
    ]


def _perhaps_learned(walker: Walker, gateway: Resource, table: Resource, learned: Sequence[Resource]) -> list[Resource]:
    """Attachments that may be among those a table learns from, where not all of these are known."""
    lost = walker.ground.missing(table, "propagations")
    others = [one for one in attachments(walker.ground, gateway) if one not in learned] if lost else []
    return [
        one
        for one in others
        if walker.course.perhaps(f"whether {name(one)} tells {name(table)} its routes ({lost[0]})")
    ]


def _lost_range(walker: Walker, vpc: Resource, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The target alone, where it is, or may be, in a range of the VPC that is not known."""
    target = walker.packet.target
    why = walker.ground.lost_ranges(vpc, walker.packet.version)
    if not why or any(low <= target.value <= high for low, high in ranges):
        return []
    owner = interface_of(walker.ground, target.owner)
    whose = owner is not None and owner.vpc is vpc
    if not whose and (owner is not None or public(walker.packet.version, target.value)):
        return []
    # (As in tables: true is that they do not hold it.)
    if not whose and walker.course.perhaps(f"the ranges of {name(vpc)} ({why})", target):
        return []
    return [(target.value, target.value)]


def _cidr(version: int, low: int, high: int) -> str:
    bits = (32 if version == 4 else 128) - (high - low + 1).bit_length() + 1
    return f"{address(version, low)}/{bits}"


def behind(walker: Walker, attachment: Resource) -> Resource:
    """The VPN connection or the Direct Connect gateway behind an attachment."""
    found = walker.ground.linked(attachment, "attaches")
    return found[0] if found and attachment.kind == "aws_ec2_transit_gateway_attachment" else attachment


def line_alive(walker: Walker, line: Resource, reason: Reason) -> None:
    """A VPN connection or Direct Connect carries nothing when it is gone or down; a VPN is when all its tunnels are.

    https://docs.aws.amazon.com/directconnect/latest/APIReference/API_VirtualInterface.html (virtualInterfaceState)
    """
    state, tunnels = line.get("state"), line.get("tunnels")
    word = "VPN connection" if line.kind == "aws_vpn_connection" else "Direct Connect"
    said = tunnels if isinstance(tunnels, list) else [tunnels] if isinstance(tunnels, Unknown) else []
    down = bool(said) and all(isinstance(t, Unknown) or str(t).upper() == "DOWN" for t in said)
    lost = [t for t in (state, *(said if down else ())) if isinstance(t, Unknown)]
    if lost and walker.course.perhaps(f"whether {word} {name(line)} is up ({lost[0]})"):
        return
    if state in _GONE or down or lost:
        text = f"{word} {name(line)} is {'down: so are all its tunnels' if down else state}"
        walker.drop(reason, line, word, text, "", walker.ground.where(line, "state"), at="state")
