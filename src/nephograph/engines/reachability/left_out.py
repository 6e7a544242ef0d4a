"""What an estate has that all pairs do not speak of: counted and named, so that nobody takes silence for a no.

Sources: https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.sipp-caveats.html,
https://docs.aws.amazon.com/vpc/latest/privatelink/what-is-privatelink.html,
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-secondary-ip-addresses.html
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nephograph.engines.reachability.addresses import prefix
from nephograph.engines.reachability.engine import Reachability
from nephograph.engines.reachability.reading import name
from nephograph.model.resource import Resource


class LeftOut(NamedTuple):
    """Something that is not among the pairs: in a word, in a sentence's words, and the names of what there is of it."""

    kind: str
    what: str
    names: tuple[str, ...]


def left_out(found: Reachability) -> tuple[LeftOut, ...]:
    """Everything of the estate that pairs of interfaces leave out, sorted by kind."""
    estate = found.estate
    endpoints = estate.of_kind("aws_vpc_endpoint")
    parts = (
        LeftOut(
            "accelerators",
            "what clients are led to by Global Accelerator",
            _named(estate.of_kind("aws_globalaccelerator_accelerator")),
        ),
        LeftOut("premises", "networks behind VPN and Direct Connect", _named(_lines(found))),
        LeftOut(
            "services",
            "services of AWS, by gateway endpoints and interface endpoints",
            _named(e for e in endpoints if e.get("type") != "GatewayLoadBalancer"),
        ),
        LeftOut(
            "privatelink",
            "what stands behind services of PrivateLink",
            _named(estate.of_kind("aws_vpc_endpoint_service")),
        ),
        LeftOut(
            "balancers",
            "connections through balancers, beyond the leg to one and the leg from it",
            _named([*estate.of_kind("aws_lb"), *estate.of_kind("aws_elb")]),
        ),
        LeftOut("addresses", "further addresses of an interface, beside its first one", _several(found)),
    )
    return tuple(sorted(part for part in parts if part.names))


def _lines(found: Reachability) -> list[Resource]:
    kinds = ("aws_vpn_connection", "aws_dx_gateway_association")
    return [resource for kind in kinds for resource in found.estate.of_kind(kind)]


def _several(found: Reachability) -> tuple[str, ...]:
    """Interfaces that are said to have more than one address of a version."""
    resources = found.estate.resources
    held = {i.eni or i.owner for i in found.inventory.all.values()}
    singles = [resources[urn] for urn in sorted(held) if resources[urn].kind in _SINGLE]
    return _named(resource for resource in singles if _more_than_one(resource))


_SINGLE = ("aws_instance", "aws_network_interface")
"""Kinds whose addresses are all of one interface: those of a balancer's nodes stand in one list."""


def _more_than_one(resource: Resource) -> bool:
    for field in ("private_ips", "ipv6_addresses"):
        said = resource.get(field)
        single = [p for text in said if (p := prefix(text)) and p.low == p.high] if isinstance(said, list) else []
        if len(single) > 1:
            return True
    return False


def _named(resources: Iterable[Resource]) -> tuple[str, ...]:
    return tuple(sorted(name(resource) for resource in resources))
