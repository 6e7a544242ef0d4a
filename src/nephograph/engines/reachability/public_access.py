"""VPC Block Public Access: one switch of an account and region before every internet gateway.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nephograph.engines.reachability.spots import Trail, Way
from nephograph.model.value import Unknown

if TYPE_CHECKING:
    from nephograph.engines.reachability.ways import Ways


def blocked(ways: Ways, vpc: str, outward: bool, trail: Trail) -> Iterator[Way]:
    """The cases in which a packet ends, or may end, there."""
    for mode in _modes(ways, vpc):
        unknown = isinstance(mode, Unknown)
        if unknown or _stops(ways, mode, outward):
            if unknown or _spared(ways):
                yield trail.ends("open", "whether VPC Block Public Access spares this")
            else:
                yield trail.ends("no")


def surely_blocked(ways: Ways, vpc: str, outward: bool) -> bool:
    """Does no packet get past?"""
    known = [m for m in _modes(ways, vpc) if not isinstance(m, Unknown)]
    return not _spared(ways) and any(_stops(ways, m, outward) for m in known)


def _modes(ways: Ways, vpc: str) -> list[object]:
    resource = ways.estate.resources.get(vpc)
    options = ways.estate.of_kind("aws_vpc_block_public_access_options")
    if resource is None:
        return []
    return [
        o.get("internet_gateway_block_mode")
        for o in options
        if (o.scope.account, o.scope.region) == (resource.scope.account, resource.scope.region)
    ]


def _stops(ways: Ways, mode: object, outward: bool) -> bool:
    return mode not in (None, "off") and not (mode == "block-ingress" and outward != ways.back)


def _spared(ways: Ways) -> bool:
    return bool(ways.estate.of_kind("aws_vpc_block_public_access_exclusion"))
