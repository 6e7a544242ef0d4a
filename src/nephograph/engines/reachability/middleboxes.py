"""Machines that forward what is not for themselves, where their source/destination check lets them.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nephograph.engines.reachability.reading import flag, name
from nephograph.engines.reachability.spots import Spot, Trail, Way
from nephograph.model.resource import Resource

if TYPE_CHECKING:
    from nephograph.engines.reachability.ways import Ways


def follow(ways: Ways, box: Resource, vpc: str, subnet: str, target: Spot, trail: Trail) -> Iterator[Way]:
    """A route leads to a machine."""
    estate = ways.estate
    own = estate.targets(box.urn, "uses_interface", "aws_network_interface")
    users = estate.holders(box.urn, "uses_interface", "aws_instance")
    said = own[0].get("source_dest_check") if own else box.get("source_dest_check")
    if said is None:
        said = next((r.get("source_dest_check") for r in (box, *users)), None)
    if flag(said, True) is True:
        yield trail.ends("no")
    else:
        yield trail.ends("open", f"what the middlebox {name(box)} forwards")
