"""The ways of packets between two spots, one direction: which lists they cross, who rewrites them, where they end.

Where something is not known there are several ways, one for each case; a way is a plain yes, a plain no, or open, and
says why. Here are subnets, their tables and the inside of a VPC; what a gateway does is told by the module of its kind.
Sources: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html,
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from nephograph.engines.reachability import hubs, internet_gateways, middleboxes, nat, peerings, regional
from nephograph.engines.reachability.interfaces import Interface, Inventory
from nephograph.engines.reachability.lists import Lists
from nephograph.engines.reachability.reading import Reading, doubtful, name
from nephograph.engines.reachability.spots import MOST_HOPS, OUTSIDE, Spot, Trail, Way
from nephograph.engines.reachability.stations import Stations
from nephograph.engines.reachability.tables import LOCAL, NOWHERE, UNKNOWN, Choice, Table, Tables
from nephograph.engines.reachability.transit import Transit
from nephograph.model.resource import Resource

MOST_WAYS = 24
"""Beyond so many cases of what is not known, the way is open."""


class World(NamedTuple):
    """Everything ways are worked out from."""

    reading: Reading
    inventory: Inventory
    tables: Tables
    transit: Transit
    lists: Lists


class Ways:
    """Ways between spots. `back` is for answers: they cannot go out through NAT; `opened` are VPCs whose egress-only
    gateway the request left by."""

    def __init__(self, world: World, back: bool = False, opened: frozenset[str] = frozenset()) -> None:
        self.world = world
        self.estate = world.reading.estate
        self.back = back
        self.opened = opened
        self.hubs = hubs.Hubs(world.reading)
        self._zones: dict[str, str] = {}
        self._tables: dict[str, tuple[tuple[Table, ...], str]] = {}
        self._cuts: dict[int, list[int]] = {}
        self.stations = Stations(world.reading, world.inventory)
        self.of_owner: dict[str, list[Interface]] = {}
        for interface in world.inventory.all.values():
            if interface.subnet:
                resource = self.estate.resources.get(interface.owner)
                if resource is not None and resource.kind in ("aws_nat_gateway", "aws_lb", "aws_elb"):
                    self.of_owner.setdefault(interface.owner, []).append(interface)

    def answering(self, opened: frozenset[str]) -> Ways:
        """The same world for answers to a request that left through these egress-only gateways."""
        other = Ways.__new__(Ways)
        other.__dict__ = {**self.__dict__, "back": True, "opened": opened}
        return other

    def between(self, source: Spot, target: Spot) -> tuple[Way, ...]:
        """Every case of the way from one spot to another."""
        found: list[Way] = []
        for way in self._start(source, target):
            found.append(way)
            if len(found) > MOST_WAYS:
                return (Way("open", why=("cases that were not walked: there are too many",)),)
        return tuple(found)

    def _start(self, source: Spot, target: Spot) -> Iterator[Way]:
        trail = Trail(source, self.zone(source.subnet))
        if source.vpc == OUTSIDE:
            yield from internet_gateways.come_in(self, target, trail._replace(sender=False))
        elif not source.subnet and (gateway := self.estate.resources.get(source.host)) is not None:
            yield from regional.hand_back(self, gateway, source, target, trail)
        elif not source.subnet:
            yield trail.ends("open", source.doubt or "a subnet that is not known")
        else:
            yield from self.leave(source.vpc, source.subnet, target, trail)

    def zone(self, subnet: str) -> str:
        """The zone of a subnet."""
        found = self._zones.get(subnet)
        if found is None:
            found = self._zones[subnet] = self.world.reading.zone(self.estate.resources.get(subnet))
        return found

    def leave(self, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
        """Out of a subnet: inside it nothing is asked, else its list and its table are."""
        if trail.hops > MOST_HOPS:
            yield trail.ends("no")
        elif target.subnet == subnet:
            yield trail.ends("yes")
        else:
            if not target.subnet and target.vpc != OUTSIDE and (not vpc or target.vpc in ("", vpc)):
                # It may be in this very subnet, where no list is asked.
                yield trail.ends("open", target.doubt)
            trail = trail.crosses(subnet, "egress", target.at)._replace(hops=trail.hops + 1)
            yield from self._look_up(vpc, subnet, target, trail)

    def _look_up(self, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
        tables, why = self._serving(subnet)
        for table in tables:
            doubted = trail._replace(why=(*trail.why, why)) if why and len(tables) > 1 else trail
            choice = self.world.tables.choose(table, vpc, target.version, target.at, target.vpc)
            yield from self.along(choice, vpc, subnet, target, doubted)

    def _serving(self, subnet: str) -> tuple[tuple[Table, ...], str]:
        if subnet not in self._tables:
            self._tables[subnet] = self.world.tables.serving(self.estate.resources[subnet])
        return self._tables[subnet]

    def along(self, choice: Choice, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
        """Where the routes a table chose lead; `subnet` is "" for a table that is of none."""
        if choice.why:
            trail = trail._replace(why=(*trail.why, choice.why))
        if not choice.targets:
            yield trail.ends("no")
        for one in choice.targets:
            if one.to == LOCAL:
                yield self.arrive(vpc, subnet, target, trail)
            elif one.to == NOWHERE:
                yield trail.ends("no")
            elif one.to == UNKNOWN:
                yield trail.ends("open", one.why)
            elif not vpc:
                yield trail.ends("open", trail.source.doubt or "a VPC that is not in the data")
            elif one.to.startswith("igw "):
                yield from internet_gateways.out_to_internet(self, None, vpc, target, trail)
            else:
                gateway = self.estate.resources[one.to]
                if doubt := doubtful(gateway):
                    trail = trail._replace(why=(*trail.why, doubt))
                    yield trail.ends("no")
                yield from self._through(gateway, vpc, subnet, target, trail)

    def _through(self, gateway: Resource, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
        kind = gateway.kind
        if kind in _HOPS:
            yield from _HOPS[kind](self, gateway, vpc, subnet, target, trail)
        elif kind == "aws_vpn_gateway" or (kind == "aws_vpc_endpoint" and gateway.get("type") == "Gateway"):
            # A service, or the premises: what they do with an address of the estate nobody knows; it does not come
            # back here.
            yield trail.ends("no")
        else:
            yield trail.ends("open", f"what {name(gateway)} ({kind}) does with packets")

    def arrive(self, vpc: str, came_from: str, target: Spot, trail: Trail) -> Way:
        """Inside a VPC, from one of its subnets or from none: whoever has the address gets the packet."""
        if not vpc:
            return trail.ends("open", trail.source.doubt or target.doubt or "a VPC that is not in the data")
        if not target.vpc:
            return trail.ends("open", target.doubt or "a VPC that is not in the data")
        if vpc != target.vpc:
            return trail.ends("no")
        if not target.subnet and target.doubt:
            return trail.ends("open", target.doubt)
        if target.subnet != came_from:
            trail = trail.crosses(target.subnet, "ingress", trail.source.at)
        return trail.ends("yes")

    def decides(self, domain: tuple[int, int], version: int) -> bool:
        """Do prefixes tell addresses of the domain apart?"""
        return any(domain[0] < cut <= domain[1] for cut in self._cuts.get(version, ()))

    def cut_at(self, version: int, cuts: list[int]) -> None:
        """Tell at which addresses rules begin and end."""
        self._cuts[version] = cuts


_HOPS: dict[str, Callable[[Ways, Resource, str, str, Spot, Trail], Iterator[Way]]] = {
    "aws_vpc_peering_connection": peerings.follow,
    "aws_ec2_transit_gateway": hubs.follow,
    "aws_nat_gateway": nat.follow,
    "aws_internet_gateway": internet_gateways.follow,
    "aws_egress_only_internet_gateway": internet_gateways.follow_egress_only,
    "aws_instance": middleboxes.follow,
    "aws_network_interface": middleboxes.follow,
}
"""What each kind of gateway does with a packet: (ways, gateway, VPC, subnet, target, trail)."""
