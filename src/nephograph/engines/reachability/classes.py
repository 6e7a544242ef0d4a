"""Classes: interfaces that no rule and no route can tell apart answer alike, so each class is asked about once.

A class is a *place* (the VPC, what serves and guards its subnets, which prefixes of lists and routes hold the address),
which prefixes of group rules hold the address, and the set of groups. An address that is not said lies in one of
several places; such an interface is in several classes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from nephograph.engines.reachability.addresses import BITS, Prefix, Prefixes, pieces
from nephograph.engines.reachability.interfaces import Interface, Membership
from nephograph.engines.reachability.listeners import Listens, takes
from nephograph.engines.reachability.reading import name
from nephograph.engines.reachability.regional import of_estate, told_apart
from nephograph.engines.reachability.spots import Spot
from nephograph.engines.reachability.tables import LOCAL, Table
from nephograph.engines.reachability.ways import World
from nephograph.model.resource import Resource


class Place(NamedTuple):
    """Where classes stand: up to two spots of different subnets, of which ways are worked out."""

    number: int
    vpc: str
    spots: tuple[Spot, ...]


class Peer(NamedTuple):
    """What the rules of the other end look at: the numbered prefixes that hold the address, and the groups.

    `lost` says why not all of the groups are known, "" when they are.
    """

    prefixes: tuple[int, ...]
    groups: tuple[str, ...]
    lost: str = ""


class Class(NamedTuple):
    """One class of a version; `at` is an address of it. `doubt` says why it is open whether its members have
    an address; `takes` is the traffic they accept at all (None: whatever comes)."""

    number: int
    version: int
    place: int
    peer: int
    membership: int
    at: int
    doubt: str
    takes: tuple[Listens, ...] | None


class Classes:
    """The classes of one version of IP."""

    def __init__(self, world: World, version: int, net: Prefixes, rules: Prefixes) -> None:
        self.world = world
        self.version = version
        self.net = net
        self.rules = rules
        self.places: list[Place] = []
        self.peers: list[Peer] = []
        self.origins: dict[int, int] = {}
        """The peer that one of the peers was a part of, before a prefix set it apart."""
        self.memberships: list[Membership] = []
        self.all: list[Class] = []
        self.sizes: list[int] = []
        self.of: dict[str, tuple[int, ...]] = {}
        """The classes of an interface."""
        self.members: list[list[str]] = []
        self.by_vpc: dict[str, list[int]] = defaultdict(list)
        self.addresses: list[list[int]] = []
        """The addresses in each class, for whoever has to split it."""
        self._places: dict[tuple[object, ...], int] = {}
        self._subnets: dict[str, tuple[object, ...]] = {}
        self._peers: dict[Peer, int] = {}
        self._memberships: dict[Membership, int] = {}
        self._classes: dict[tuple[object, ...], int] = {}
        self._regional = of_estate(world.reading)
        self._special = _special_subnets(world)
        self._attached = _attached_vpcs(world)
        self._unsaid: list[str] = []
        self._zones: dict[str, int] = {}
        self._alike: dict[object, int] = {}
        self._cuts = sorted({*net.cuts(), *rules.cuts()})
        self._held: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        for interface in world.inventory.all.values():
            if version in interface.addresses:
                self._add(interface)

    def _add(self, interface: Interface) -> None:
        found = []
        doubt = interface.unsure.get(self.version, "") if interface.unsure else ""
        owner = self.world.reading.estate.resources[interface.owner]
        taken = takes(self.world.reading, owner)
        for domain in interface.addresses[self.version]:
            parts = [domain] if domain[0] == domain[1] else pieces((domain,), self._cuts)
            found += [self._class(interface, low, doubt, taken) for low, _ in parts]
        if any(low != high for low, high in interface.addresses[self.version]):
            self._unsaid.append(interface.urn)
        numbers = tuple(dict.fromkeys(found))
        self.of[interface.urn] = numbers
        for number in numbers:
            self.sizes[number] += 1
            self.members[number].append(interface.urn)

    def _class(self, interface: Interface, at: int, doubt: str, taken: tuple[Listens, ...] | None) -> int:
        held = self._held.get(at)
        if held is None:
            held = self._held[at] = (self.net.holding(at), self.rules.holding(at))
        membership = self._memberships.get(interface.membership)
        if membership is None:
            membership = self._memberships[interface.membership] = len(self.memberships)
            self.memberships.append(interface.membership)
        peer_key = Peer(held[1], interface.membership.groups, interface.membership.unsure)
        peer = self._peers.get(peer_key)
        if peer is None:
            peer = self._peers[peer_key] = len(self.peers)
            self.peers.append(peer_key)
        place = self._place(interface, at, held[0])
        key = (place, peer, membership, doubt, taken)
        number = self._classes.get(key)
        if number is None:
            number = self._classes[key] = len(self.all)
            self.all.append(Class(number, self.version, place, peer, membership, at, doubt, taken))
            self.sizes.append(0)
            self.members.append([])
            self.addresses.append([])
            self.by_vpc[interface.vpc].append(number)
        self.addresses[number].append(at)
        return number

    def _place(self, interface: Interface, at: int, net: tuple[int, ...]) -> int:
        subnet = interface.subnet
        key = (self._subnet(interface.vpc, subnet, interface.doubt), net)
        number = self._places.get(key)
        if number is None:
            number = self._places[key] = len(self.places)
            self.places.append(Place(number, interface.vpc, (self._spot(interface, at),)))
        else:
            place = self.places[number]
            if len(place.spots) < 2 and place.spots[0].subnet != subnet:
                self.places[number] = place._replace(spots=(*place.spots, self._spot(interface, at)))
        return number

    def _spot(self, interface: Interface, at: int) -> Spot:
        doubt = interface.doubt
        if not interface.vpc and interface.subnet:
            doubt = f"the VPC of {name(self.world.reading.estate.resources[interface.subnet])}"
        return Spot(interface.vpc, interface.subnet, self.version, at, "", doubt)

    def _subnet(self, vpc: str, subnet: str, doubt: str) -> tuple[object, ...]:
        """What ways ask of a subnet; two subnets of which all of it is equal need not be told apart."""
        found = self._subnets.get(subnet)
        if found is None or not subnet:
            if not subnet:
                return (vpc, "", doubt)
            resource = self.world.reading.estate.resources[subnet]
            serving = self.world.tables.serving(resource)
            guards = self.world.lists.guards(resource)
            zone = self._zone(self.world.reading.zone(resource)) if vpc in self._attached else 0
            served = told_apart(self._regional, resource)
            own = subnet if not vpc or (subnet in self._special and not self._plain(vpc, serving, guards)) else ""
            found = self._subnets[subnet] = (vpc, serving, guards, zone, served, own)
        return found

    def _plain(self, vpc: str, serving: tuple[tuple[Table, ...], str], guards: object) -> bool:
        """Is it all one whether a packet crosses the border of such a subnet: no list, and routes inside are local?"""
        tables, why = serving
        if why or guards != (("",), "") or len(tables) != 1:
            return False
        ranges = self.world.reading.ranges(vpc, self.version)
        return all(
            t.to == LOCAL
            for p, t in self.world.tables.written(tables[0], vpc, self.version)
            if any(low <= p.low and p.high <= high for low, high in ranges)
        )

    def _zone(self, zone: str) -> int:
        """Zones are alike when transit gateways enter and leave all VPCs by like subnets from them."""
        if zone not in self._zones:
            reading = self.world.reading
            seen = []
            for attachment in reading.estate.of_kind("aws_ec2_transit_gateway_attachment"):
                subnets = reading.estate.targets(attachment.urn, "in_subnet", "aws_subnet")
                found = next((s for s in subnets if zone and reading.zone(s) == zone), None)
                last = next((s for s in reversed(subnets) if zone and reading.zone(s) == zone), None)
                seen.append((self._like(found), self._like(last), *map(self._like, subnets)))
            key = (bool(zone), tuple(seen))
            self._zones[zone] = self._alike.setdefault(key, len(self._alike))
        return self._zones[zone]

    def _like(self, subnet: Resource | None) -> object:
        if subnet is None:
            return None
        serving, guards = self.world.tables.serving(subnet), self.world.lists.guards(subnet)
        vpc = self.world.reading.vpc_of(subnet.urn)
        served = told_apart(self._regional, subnet)
        return (serving, guards, served, "" if self._plain(vpc, serving, guards) else subnet.urn)

    def learn(self, one: Prefix) -> bool:
        """Tell classes apart by one prefix more; False when it divides a class, which then has to be made anew."""
        if self.rules.has(one):
            return True
        inside: set[int] = set()
        for number, addresses in enumerate(self.addresses):
            if addresses and one.low <= addresses[0] <= one.high:
                inside.add(number)
        for urn in self._unsaid:
            for low, high in self.world.inventory.all[urn].addresses[self.version]:
                if low < one.low <= high or low <= one.high < high:
                    return False
        for number, addresses in enumerate(self.addresses):
            within = number in inside
            if any((one.low <= at <= one.high) != within for at in addresses):
                return False
        added = self.rules.number(one)
        by_peer: dict[int, list[int]] = defaultdict(list)
        for c in self.all:
            by_peer[c.peer].append(c.number)
        for peer in {self.all[n].peer for n in inside}:
            self._set_apart(peer, [n for n in by_peer[peer] if n in inside], len(by_peer[peer]), added)
        return True

    def _set_apart(self, peer: int, numbers: list[int], of: int, prefix: int) -> None:
        old = self.peers[peer]
        new = old._replace(prefixes=(*old.prefixes, prefix))
        if len(numbers) == of:
            self.peers[peer] = new
            return
        self.origins[len(self.peers)] = peer
        for number in numbers:
            self.all[number] = self.all[number]._replace(peer=len(self.peers))
        self.peers.append(new)

    def place_of(self, number: int) -> Place:
        """The place of a class."""
        return self.places[self.all[number].place]


def _special_subnets(world: World) -> frozenset[str]:
    """Subnets that something on the way stands in: a NAT gateway, an attachment, an endpoint, a balancer."""
    estate = world.reading.estate
    kinds = (
        "aws_nat_gateway",
        "aws_ec2_transit_gateway_attachment",
        "aws_vpc_endpoint",
        "aws_networkfirewall_firewall",
    )
    return frozenset(s.urn for kind in kinds for r in estate.of_kind(kind) for s in estate.targets(r.urn, "in_subnet"))


def _attached_vpcs(world: World) -> frozenset[str]:
    """VPCs whose zones matter, because a transit gateway stands in some of them only."""
    estate = world.reading.estate
    every = estate.of_kind("aws_ec2_transit_gateway_attachment")
    return frozenset(v.urn for a in every for v in world.reading.linked(a, "attaches"))


def registers(prefixes: Iterable[Prefix]) -> dict[int, Prefixes]:
    """Prefixes by version, numbered."""
    found = {version: Prefixes(version) for version in BITS}
    for one in prefixes:
        found[one.version].number(one)
    return found
