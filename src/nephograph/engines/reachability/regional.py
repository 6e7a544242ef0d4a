"""Ways through regional NAT gateways, which stand in a VPC and in no subnet of it.

A zone is served when the gateway has an address there, and every zone is where AWS takes in new ones (until it has,
another zone carries the traffic). Out it leads by a route table of its own, which AWS makes with a route to the
internet gateway; private connectivity it has none, so what else it does is open.
Sources: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html,
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html,
https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nephograph.engines.reachability import internet_gateways
from nephograph.engines.reachability.addresses import BITS, Prefix, prefix
from nephograph.engines.reachability.reading import Reading, doubtful, name
from nephograph.engines.reachability.tables import LOCAL, NOWHERE, UNKNOWN, Table
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

if TYPE_CHECKING:
    from nephograph.engines.reachability.spots import Spot, Trail, Way
    from nephograph.engines.reachability.ways import Ways


def regional(gateway: Resource | None) -> bool:
    """Is it a NAT gateway of a whole VPC?"""
    return gateway is not None and gateway.kind == "aws_nat_gateway" and gateway.get("availability") == "regional"


def serves(gateway: Resource, subnet: Resource | None) -> bool | None:
    """Does the gateway carry what comes from a subnet? None when that is not known."""
    said, automatic = gateway.get("zones"), gateway.get("auto_zones")
    if automatic is True:
        return True
    unsure = isinstance(said, Unknown) or isinstance(automatic, Unknown)
    if automatic is None and not unsure and not said:
        return True
    for item in said if isinstance(said, list) else ():
        known = _compared(item, subnet)
        if known:
            return True
        unsure = unsure or known is None
    return None if unsure else False


def _compared(item: object, subnet: Resource | None) -> bool | None:
    if not isinstance(item, dict) or subnet is None:
        return None
    names = (item.get("zone"), subnet.get("availability_zone")), (item.get("zone_id"), subnet.get("zone_id"))
    return next((a == b for a, b in names if isinstance(a, str) and isinstance(b, str)), None)


def of_estate(reading: Reading) -> tuple[Resource, ...]:
    """The regional gateways of an estate."""
    return tuple(gateway for gateway in reading.estate.of_kind("aws_nat_gateway") if regional(gateway))


def told_apart(gateways: tuple[Resource, ...], subnet: Resource) -> tuple[bool | None, ...]:
    """What regional gateways make of a subnet's zone: part of what tells subnets apart."""
    return tuple(serves(gateway, subnet) for gateway in gateways)


