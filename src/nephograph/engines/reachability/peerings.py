"""Peering: between two VPCs and no further.

Source: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nephograph.engines.reachability.reading import name, state_of
from nephograph.engines.reachability.spots import Spot, Trail, Way
from nephograph.model.resource import Resource

if TYPE_CHECKING:
    from nephograph.engines.reachability.ways import Ways


def follow(ways: Ways, peering: Resource, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
    """A route leads across to the other VPC."""
    reading = ways.world.reading
    status, unsure = state_of(peering, "status")
    if status not in (None, "active"):
        yield trail.ends("no")
        return
    if unsure:
        trail = trail._replace(why=(*trail.why, unsure))
        yield trail.ends("no")
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
            told = not reading.lost_ranges(end, target.version)
            if ranges and told and not any(low <= value <= high for low, high in ranges):
                yield trail.ends("no")
                return
        near, away = ways.estate.resources[vpc], ways.estate.resources[far[0]]
        known = trail.sender and near.scope.region == away.scope.region
        yield ways.arrive(far[0], "", target, trail._replace(sender=known))
