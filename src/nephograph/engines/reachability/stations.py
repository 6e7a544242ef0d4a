"""Subnets in which something stands that hands on what is not for itself.

What it hands to somebody in its own subnet crosses no border, so no list is asked.
Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

from __future__ import annotations

from nephograph.engines.reachability.interfaces import Inventory
from nephograph.engines.reachability.reading import Reading, flag
from nephograph.engines.reachability.spots import Spot
from nephograph.model.resource import Resource

_KINDS = (
    "aws_ec2_transit_gateway_attachment",
    "aws_nat_gateway",
    "aws_networkfirewall_firewall",
    "aws_vpc_endpoint",
)


class Stations:
    """Where transit gateways, NAT gateways, firewalls, endpoints and machines that forward stand."""

    def __init__(self, reading: Reading, inventory: Inventory) -> None:
        self.reading = reading
        self._subnets: set[str] = set()
        self._vpcs: set[str] = set()
        """VPCs in which one stands nobody knows where; "" for any VPC."""
        for kind in _KINDS:
            for resource in reading.estate.of_kind(kind):
                self._add(resource)
        for interface in inventory.all.values():
            own = reading.estate.resources.get(interface.eni or interface.owner)
            if own is not None and flag(own.get("source_dest_check"), True) is not True:
                self._subnets.add(interface.subnet)
                if not interface.subnet:
                    self._vpcs.add(interface.vpc)

    def _add(self, resource: Resource) -> None:
        reading = self.reading
        self._subnets |= {subnet.urn for subnet in reading.estate.targets(resource.urn, "in_subnet", "aws_subnet")}
        if reading.lost(resource, "subnets") or reading.lost(resource, "subnet"):
            behind = reading.linked(resource, "attaches")
            self._vpcs.add(behind[0].urn if behind else reading.vpc_of(resource.urn))

    def may_be_in(self, spot: Spot) -> bool:
        """May one of them stand in the subnet of a spot?"""
        return spot.subnet in self._subnets or not self._vpcs.isdisjoint(("", spot.vpc))
