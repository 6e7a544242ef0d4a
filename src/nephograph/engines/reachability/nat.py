"""NAT gateways of a subnet: their address becomes the source, and the rest of the way starts where they stand.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nephograph.engines.reachability import regional
from nephograph.engines.reachability.nat64 import FIRST, is_written
from nephograph.engines.reachability.reading import name, state_of
from nephograph.engines.reachability.spots import OUTSIDE, Spot, Trail, Way
from nephograph.model.resource import Resource

if TYPE_CHECKING:
    from nephograph.engines.reachability.ways import Ways


def follow(ways: Ways, gateway: Resource, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
    """A route leads to a NAT gateway."""
    state, unsure = state_of(gateway, "state")
    if state not in (None, "available", "pending"):
        yield trail.ends("no")
        return
    if unsure:
        trail = trail._replace(why=(*trail.why, unsure))
        yield trail.ends("no")
    if target.version == 6:
        # Of IPv6 it carries addresses of NAT64 alone, as IPv4.
        if not is_written(6, target.at) or target.vpc != OUTSIDE:
            yield trail.ends("no")
            return
        target = target._replace(version=4, at=target.at - FIRST)
    if regional.regional(gateway):
        yield from regional.carry(ways, gateway, vpc, subnet, target, trail)
        return
    found = ways.of_owner.get(gateway.urn)
    if not found:
        yield trail.ends("open", f"which subnet NAT gateway {name(gateway)} stands in")
        return
    nat = found[0]
    if not nat.vpc:
        yield trail.ends("open", f"the VPC of {name(gateway)}")
        return
    own = nat.vpc == trail.source.vpc or trail.transit
    if ways.back or nat.vpc != vpc or not own or target.version not in nat.addresses:
        yield trail.ends("no")
        return
    places = nat.addresses[target.version]
    if subnet != nat.subnet:
        trail = trail.crosses(nat.subnet, "ingress", trail.source.at)
    at = places[0][0]
    if len(places) > 1 or ways.decides(places[0], target.version):
        trail = trail._replace(why=(*trail.why, f"the address of {name(gateway)}"))
        yield trail.ends("open")
        return
    spot = Spot(nat.vpc, nat.subnet, target.version, at, nat.urn)
    rewritten = trail._replace(source=spot, rewriters=(*trail.rewriters, spot), sender=False)
    yield from ways.leave(nat.vpc, nat.subnet, target, rewritten)
