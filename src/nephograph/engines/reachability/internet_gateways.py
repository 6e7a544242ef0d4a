"""Internet gateways and egress-only ones: out of a VPC, and from the internet into one.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html,
https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html,
https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nephograph.engines.reachability.addresses import on_internet
from nephograph.engines.reachability.nat64 import is_written
from nephograph.engines.reachability.public_access import blocked, surely_blocked
from nephograph.engines.reachability.reading import doubtful, name
from nephograph.engines.reachability.spots import OUTSIDE, Spot, Trail, Way
from nephograph.engines.reachability.tables import LOCAL, NOWHERE, UNKNOWN, Choice, Table, Target
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

if TYPE_CHECKING:
    from nephograph.engines.reachability.ways import Ways


def follow(ways: Ways, gateway: Resource, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
    """A route leads to an internet gateway."""
    attached = ways.world.reading.attached(gateway)
    if not attached and ways.world.reading.lost(gateway, "vpc"):
        yield trail.ends("open", f"the VPC of {name(gateway)}")
    elif attached != vpc:
        yield trail.ends("no")
    else:
        yield from out_to_internet(ways, gateway, vpc, target, trail)


def by_gateway(ways: Ways, gateway: Resource, vpc: str, target: Spot, trail: Trail) -> Iterator[Way]:
    """Out by a gateway that something in no subnet leads to; the VPC itself stands for that of a default VPC."""
    if gateway.kind == "aws_internet_gateway":
        yield from follow(ways, gateway, vpc, "", target, trail)
    else:
        yield from out_to_internet(ways, None, vpc, target, trail)


def out_to_internet(ways: Ways, gateway: Resource | None, vpc: str, target: Spot, trail: Trail) -> Iterator[Way]:
    """Out by an internet gateway; inside the estate only IPv6 comes back in from there with its own address."""
    if is_written(target.version, target.at):
        yield trail.ends("no")  # nobody on the internet has an address of NAT64
        return
    if target.version == 4 and (not on_internet(4, target.at) or trail.source.vpc != vpc):
        # The gateway maps public addresses to interfaces of its own VPC and to no others.
        yield trail.ends("no")
        return
    yield from blocked(ways, trail.source._replace(vpc=vpc), True, trail)
    if surely_blocked(ways, trail.source._replace(vpc=vpc), True):
        return
    # What a gateway's table sends through a middlebox has to come back through it.
    aside, why = _leads_aside(ways, gateway, vpc, trail.source) if gateway is not None else (False, "")
    if aside is not False:
        trail = trail._replace(why=(*trail.why, why)) if why else trail
        yield trail.ends("no")
        if aside:
            return
    trail = trail._replace(sender=False)
    if target.version == 4:
        trail = trail._replace(public=trail.rewriters[-1].host if trail.rewriters else "own")
    if target.vpc == OUTSIDE:
        yield trail.ends("yes")
    elif target.version == 4:
        yield trail.ends("no")
    else:
        yield from come_in(ways, target, trail)


def follow_egress_only(
    ways: Ways, gateway: Resource, vpc: str, subnet: str, target: Spot, trail: Trail
) -> Iterator[Way]:
    """A route leads to an egress-only gateway: connections out, and the answers to them in."""
    attached = ways.world.reading.attached(gateway)
    if not attached and ways.world.reading.lost(gateway, "vpc"):
        yield trail.ends("open", f"the VPC of {name(gateway)}")
    elif attached != vpc or (ways.back and vpc not in ways.opened) or is_written(target.version, target.at):
        yield trail.ends("no")
    else:
        yield from blocked(ways, trail.source._replace(vpc=vpc), True, trail, only_out=True)
        if surely_blocked(ways, trail.source._replace(vpc=vpc), True, only_out=True):
            return
        trail = trail._replace(sender=False, outward=trail.outward | {vpc})
        if target.vpc == OUTSIDE:
            yield trail.ends("yes")
        elif target.version == 4:
            yield trail.ends("no")
        else:
            yield from come_in(ways, target, trail)


def come_in(ways: Ways, target: Spot, trail: Trail) -> Iterator[Way]:
    """From the internet to an address the estate has there."""
    vpc = target.vpc
    if vpc == OUTSIDE:
        yield trail.ends("yes")
        return
    if not vpc:
        yield trail.ends("open", target.doubt or "a VPC that is not in the data")
        return
    if ways.back and vpc in ways.opened:
        yield ways.arrive(vpc, "", target, trail)
        return
    gateway, why = gateway_of(ways, vpc)
    if gateway is None:
        yield trail.ends("open", why) if why else trail.ends("no")
        return
    if why:  # where there is no such gateway the packet ends here, else it goes on
        trail = trail._replace(why=(*trail.why, why))
        yield trail.ends("no")
    own = ways.world.reading.ranges(vpc, target.version)
    if not ways.back and trail.source.vpc == OUTSIDE and any(a <= trail.source.at <= b for a, b in own):
        # Nobody sends from an address of the VPC itself (VPC_Internet_Gateway.html).
        yield trail.ends("no")
        return
    yield from blocked(ways, target, False, trail)
    if surely_blocked(ways, target, False):
        return
    tables, why = ways.world.tables.of_gateway(gateway)
    if why:
        trail = trail._replace(why=(*trail.why, why))
    for table in tables:
        choice = _choice(ways, table, vpc, target)
        if choice is None or not choice.targets or all(t.to == LOCAL for t in choice.targets):
            yield ways.arrive(vpc, "", target, trail)
        else:
            yield trail.ends("open", f"what the middlebox behind {name(gateway)} lets in")


def _choice(ways: Ways, table: Resource | None, vpc: str, end: Spot) -> Choice | None:
    """What the table of a gateway does with what comes in for somebody."""
    if table is None:
        return None
    return ways.world.tables.choose(Table(table.urn), vpc, end.version, end.at, end.vpc)


def _leads_aside(ways: Ways, gateway: Resource, vpc: str, source: Spot) -> tuple[bool | None, str]:
    """(does the gateway lead what comes in for somebody through a middlebox, why that is open)."""
    tables, why = ways.world.tables.of_gateway(gateway)
    found: set[bool | None] = set()
    for table in tables:
        choice = _choice(ways, table, vpc, source)
        for one in choice.targets if choice is not None and choice.targets else (Target(LOCAL),):
            found.add(None if one.to == UNKNOWN else one.to not in (LOCAL, NOWHERE))
        why = why or (choice.why if choice is not None else "")
    return (found.pop(), why) if len(found) == 1 else (None, why)


def gateway_of(ways: Ways, vpc: str) -> tuple[Resource | None, str]:
    """(the internet gateway of a VPC, why that is open); a default VPC, whose gateway AWS makes, stands for its own."""
    reading, estate = ways.world.reading, ways.estate
    found = estate.holders(vpc, "attached_to", "aws_internet_gateway")
    if found:
        return found[0], doubtful(found[0])
    resource = estate.resources.get(vpc)
    if resource is not None and resource.get("default") is True:
        return resource, ""
    if resource is not None and isinstance(said := resource.get("default"), Unknown):
        return resource, f"whether {name(resource)} is a default VPC ({said})"
    for gateway in estate.of_kind("aws_internet_gateway"):
        if reading.lost(gateway, "vpc") or (isinstance(gateway.get("vpc"), Unknown) and not reading.attached(gateway)):
            return None, f"the internet gateway of {vpc}"
    return None, ""
