"""The ends of a packet's way, and where it is when a route is looked up."""

from __future__ import annotations

from typing import NamedTuple

from nephograph.engines.tracer import tables
from nephograph.engines.tracer.places import Interface
from nephograph.model.resource import Resource


class Outside(NamedTuple):
    """An end that is no interface: the internet, a network behind a VPN, a service of AWS, a bare address.

    `ranges` are its addresses as CIDRs (a service or the internet has none written down).
    """

    kind: str
    name: str
    ranges: tuple[str, ...] = ()
    vpc: Resource | None = None


End = Interface | Outside


class Came(NamedTuple):
    """Where a packet is when a route is looked up: the VPC, the subnet it left, the interface that sent it."""

    vpc: Resource | None
    subnet: Resource | None
    interface: Interface | None = None
    table: Resource | None = None
    route: tables.Route | None = None