def carry(ways: Ways, gateway: Resource, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
    """From a subnet through the gateway, as far as the internet."""
    reading = ways.world.reading
    own = reading.vpc_of(gateway.urn)
    trail = trail._replace(translated=True)
    if ways.back:
        yield trail.ends("no")
        return
    if not own:
        yield trail.ends("open", f"the VPC of {name(gateway)}")
        return
    served = serves(gateway, ways.estate.resources.get(subnet))
    if own != vpc or not (own == trail.source.vpc or trail.transit) or served is False:
        yield trail.ends("no")
        return
    if served is None:
        trail = trail._replace(why=(*trail.why, f"whether regional NAT gateway {name(gateway)} serves that zone"))
        yield trail.ends("no")
    for way_out, why in _ways_out(ways, gateway, own, target):
        if why:
            yield trail.ends("open", why)
        elif way_out is None:
            yield trail.ends("no")
        else:
            yield from _out(ways, gateway, way_out, own, target, trail)


def _ways_out(ways: Ways, gateway: Resource, vpc: str, target: Spot) -> Iterator[tuple[Resource | None, str]]:
    """(the internet gateway, None for a way that ends; why it is open) of each way the table may lead."""
    other = f"what regional NAT gateway {name(gateway)} does with what is not for the internet"
    table, why = _table(ways, gateway, target)
    if why:
        yield None, why
    elif table is None:
        ranges = ways.world.reading.ranges(vpc, target.version)
        if any(low <= target.at <= high for low, high in ranges):
            yield None, other
        else:
            found, why = internet_gateways.gateway_of(ways, vpc)
            yield found, why if found is None or found.kind == "aws_vpc" else ""
    else:
        choice = ways.world.tables.choose(table, vpc, target.version, target.at, target.vpc)
        if len(choice.targets) > 1:
            yield None, choice.why
            return
        for one in choice.targets:
            if one.to == NOWHERE:
                yield None, ""
            elif one.to == UNKNOWN:
                yield None, one.why
            else:
                found = ways.estate.resources.get(one.to)
                leads = found is not None and found.kind == "aws_internet_gateway"
                yield (found, "") if leads else (None, other)
        if not choice.targets:
            yield None, ""


def _table(ways: Ways, gateway: Resource, target: Spot) -> tuple[Table | None, str]:
    """(the gateway's own table, why it is open); neither when the data does not speak of it."""
    found = ways.estate.holders(gateway.urn, "routes_for", "aws_route_table")
    lost = not found and (ways.world.reading.lost(gateway, "route_table") or _added(gateway, target))
    if lost or (found and doubtful(found[0])):
        return None, f"the route table of regional NAT gateway {name(gateway)}"
    return (Table(found[0].urn) if found else None), ""


def _added(gateway: Resource, target: Spot) -> bool:
    """May a route that was added to the table AWS makes decide about an address?"""
    routes = gateway.get("routes")
    if isinstance(routes, Unknown):
        return True
    read = [prefix(item.get("destination")) if isinstance(item, dict) else None for item in routes or ()]
    return any(one is None or (one.version == target.version and one.holds(target.at)) for one in read)


def added(reading: Reading) -> Iterator[Prefix]:
    """The prefixes of routes that were added to the tables AWS makes for regional gateways."""
    for gateway in of_estate(reading):
        routes = gateway.get("routes")
        for item in routes if isinstance(routes, list) else ():
            one = prefix(item.get("destination")) if isinstance(item, dict) else None
            if one is not None:
                yield one


def _out(ways: Ways, gateway: Resource, way_out: Resource, vpc: str, target: Spot, trail: Trail) -> Iterator[Way]:
    reading = ways.world.reading
    low, high = next(iter(reading.ranges(vpc, 4)), (0, 2 ** BITS[4] - 1))
    edges, _ = ways.world.tables.of_gateway(way_out)
    if any(
        leads.to not in (LOCAL, NOWHERE) and p.low <= high and low <= p.high
        for edge in edges
        if edge is not None
        for p, leads in ways.world.tables.written(Table(edge.urn), vpc, 4)
    ):
        yield trail.ends("open", f"the address of {name(gateway)}")
        return
    if doubt := doubtful(way_out):
        trail = trail._replace(why=(*trail.why, doubt))
        yield trail.ends("no")
    spot = trail.source._replace(vpc=vpc, subnet="", version=4, at=low, host=gateway.urn)
    rewritten = trail._replace(source=spot, rewriters=(*trail.rewriters, spot), sender=False)
    yield from internet_gateways.by_gateway(ways, way_out, vpc, target, rewritten)


def hand_back(ways: Ways, gateway: Resource, source: Spot, target: Spot, trail: Trail) -> Iterator[Way]:
    """An answer from the gateway to the one that asked."""
    table, why = _table(ways, gateway, target)
    if why:
        yield trail.ends("open", why)
    elif table is not None:
        choice = ways.world.tables.choose(table, source.vpc, target.version, target.at, target.vpc)
        yield from ways.along(choice, source.vpc, "", target, trail)
    elif target.vpc == source.vpc:
        yield ways.arrive(source.vpc, "", target, trail)
    else:
        yield trail.ends("open", f"the route table of regional NAT gateway {name(gateway)}")
