"""Where a regional NAT gateway has addresses: by hand zone by zone, or as AWS tells them address by address.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html,
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGatewayAddress.html
"""

from __future__ import annotations

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader
from nephograph.catalog.readers import each, first_of, says

_GOING = frozenset(("failed", "disassociating", "unassigning"))
"""States of an address that carries no new connection."""


def zones(by_hand: str, described: str = "") -> Reader:
    """The zones that are written by hand; where a state also says what was made of it (`described`), that."""
    written = each(by_hand, _written)

    def read(document: Cursor) -> Tree:
        said = document.at(by_hand)
        made = document.at(described) if described else None
        if made is not None and isinstance(made.value, list) and made.value:
            return _together(made)
        return written(document) if says(said) else None

    return read


def listed(mode: str, addresses: str) -> Reader:
    """The zones of a described gateway; of a zonal one the zone of an address says nothing new."""

    def read(document: Cursor) -> Tree:
        regional = document.at(mode).value == "regional"
        return _together(document.at(addresses)) if regional and says(document.at(addresses)) else None

    return read


def automatic(mode: str, by_hand: str, described: str = "") -> Reader:
    """Does AWS take a regional gateway into new zones? It does where nobody writes zones by hand."""

    def read(document: Cursor) -> Tree:
        said = document.at(described) if described else None
        blocks = document.at(by_hand) if by_hand else None
        if said is not None and isinstance(said.value, str) and said.value:
            return said.be(said.value == "enabled")
        if blocks is None or document.at(mode).value != "regional":
            return None
        return blocks if blocks.unknown else document.be(not says(blocks))

    return read


def _written(block: Cursor) -> dict[str, Tree]:
    return {**_named(block), "addresses": first_of(block, "allocation_ids", "AllocationIds")}


def _named(block: Cursor) -> dict[str, Tree]:
    return {
        "zone": first_of(block, "availability_zone", "AvailabilityZone"),
        "zone_id": first_of(block, "availability_zone_id", "AvailabilityZoneId"),
    }


def _together(blocks: Cursor) -> Tree:
    """One item a zone, of blocks that each hold one address."""
    if blocks.unknown:
        return blocks
    found: dict[tuple[str, str], list[Cursor]] = {}
    for block in blocks.each():
        if first_of(block, "status", "Status").value not in _GOING:
            zone = first_of(block, "availability_zone", "AvailabilityZone")
            other = first_of(block, "availability_zone_id", "AvailabilityZoneId")
            found.setdefault((str(zone.value), str(other.value)), []).append(block)
    return [_zone(group) for group in found.values()] or None


def _zone(blocks: list[Cursor]) -> dict[str, Tree]:
    addresses = [first_of(one, "allocation_id", "AllocationId") for one in blocks]
    public = [first_of(one, "public_ip", "PublicIp") for one in blocks]
    return {
        **_named(blocks[0]),
        "addresses": [one for one in addresses if says(one)] or None,
        "public_ips": [one for one in public if says(one)] or None,
    }
