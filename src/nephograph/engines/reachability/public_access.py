"""VPC Block Public Access: one switch of an account and region before internet gateways, and what it spares.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nephograph.engines.reachability.reading import doubtful, name
from nephograph.engines.reachability.spots import Spot, Trail, Way
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

if TYPE_CHECKING:
    from nephograph.engines.reachability.ways import Ways

_GONE = ("delete-complete", "create-failed", "delete-in-progress", "create-in-progress")


def blocked(ways: Ways, spot: Spot, outward: bool, trail: Trail, only_out: bool = False) -> Iterator[Way]:
    """The cases in which a packet ends, or may end, there. `spot` is the one in the VPC, `only_out` an egress-only
    gateway."""
    for stops, why in _judged(ways, spot, outward, only_out):
        if stops:
            yield trail.ends("open", why) if why else trail.ends("no")


def surely_blocked(ways: Ways, spot: Spot, outward: bool, only_out: bool = False) -> bool:
    """Does no packet get past?"""
    return any(stops and not why for stops, why in _judged(ways, spot, outward, only_out))


def _judged(ways: Ways, spot: Spot, outward: bool, only_out: bool) -> Iterator[tuple[bool, str]]:
    """(does a switch stop it, why that is open) for every switch."""
    started_inside = outward != ways.back
    resource = ways.estate.resources.get(spot.vpc)
    for options in ways.estate.of_kind("aws_vpc_block_public_access_options"):
        here = (options.scope.account, options.scope.region)
        if resource is None or here != (resource.scope.account, resource.scope.region):
            continue
        mode = options.get("internet_gateway_block_mode")
        why = f"whether VPC Block Public Access is off ({mode})" if isinstance(mode, Unknown) else ""
        if not why and mode in (None, "off"):
            continue
        # What may only start connections is let out where nothing is let in.
        if not why and mode == "block-ingress" and started_inside and (only_out or _is_nat(ways, spot)):
            continue
        spared, doubt = _spared(ways, spot, started_inside)
        if not spared:
            yield True, why or doubt


def _is_nat(ways: Ways, spot: Spot) -> bool:
    owner = ways.estate.resources.get(spot.host.partition("#")[0])
    return owner is not None and owner.kind == "aws_nat_gateway"


def _spared(ways: Ways, spot: Spot, started_inside: bool) -> tuple[bool, str]:
    """(does an exclusion spare the spot, why that is open)."""
    doubt = ""
    for exclusion in ways.estate.of_kind("aws_vpc_block_public_access_exclusion"):
        mode = exclusion.get("mode")
        lets = mode == "allow-bidirectional" or (mode == "allow-egress" and started_inside)
        if exclusion.get("state") in _GONE or not (lets or isinstance(mode, Unknown)):
            continue
        where = _where(ways, exclusion, spot)
        if where is None:
            continue
        why = where or doubtful(exclusion) or ("" if lets else f"the mode of exclusion {name(exclusion)} ({mode})")
        if not why:
            return True, ""
        doubt = doubt or why
    return False, doubt


def _where(ways: Ways, exclusion: Resource, spot: Spot) -> str | None:
    """ "" when an exclusion is for the spot's VPC or subnet, None when it is for another one, else why that is open."""
    reading = ways.world.reading
    spares = [one.urn for one in reading.linked(exclusion, "spares")]
    if spares:
        return "" if spot.vpc in spares or (spot.subnet and spot.subnet in spares) else None
    lost = [*reading.lost(exclusion, "vpc"), *reading.lost(exclusion, "subnet")]
    return f"what exclusion {name(exclusion)} spares ({lost[0]})" if lost else None
