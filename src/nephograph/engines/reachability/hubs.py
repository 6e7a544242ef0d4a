"""Transit gateways on the way: into one from a subnet, by its tables, and out of one into a subnet.

Sources: https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html,
https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html,
https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nephograph.engines.reachability.reading import Reading, doubtful, flag, name
from nephograph.engines.reachability.spots import MOST_HOPS, Spot, Trail, Way
from nephograph.engines.reachability.transit import NO_TABLE, dead, kind_of
from nephograph.model.resource import Resource

if TYPE_CHECKING:
    from nephograph.engines.reachability.ways import Ways


class Hubs:
    """Which attachments a VPC has to a gateway, and which subnets they stand in; what was asked once is kept."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._attachments: dict[tuple[str, str], list[Resource]] = {}
        self._standing: dict[str, list[Resource]] = {}

    def attached(self, gateway: Resource, vpc: str) -> list[Resource]:
        """The attachments of a VPC to a gateway."""
        key = (gateway.urn, vpc)
        if key not in self._attachments:
            held = self.reading.estate.holders(gateway.urn, "attached_to", "aws_ec2_transit_gateway_attachment")
            reading = self.reading
            self._attachments[key] = [a for a in held if vpc in {r.urn for r in reading.linked(a, "attaches")}]
        return self._attachments[key]

    def subnets(self, attachment: Resource) -> list[Resource]:
        """The subnets an attachment stands in."""
        if attachment.urn not in self._standing:
            self._standing[attachment.urn] = self.reading.estate.targets(attachment.urn, "in_subnet", "aws_subnet")
        return self._standing[attachment.urn]


def follow(ways: Ways, gateway: Resource, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
    """A route of a VPC leads to the gateway."""
    reading, estate = ways.world.reading, ways.estate
    own = ways.hubs.attached(gateway, vpc)
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
    subnets = [s.urn for s in ways.hubs.subnets(attachment)]
    zone = ways.zone(subnet)
    zones = {ways.zone(s): s for s in subnets}
    entered = subnet if subnet in subnets else zones.get(zone) if zone else None
    if entered is None and reading.lost(attachment, "subnets"):
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
    may = [s for s in subnets if not zone or not ways.zone(s)] if subnet else []
    for one in [entered] if entered is not None or not may else may:
        here = trail.crosses(one, "ingress", trail.source.at) if one is not None else trail
        yield from _by_table(ways, gateway, attachment, target, here._replace(transit=True))


def _by_table(ways: Ways, gateway: Resource, attachment: Resource, target: Spot, trail: Trail) -> Iterator[Way]:
    """From one attachment to the one its table names."""
    if trail.hops > MOST_HOPS:
        yield trail.ends("no")
        return
    trail = trail._replace(hops=trail.hops + 1)
    tables, why = ways.world.transit.tables(gateway, attachment)
    if why:
        trail = trail._replace(why=(*trail.why, why))
    for table in tables:
        if table == NO_TABLE:
            yield trail.ends("no")
            continue
        hops = ways.world.transit.choose(gateway, table, target.version, target.at, target.vpc)
        unsure = trail.why
        if len(hops) > 1:
            doubts = dict.fromkeys(hop.doubt for hop in hops if hop.doubt)
            unsure = (*unsure, *(doubts or (f"which route of {name(gateway)} applies",)))
        for hop in hops:
            here = trail._replace(why=unsure)
            if hop.why:
                yield here.ends("open", hop.why)
            elif not hop.attachment:
                yield here.ends("no")
            else:
                yield from _out(ways, gateway, attachment, ways.estate.resources[hop.attachment], target, here)


def _out(
    ways: Ways, gateway: Resource, came_by: Resource, attachment: Resource, target: Spot, trail: Trail
) -> Iterator[Way]:
    reading = ways.world.reading
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
        yield from _into(ways, gateway, came_by, attachment, behind, target, trail)
    elif kind == "peering":
        ends = [*reading.linked(attachment, "attached_to"), *behind]
        other = next((e for e in ends if e is not gateway and e.kind == "aws_ec2_transit_gateway"), None)
        if other is None:
            yield trail.ends("open", f"the transit gateway on the other side of {name(attachment)}")
        else:
            yield from _by_table(ways, other, attachment, target, trail._replace(sender=False))
    elif kind in ("vpn", "direct-connect-gateway"):
        yield trail.ends("no")
    else:
        yield trail.ends("open", f"what attachment {name(attachment)} ({kind}) does with packets")


def _into(
    ways: Ways,
    gateway: Resource,
    came_by: Resource,
    attachment: Resource,
    behind: list[Resource],
    target: Spot,
    trail: Trail,
) -> Iterator[Way]:
    reading = ways.world.reading
    if not behind:
        lost = reading.lost(attachment, "resource") or ["not said"]
        yield trail.ends("open", f"the VPC of attachment {name(attachment)} ({lost[0]})")
        return
    subnets = ways.hubs.subnets(attachment)
    here_too = any(trail.zone and ways.zone(s.urn) == trail.zone for s in subnets)
    if not subnets or (not here_too and reading.lost(attachment, "subnets")):
        yield trail.ends("open", f"the subnets of attachment {name(attachment)}")
        return
    near = [s for s in subnets if trail.zone and ways.zone(s.urn) == trail.zone]
    may = near[:1] or subnets
    which = f"by which subnet of attachment {name(attachment)} {name(gateway)} hands packets over"
    for known, why in _references(gateway, came_by, attachment, trail.sender):
        reasons = (*trail.why, *filter(None, (why, which if len(may) > 1 else "")))
        for subnet in may:
            here = trail._replace(zone=ways.zone(subnet.urn), sender=known, why=reasons)
            yield from ways.leave(behind[0].urn, subnet.urn, target, here)


def _references(gateway: Resource, came_by: Resource, attachment: Resource, sender: bool) -> list[tuple[bool, str]]:
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
