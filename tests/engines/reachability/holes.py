"""Estates with pieces missing: what a random estate says is taken away or made unknown, one piece at a time."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

from random_networks import Things

from nephograph.model.value import Reason, Unknown


def unknown(what: str) -> Unknown:
    """A value nobody told."""
    return Unknown(Reason.NO_VALUE, what)


def _of(things: Things, kind: str) -> list[str]:
    return [key for key in things if key.startswith(f"{kind}.")]


def _items(things: Things, kind: str, *fields: str) -> list[dict[str, Any]]:
    return [
        item
        for key in _of(things, kind)
        for field in fields
        for item in (things[key].get(field) or ())
        if isinstance(item, dict)
    ]


def _drop(kind: str) -> Callable[[random.Random, Things], bool]:
    """Something of a kind is not in the data, though others refer to it."""

    def hole(chance: random.Random, things: Things) -> bool:
        held = _of(things, kind)
        if held:
            del things[chance.choice(held)]
        return bool(held)

    return hole


def _blank(kind: str, fields: tuple[str, ...], key: str, value: Any) -> Callable[[random.Random, Things], bool]:
    """One part of one item is not known, or names what is not in the data."""

    def hole(chance: random.Random, things: Things) -> bool:
        held = [item for item in _items(things, kind, *fields) if item.get(key) is not None]
        if held:
            chance.choice(held)[key] = value
        return bool(held)

    return hole


def _field(kind: str, field: str, value: Any) -> Callable[[random.Random, Things], bool]:
    def hole(chance: random.Random, things: Things) -> bool:
        held = [key for key in _of(things, kind) if field in things[key]]
        if held:
            things[chance.choice(held)][field] = value
        return bool(held)

    return hole


def _said(kind: str, field: str, value: Any) -> Callable[[random.Random, Things], bool]:
    """A field that may not have been there is said, and is not known."""

    def hole(chance: random.Random, things: Things) -> bool:
        held = _of(things, kind)
        if held:
            things[chance.choice(held)][field] = value
        return bool(held)

    return hole


def _element(kind: str, field: str, value: Any) -> Callable[[random.Random, Things], bool]:
    """One element of a list as a whole."""

    def hole(chance: random.Random, things: Things) -> bool:
        held = [key for key in _of(things, kind) if things[key].get(field)]
        if held:
            items = things[chance.choice(held)][field]
            items[chance.randrange(len(items))] = value
        return bool(held)

    return hole


RULES = ("ingress", "egress")
HOLES: dict[str, Callable[[random.Random, Things], bool]] = {
    "a peering that is not in the data": _drop("aws_vpc_peering_connection"),
    "the far side of a peering": _field("aws_vpc_peering_connection", "peer_vpc", "@aws_vpc.elsewhere"),
    "a transit gateway that is not in the data": _drop("aws_ec2_transit_gateway"),
    "an attachment that is not in the data": _drop("aws_ec2_transit_gateway_attachment"),
    "a NAT gateway that is not in the data": _drop("aws_nat_gateway"),
    "an internet gateway that is not in the data": _drop("aws_internet_gateway"),
    "a prefix list that is not in the data": _drop("aws_ec2_managed_prefix_list"),
    "a group that is not in the data": _drop("aws_security_group"),
    "a rule for a group of an unknown account": _blank("aws_security_group", RULES, "group", "999900001111/sg-0abc"),
    "a rule whose range is not known": _blank("aws_security_group", RULES, "cidr", unknown("var.range")),
    "a rule whose protocol is not known": _blank("aws_security_group", RULES, "protocol", unknown("var.protocol")),
    "rules that are not known": _field("aws_security_group", "ingress", unknown("var.rules")),
    "an entry of a list whose range is not known": _blank("aws_network_acl", RULES, "cidr", unknown("var.range")),
    "an entry of a list whose action is not known": _blank("aws_network_acl", RULES, "action", unknown("var.action")),
    "a route whose target is not known": _blank("aws_route_table", ("routes",), "target", unknown("var.target")),
    "a route whose range is not known": _blank("aws_route_table", ("routes",), "destination", unknown("var.range")),
    "routes that are not known": _field("aws_route_table", "routes", unknown("var.routes")),
    "routes of a hub that are not known": _field(
        "aws_ec2_transit_gateway_route_table", "routes", unknown("var.routes")
    ),
    "a route of a hub that is not known": _element(
        "aws_ec2_transit_gateway_route_table", "routes", unknown("var.route")
    ),
    "whether a VPC is a default one": _said("aws_vpc", "default", unknown("var.default")),
    "an IPv6 address that is not known": _said("aws_instance", "ipv6_addresses", [unknown("var.address")]),
    "the IPv6 range of a subnet": _field("aws_subnet", "ipv6_cidr", unknown("var.range")),
    "the range of a subnet": _field("aws_subnet", "cidr", unknown("var.range")),
    "entries of a list that are not known": _field("aws_network_acl", "ingress", unknown("var.rules")),
    "an entry of a list whose number is not known": _blank("aws_network_acl", RULES, "number", unknown("var.number")),
    "a rule whose port is not known": _blank("aws_security_group", RULES, "to_port", unknown("var.port")),
    "health that is not known": _blank("aws_lb_target_group", ("targets",), "health", unknown("health")),
    "an address that is not known": _field("aws_instance", "private_ip", unknown("address")),
}


def with_hole(seed: int, things: Things, name: str) -> Things | None:
    """The estate without one piece; None when it has none of that kind."""
    again = copy.deepcopy(things)
    return again if HOLES[name](random.Random(seed), again) else None
