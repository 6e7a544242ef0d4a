"""The ways of packets between two spots, one direction: which lists they cross, who rewrites them, where they end.

A spot stands for every interface of a subnet whose address the same prefixes hold. Where something is not known there
are several ways, one for each case; a way is a plain yes, a plain no, or open, and says why.
Sources: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html,
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html,
https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html,
https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from nephograph.engines.reachability import regional
from nephograph.engines.reachability.addresses import on_internet
from nephograph.engines.reachability.interfaces import Interface, Inventory
from nephograph.engines.reachability.lists import Lists
from nephograph.engines.reachability.nat64 import FIRST, is_written
from nephograph.engines.reachability.reading import Reading, doubtful, flag, name
from nephograph.engines.reachability.tables import LOCAL, NOWHERE, UNKNOWN, Choice, Table, Tables, Target
from nephograph.engines.reachability.transit import NO_TABLE, Transit, dead, kind_of
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

MOST_HOPS = 40
MOST_WAYS = 24
"""Beyond so many cases of what is not known, the way is open."""

OUTSIDE = "internet"
"""The spot of whoever is not in the estate: no subnet, no VPC."""
PREMISES = "premises"

Outcome = Literal["yes", "no", "open"]


class Spot(NamedTuple):
    """An address in a subnet; `vpc` is OUTSIDE for an address of the internet and PREMISES for one behind a VPN.

    `line` is the connection to the premises. `host` is the interface where that matters (a NAT gateway's own).
    """

    vpc: str
    subnet: str
    version: int
    at: int
    host: str = ""


class Crossing(NamedTuple):
    """A network ACL that is asked: the subnet, the direction, the address of the far end and its version (0: that of
    the whole way; NAT64 changes it on the way)."""

    subnet: str
    direction: Literal["ingress", "egress"]
    far: int
    version: int = 0


class Way(NamedTuple):
    """One case: how it ends, what it crosses, who rewrites the source, and whether groups still know both ends.

    `public` is the interface whose public address stands as source on the internet, "" when the packet came there
    unchanged or not at all. `outward` are the VPCs it left through an egress-only gateway. `translated`: it came to a
    NAT gateway, whether or not that is known to rewrite it.
    """

    outcome: Outcome
    crossings: tuple[Crossing, ...] = ()
    rewriters: tuple[Spot, ...] = ()
    sender: bool = True
    why: tuple[str, ...] = ()
    outward: frozenset[str] = frozenset()
    public: str = ""
    translated: bool = False


class Trail(NamedTuple):
    """What happened so far. `source` is the spot that now stands as source, `zone` where transit gateways keep to."""

    source: Spot
    zone: str
    crossings: tuple[Crossing, ...] = ()
    rewriters: tuple[Spot, ...] = ()
    sender: bool = True
    why: tuple[str, ...] = ()
    outward: frozenset[str] = frozenset()
    transit: bool = False
    hops: int = 0
    public: str = ""
    translated: bool = False

    def crosses(self, subnet: str, direction: Literal["ingress", "egress"], far: int) -> Trail:
        """The same, behind a border that asks its list."""
        return self._replace(crossings=(*self.crossings, Crossing(subnet, direction, far, self.source.version)))

    def ends(self, outcome: Outcome, why: str = "") -> Way:
        """The way that ends here."""
        reasons = (*self.why, why) if why else self.why
        done = (self.sender, reasons, self.outward, self.public, self.translated)
        return Way(outcome, self.crossings, self.rewriters, *done)


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
        self._zones: dict[str, str] = {}
        self._tables: dict[str, tuple[tuple[Table, ...], str]] = {}
        self._cuts: dict[int, list[int]] = {}
        self._attachments: dict[tuple[str, str], list[Resource]] = {}
        self._standing: dict[str, list[Resource]] = {}
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
            yield from self._come_in(target, trail._replace(sender=False))
        elif not source.subnet and (nat := self.estate.resources.get(source.host)) is not None:
            yield from regional.hand_back(self, nat, source, target, trail)
        elif not source.subnet:
            yield trail.ends("open", "a subnet that is not known")
        else:
            yield from self._leave(source.vpc, source.subnet, target, trail)

    def zone(self, subnet: str) -> str:
        """The zone of a subnet."""
        found = self._zones.get(subnet)
        if found is None:
            found = self._zones[subnet] = self.world.reading.zone(self.estate.resources.get(subnet))
        return found

    # --- subnets and tables ---------------------------------------------------------------------------------------

    def _leave(self, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
        """Out of a subnet: inside it nothing is asked, else its list and its table are."""
        if trail.hops > MOST_HOPS:
            yield trail.ends("no")
        elif target.subnet == subnet:
            yield trail.ends("yes")
        else:
            trail = trail.crosses(subnet, "egress", target.at)._replace(hops=trail.hops + 1)
            yield from self._look_up(vpc, subnet, target, trail)

    def _look_up(self, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
        tables, why = self._serving(subnet)
        for table in tables:
            doubted = trail._replace(why=(*trail.why, why)) if why and len(tables) > 1 else trail
            choice = self.world.tables.choose(table, vpc, target.version, target.at)
            yield from self._along(choice, vpc, subnet, target, doubted)

    def _serving(self, subnet: str) -> tuple[tuple[Table, ...], str]:
        if subnet not in self._tables:
            self._tables[subnet] = self.world.tables.serving(self.estate.resources[subnet])
        return self._tables[subnet]

    def _along(self, choice: Choice, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
        if choice.why:
            trail = trail._replace(why=(*trail.why, choice.why))
        if not choice.targets:
            yield trail.ends("no")
        for one in choice.targets:
            if one.to == LOCAL:
                yield self._arrive(vpc, subnet, target, trail)
            elif one.to == NOWHERE:
                yield trail.ends("no")
            elif one.to == UNKNOWN:
                yield trail.ends("open", one.why)
            elif one.to.startswith("igw "):
                yield from self._out_to_internet(None, vpc, target, trail)
            else:
                gateway = self.estate.resources[one.to]
                if doubt := doubtful(gateway):
                    trail = trail._replace(why=(*trail.why, doubt))
                    yield trail.ends("no")
                yield from self._through(gateway, one, vpc, subnet, target, trail)

    def _arrive(self, vpc: str, came_from: str, target: Spot, trail: Trail) -> Way:
        """Inside a VPC: whoever has the address gets the packet."""
        if not vpc:
            return trail.ends("open", "a VPC that is not in the data")
        if vpc != target.vpc:
            return trail.ends("no")
        if target.subnet != came_from:
            trail = trail.crosses(target.subnet, "ingress", trail.source.at)
        return trail.ends("yes")

    # --- gateways -------------------------------------------------------------------------------------------------

    def _through(
        self, gateway: Resource, route: Target, vpc: str, subnet: str, target: Spot, trail: Trail
    ) -> Iterator[Way]:
        kind = gateway.kind
        if kind == "aws_vpc_peering_connection":
            yield from self._peering(gateway, vpc, target, trail)
        elif kind == "aws_ec2_transit_gateway":
            yield from self._transit(gateway, vpc, subnet, target, trail)
        elif kind == "aws_nat_gateway":
            yield from self._nat(gateway, vpc, subnet, target, trail)
        elif kind == "aws_internet_gateway":
            yield from self._internet_gateway(gateway, vpc, target, trail)
        elif kind == "aws_egress_only_internet_gateway":
            yield from self._egress_only(gateway, vpc, target, trail)
        elif kind == "aws_vpc_endpoint" and gateway.get("type") == "Gateway":
            yield trail.ends("no")
        elif kind == "aws_vpn_gateway":
            # What the premises do with an address of the estate nobody knows; it does not come back here.
            yield trail.ends("no")
        elif kind in ("aws_instance", "aws_network_interface"):
            yield from self._middlebox(gateway, vpc, trail)
        else:
            yield trail.ends("open", f"what {name(gateway)} ({kind}) does with packets")

    def _middlebox(self, box: Resource, vpc: str, trail: Trail) -> Iterator[Way]:
        """A machine that forwards what is not for itself, if its source/destination check lets it."""
        estate = self.estate
        own = estate.targets(box.urn, "uses_interface", "aws_network_interface")
        users = estate.holders(box.urn, "uses_interface", "aws_instance")
        said = own[0].get("source_dest_check") if own else box.get("source_dest_check")
        if said is None:
            said = next((r.get("source_dest_check") for r in (box, *users)), None)
        if flag(said, True) is True:
            yield trail.ends("no")
        else:
            yield trail.ends("open", f"what the middlebox {name(box)} forwards")

    def _peering(self, peering: Resource, vpc: str, target: Spot, trail: Trail) -> Iterator[Way]:
        reading = self.world.reading
        status = peering.get("status")
        if not isinstance(status, Unknown) and status not in (None, "active"):
            yield trail.ends("no")
            return
        sides = {f: [r.urn for r in reading.linked(peering, "attached_to", f)] for f in ("vpc", "peer_vpc")}
        own = next((f for f, found in sides.items() if vpc in found), None)
        far = sides["vpc" if own == "peer_vpc" else "peer_vpc"]
        if own is None and sides["vpc"] and sides["peer_vpc"]:
            yield trail.ends("no")
        elif own is None or not far:
            lost = reading.lost(peering, "vpc" if own == "peer_vpc" else "peer_vpc") or ["not said"]
            yield trail.ends("open", f"the VPC on the other side of {name(peering)} ({lost[0]})")
        else:
            # Only what is between the two VPCs passes.
            for value, end in ((target.at, far[0]), (trail.source.at, vpc)):
                ranges = reading.ranges(end, target.version)
                if ranges and not any(low <= value <= high for low, high in ranges):
                    yield trail.ends("no")
                    return
            near, away = self.estate.resources[vpc], self.estate.resources[far[0]]
            known = trail.sender and near.scope.region == away.scope.region
            yield self._arrive(far[0], "", target, trail._replace(sender=known))

    def _nat(self, gateway: Resource, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
        """The gateway's address becomes the source; the rest of the way starts in its subnet."""
        if gateway.get("state") not in (None, "available", "pending"):
            yield trail.ends("no")
            return
        if target.version == 6:
            # Of IPv6 it carries addresses of NAT64 alone, as IPv4 (nat-gateway-nat64-dns64.html).
            if not is_written(6, target.at) or target.vpc != OUTSIDE:
                yield trail.ends("no")
                return
            target = target._replace(version=4, at=target.at - FIRST)
        if regional.regional(gateway):
            yield from regional.carry(self, gateway, vpc, subnet, target, trail)
            return
        found = self.of_owner.get(gateway.urn)
        if not found:
            yield trail.ends("open", f"which subnet NAT gateway {name(gateway)} stands in")
            return
        nat = found[0]
        own = nat.vpc == trail.source.vpc or trail.transit
        if self.back or nat.vpc != vpc or not own or target.version not in nat.addresses:
            yield trail.ends("no")
            return
        places = nat.addresses[target.version]
        if subnet != nat.subnet:
            trail = trail.crosses(nat.subnet, "ingress", trail.source.at)
        at = places[0][0]
        if len(places) > 1 or self._decides(places[0], target.version):
            trail = trail._replace(why=(*trail.why, f"the address of {name(gateway)}"))
            yield trail.ends("open")
            return
        spot = Spot(nat.vpc, nat.subnet, target.version, at, nat.urn)
        rewritten = trail._replace(source=spot, rewriters=(*trail.rewriters, spot), sender=False)
        yield from self._leave(nat.vpc, nat.subnet, target, rewritten)

    def to_internet(self, gateway: Resource, vpc: str, target: Spot, trail: Trail) -> Iterator[Way]:
        """Out by a gateway that something in no subnet leads to; the VPC itself stands for that of a default VPC."""
        if gateway.kind == "aws_internet_gateway":
            yield from self._internet_gateway(gateway, vpc, target, trail)
        else:
            yield from self._out_to_internet(None, vpc, target, trail)

    def along(self, choice: Choice, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
        """Where the routes a table chose lead."""
        yield from self._along(choice, vpc, subnet, target, trail)

    def arrive(self, vpc: str, target: Spot, trail: Trail) -> Way:
        """Inside a VPC, from no subnet of it, to whoever has the address."""
        return self._arrive(vpc, "", target, trail)

    def internet_gateway(self, vpc: str) -> tuple[Resource | None, str]:
        """(the internet gateway of a VPC, why that is open)."""
        found, why = self._gateway(vpc)
        return found, "" if found is not None else why

    def _decides(self, domain: tuple[int, int], version: int) -> bool:
        """Do prefixes tell addresses of the domain apart?"""
        return any(domain[0] < cut <= domain[1] for cut in self._cuts.get(version, ()))

    def cut_at(self, version: int, cuts: list[int]) -> None:
        """Tell at which addresses rules begin and end."""
        self._cuts[version] = cuts

    # --- transit gateways -----------------------------------------------------------------------------------------

    def _transit(self, gateway: Resource, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
        reading, estate = self.world.reading, self.estate
        own = self._attached(gateway, vpc)
        if not own:
            every = estate.of_kind("aws_ec2_transit_gateway_attachment")
            lost = [a for a in every if reading.lost(a, "resource") or reading.lost(a, "transit_gateway")]
            if lost and any(a.get("type") in (None, "vpc") for a in lost):
                yield trail.ends("open", f"whether {name(lost[0])} attaches this VPC to {name(gateway)}")
            else:
                yield trail.ends("no")
            return
        attachment = own[0]
        if doubt := doubtful(attachment):
            trail = trail._replace(why=(*trail.why, doubt))
            yield trail.ends("no")
        if dead(attachment):
            yield trail.ends("no")
            return
        subnets = [s.urn for s in self._in(attachment)]
        zone = self.zone(subnet)
        zones = {self.zone(s): s for s in subnets}
        entered = subnet if subnet in subnets else zones.get(zone) if zone else None
        if entered is None and self.world.reading.lost(attachment, "subnets"):
            # One that is not known may stand in the sender's zone, with a list of its own.
            yield trail.ends("open", f"the subnets of attachment {name(attachment)}")
            return
        if entered is None and subnets and subnet:
            if zone and "" not in zones:
                yield trail.ends("no")
                return
            why = f"whether {name(gateway)} has an interface in the zone of the sender"
            trail = trail._replace(why=(*trail.why, why))
            yield trail.ends("no")
            entered = subnets[0]
        if entered is not None:
            trail = trail.crosses(entered, "ingress", trail.source.at)
        yield from self._table(gateway, attachment, target, trail._replace(transit=True))

    def _attached(self, gateway: Resource, vpc: str) -> list[Resource]:
        """The attachments of a VPC to a gateway."""
        key = (gateway.urn, vpc)
        if key not in self._attachments:
            held = self.estate.holders(gateway.urn, "attached_to", "aws_ec2_transit_gateway_attachment")
            reading = self.world.reading
            self._attachments[key] = [a for a in held if vpc in {r.urn for r in reading.linked(a, "attaches")}]
        return self._attachments[key]

    def _in(self, attachment: Resource) -> list[Resource]:
        """The subnets an attachment stands in."""
        if attachment.urn not in self._standing:
            self._standing[attachment.urn] = self.estate.targets(attachment.urn, "in_subnet", "aws_subnet")
        return self._standing[attachment.urn]

    def _table(self, gateway: Resource, attachment: Resource, target: Spot, trail: Trail) -> Iterator[Way]:
        """From one attachment to the one its table names."""
        if trail.hops > MOST_HOPS:
            yield trail.ends("no")
            return
        trail = trail._replace(hops=trail.hops + 1)
        tables, why = self.world.transit.tables(gateway, attachment)
        if why:
            trail = trail._replace(why=(*trail.why, why))
        for table in tables:
            if table == NO_TABLE:
                yield trail.ends("no")
                continue
            hops = self.world.transit.choose(gateway, table, target.version, target.at)
            unsure = (*trail.why, f"which route of {name(gateway)} applies") if len(hops) > 1 else trail.why
            for hop in hops:
                here = trail._replace(why=unsure)
                if hop.why:
                    yield here.ends("open", hop.why)
                elif not hop.attachment:
                    yield here.ends("no")
                else:
                    yield from self._out(gateway, attachment, self.estate.resources[hop.attachment], target, here)

    def _out(
        self, gateway: Resource, came_by: Resource, attachment: Resource, target: Spot, trail: Trail
    ) -> Iterator[Way]:
        reading = self.world.reading
        behind = reading.linked(attachment, "attaches")
        carries = behind[0] if behind and behind[0].kind == "aws_vpn_connection" else attachment
        if doubt := doubtful(attachment):
            trail = trail._replace(why=(*trail.why, doubt))
            yield trail.ends("no")
        if dead(carries):
            yield trail.ends("no")
            return
        kind = kind_of(attachment)
        if kind == "vpc":
            yield from self._into(gateway, came_by, attachment, behind, target, trail)
        elif kind == "peering":
            ends = [*reading.linked(attachment, "attached_to"), *behind]
            other = next((e for e in ends if e is not gateway and e.kind == "aws_ec2_transit_gateway"), None)
            if other is None:
                why = f"the transit gateway on the other side of {name(attachment)}"
                yield trail.ends("open", why)
            else:
                yield from self._table(other, attachment, target, trail._replace(sender=False))
        elif kind in ("vpn", "direct-connect-gateway"):
            yield trail.ends("no")
        else:
            yield trail.ends("open", f"what attachment {name(attachment)} ({kind}) does with packets")

    def _into(
        self,
        gateway: Resource,
        came_by: Resource,
        attachment: Resource,
        behind: list[Resource],
        target: Spot,
        trail: Trail,
    ) -> Iterator[Way]:
        if not behind:
            lost = self.world.reading.lost(attachment, "resource") or ["not said"]
            yield trail.ends("open", f"the VPC of attachment {name(attachment)} ({lost[0]})")
            return
        subnets = self._in(attachment)
        here_too = any(trail.zone and self.zone(s.urn) == trail.zone for s in subnets)
        if not subnets or (not here_too and self.world.reading.lost(attachment, "subnets")):
            yield trail.ends("open", f"the subnets of attachment {name(attachment)}")
            return
        subnet = next((s for s in subnets if trail.zone and self.zone(s.urn) == trail.zone), subnets[0])
        for known, why in self._references(gateway, came_by, attachment, trail.sender):
            reasons = (*trail.why, why) if why else trail.why
            here = trail._replace(zone=self.zone(subnet.urn), sender=known, why=reasons)
            yield from self._leave(behind[0].urn, subnet.urn, target, here)

    def _references(
        self, gateway: Resource, came_by: Resource, attachment: Resource, sender: bool
    ) -> list[tuple[bool, str]]:
        """Groups are known across the gateway where it and both attachments support references.

        https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
        """
        if not sender:
            return [(False, "")]
        said = [flag(gateway.get("security_group_referencing"), False)]
        said += [flag(a.get("security_group_referencing"), True) for a in (came_by, attachment)]
        if any(one is False for one in said):
            return [(False, "")]
        if all(said):
            return [(True, "")]
        why = f"security group referencing of {name(gateway)}"
        return [(True, why), (False, why)]

    # --- the internet ---------------------------------------------------------------------------------------------

    def _internet_gateway(self, gateway: Resource, vpc: str, target: Spot, trail: Trail) -> Iterator[Way]:
        attached = self.world.reading.attached(gateway)
        if not attached and self.world.reading.lost(gateway, "vpc"):
            yield trail.ends("open", f"the VPC of {name(gateway)}")
        elif attached != vpc:
            yield trail.ends("no")
        else:
            yield from self._out_to_internet(gateway, vpc, target, trail)

    def _out_to_internet(self, gateway: Resource | None, vpc: str, target: Spot, trail: Trail) -> Iterator[Way]:
        """Out by an internet gateway; inside the estate only IPv6 comes back in from there with its own address."""
        if is_written(target.version, target.at):
            yield trail.ends("no")  # nobody on the internet has an address of NAT64
            return
        if target.version == 4 and (not on_internet(4, target.at) or trail.source.vpc != vpc):
            # The gateway maps public addresses to interfaces of its own VPC and to no others.
            yield trail.ends("no")
            return
        yield from self._blocked(vpc, True, trail)
        if self._surely_blocked(vpc, True):
            return
        if gateway is not None and self.world.tables.of_gateway(gateway) is not None:
            yield from self._redirected(gateway, vpc, trail, trail.source)
            if self._leads_aside(gateway, vpc, trail.source):
                return
        trail = trail._replace(sender=False)
        if target.version == 4:
            trail = trail._replace(public=trail.rewriters[-1].host if trail.rewriters else "own")
        if target.vpc == OUTSIDE:
            yield trail.ends("yes")
        elif target.version == 4:
            yield trail.ends("no")
        else:
            yield from self._come_in(target, trail)

    def _egress_only(self, gateway: Resource, vpc: str, target: Spot, trail: Trail) -> Iterator[Way]:
        attached = self.world.reading.attached(gateway)
        if not attached and self.world.reading.lost(gateway, "vpc"):
            yield trail.ends("open", f"the VPC of {name(gateway)}")
        elif attached != vpc or (self.back and vpc not in self.opened) or is_written(target.version, target.at):
            yield trail.ends("no")
        else:
            trail = trail._replace(sender=False, outward=trail.outward | {vpc})
            if target.vpc == OUTSIDE:
                yield trail.ends("yes")
            elif target.version == 4:
                yield trail.ends("no")
            else:
                yield from self._come_in(target, trail)

    def _come_in(self, target: Spot, trail: Trail) -> Iterator[Way]:
        """From the internet to an address the estate has there."""
        vpc = target.vpc
        if vpc == OUTSIDE:
            yield trail.ends("yes")
            return
        if not vpc:
            yield trail.ends("open", "a VPC that is not known")
            return
        if self.back and vpc in self.opened:
            yield self._arrive(vpc, "", target, trail)
            return
        gateway, why = self._gateway(vpc)
        if gateway is None:
            yield trail.ends("open", why) if why else trail.ends("no")
            return
        if why:  # where there is no such gateway the packet ends here, else it goes on
            trail = trail._replace(why=(*trail.why, why))
            yield trail.ends("no")
        own = self.world.reading.ranges(vpc, target.version)
        if not self.back and trail.source.vpc == OUTSIDE and any(a <= trail.source.at <= b for a, b in own):
            # Nobody sends from an address of the VPC itself (VPC_Internet_Gateway.html).
            yield trail.ends("no")
            return
        yield from self._blocked(vpc, False, trail)
        if self._surely_blocked(vpc, False):
            return
        table = self.world.tables.of_gateway(gateway)
        if table is None:
            yield self._arrive(vpc, "", target, trail)
            return
        if doubt := doubtful(table):
            trail = trail._replace(why=(*trail.why, doubt))
            yield self._arrive(vpc, "", target, trail)
        choice = self.world.tables.choose(Table(table.urn), vpc, target.version, target.at)
        if not choice.targets or all(t.to == LOCAL for t in choice.targets):
            yield self._arrive(vpc, "", target, trail)
        else:
            yield trail.ends("open", f"what the middlebox behind {name(gateway)} lets in")

    def _leads_aside(self, gateway: Resource, vpc: str, source: Spot) -> bool:
        table = self.world.tables.of_gateway(gateway)
        if table is None:
            return False
        choice = self.world.tables.choose(Table(table.urn), vpc, source.version, source.at)
        return any(t.to not in (LOCAL, NOWHERE) for t in choice.targets)

    def _redirected(self, gateway: Resource, vpc: str, trail: Trail, source: Spot) -> Iterator[Way]:
        """What a gateway's table sends through a middlebox has to come back through it."""
        if self._leads_aside(gateway, vpc, source):
            yield trail.ends("no")

    def _gateway(self, vpc: str) -> tuple[Resource | None, str]:
        """(the internet gateway of a VPC, why that is open)."""
        reading, estate = self.world.reading, self.estate
        found = estate.holders(vpc, "attached_to", "aws_internet_gateway")
        if found:
            return found[0], doubtful(found[0])
        resource = estate.resources.get(vpc)
        if resource is not None and resource.get("default") is True:
            return resource, ""
        if resource is not None and isinstance(said := resource.get("default"), Unknown):
            return resource, f"whether {name(resource)} is a default VPC ({said})"
        for gateway in estate.of_kind("aws_internet_gateway"):
            if reading.lost(gateway, "vpc") or (
                isinstance(gateway.get("vpc"), Unknown) and not reading.attached(gateway)
            ):
                return None, f"the internet gateway of {vpc}"
        return None, ""

    def _modes(self, vpc: str) -> list[object]:
        resource = self.estate.resources.get(vpc)
        options = self.estate.of_kind("aws_vpc_block_public_access_options")
        if resource is None:
            return []
        return [
            o.get("internet_gateway_block_mode")
            for o in options
            if (o.scope.account, o.scope.region) == (resource.scope.account, resource.scope.region)
        ]

    def _stops(self, mode: object, outward: bool) -> bool:
        return mode not in (None, "off") and not (mode == "block-ingress" and outward != self.back)

    def _spared(self, vpc: str) -> bool:
        every = self.estate.of_kind("aws_vpc_block_public_access_exclusion")
        return bool(every)

    def _surely_blocked(self, vpc: str, outward: bool) -> bool:
        modes = self._modes(vpc)
        known = [m for m in modes if not isinstance(m, Unknown)]
        return not self._spared(vpc) and any(self._stops(m, outward) for m in known)

    def _blocked(self, vpc: str, outward: bool, trail: Trail) -> Iterator[Way]:
        """VPC Block Public Access (vpc/latest/userguide/security-vpc-bpa.html)."""
        for mode in self._modes(vpc):
            unknown = isinstance(mode, Unknown)
            if unknown or self._stops(mode, outward):
                if unknown or self._spared(vpc):
                    yield trail.ends("open", "whether VPC Block Public Access spares this")
                else:
                    yield trail.ends("no")
