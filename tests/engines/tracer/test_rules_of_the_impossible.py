"""What AWS refuses: ranges that overlap or lie outside, two of what there is one of, ports in the wrong order."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import ANY, Things, neighbours, subnet, table, world

from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.malformed import malformed
from nephograph.model.value import Reason, Unknown

HOLE = Unknown(Reason.NO_VALUE, "var.hole")


def codes(things: Things) -> list[str]:
    return [one.code for one in malformed(Ground(world(things)))]


@pytest.mark.parametrize(
    ("ranges", "found"),
    [
        (("10.0.2.0/24", "10.0.3.0/24"), []),
        (("10.0.2.0/25", "10.0.2.128/25"), []),
        (("10.0.2.0/24", "10.0.2.128/25"), ["overlapping-subnets"]),
        (("10.0.2.128/25", "10.0.2.0/24"), ["overlapping-subnets"]),
        (("10.0.2.0/24", "10.0.2.255/32"), ["overlapping-subnets"]),
        (("10.0.2.0/24", "10.0.2.0/24"), ["overlapping-subnets"]),
        (("10.0.9.0/24", "10.0.2.0/24"), []),
        ((HOLE, "10.0.2.0/24"), []),
    ],
)
def test_subnets_of_a_vpc_share_no_address(ranges: tuple[Any, Any], found: list[str]) -> None:
    """vpc/latest/userguide/subnet-sizing.html"""
    things = neighbours()
    for name, cidr in zip("cd", ranges, strict=True):
        subnet(things, name, cidr)
    assert codes(things) == found
    # Subnets of two VPCs may.
    things["aws_vpc.w"] = {"cidrs": ["10.0.0.0/16"]}
    things["aws_subnet.d"]["vpc"] = "@aws_vpc.w"
    assert codes(things) == []


def test_of_overlapping_subnets_the_one_that_begins_first_is_named_first() -> None:
    things = neighbours()
    subnet(things, "later", "10.0.2.128/25")
    subnet(things, "first", "10.0.2.0/24")
    (one,) = malformed(Ground(world(things)))
    assert one.text == "subnets first and later overlap"
    assert one.location is not None
    assert one.location.file.startswith("aws_subnet.later")


@pytest.mark.parametrize(
    ("cidr", "found"),
    [
        ("10.0.2.0/24", []),
        ("10.0.0.0/30", ["overlapping-subnets"]),
        ("10.0.255.0/24", []),
        ("10.1.0.0/24", ["outside-vpc"]),
        ("9.255.255.0/24", ["outside-vpc"]),
        ("9.0.0.0/8", ["outside-vpc"]),
        ("10.5.0.0/16", []),
    ],
)
def test_a_subnet_lies_inside_a_range_of_its_vpc(cidr: str, found: list[str]) -> None:
    things = neighbours()
    things["aws_vpc.v"]["cidrs"].append("10.5.0.0/16")
    subnet(things, "c", cidr)
    assert codes(things) == found


def test_a_subnet_as_wide_as_its_vpc_lies_inside_and_a_wider_one_does_not() -> None:
    for cidr, found in (("10.0.0.0/16", []), ("10.0.0.0/15", ["outside-vpc"]), ("10.0.0.0/8", ["outside-vpc"])):
        things: Things = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}}
        subnet(things, "c", cidr)
        assert codes(things) == found
        things["aws_vpc.v"]["cidrs"] = ["10.0.0.0/16", HOLE]
        assert codes(things) == []


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({"protocol": "tcp", "from_port": 80, "to_port": 443}, []),
        ({"protocol": "tcp", "from_port": 443, "to_port": 443}, []),
        ({"protocol": "tcp", "from_port": 443, "to_port": 80}, ["bad-ports"]),
        ({"protocol": "udp", "from_port": 1, "to_port": 0}, ["bad-ports"]),
        # -1 means every port, and other protocols have types in the place of ports.
        ({"protocol": "tcp", "from_port": 0, "to_port": -1}, []),
        ({"protocol": "icmp", "from_port": 8, "to_port": 0}, []),
        ({"protocol": "all", "from_port": 8, "to_port": 0}, []),
        ({"protocol": "tcp", "from_port": HOLE, "to_port": 0}, []),
        ({"protocol": "tcp", "from_port": 8, "to_port": HOLE}, []),
    ],
)
def test_the_lower_port_of_a_rule_comes_first(rule: dict[str, Any], found: list[str]) -> None:
    things = neighbours()
    things["aws_security_group.a"]["ingress"] = [{**ANY, **rule}]
    assert codes(things) == found


def test_rules_of_a_list_have_numbers_of_their_own_in_each_direction() -> None:
    """vpc/latest/userguide/nacl-rules.html"""
    things = neighbours()
    rules = [{**ANY, "number": number, "action": "allow"} for number in (100, 110)]
    acl: dict[str, Any] = {"vpc": "@aws_vpc.v", "subnets": [], "ingress": rules, "egress": rules}
    things["aws_network_acl.l"] = acl
    assert codes(things) == []
    acl["ingress"] = [*rules, {**rules[0], "action": "deny"}]
    (one,) = malformed(Ground(world(things)))
    assert (one.code, one.text) == ("same-number", "l has two ingress rules with number 100")
    acl["ingress"] = [rules[0], rules[0], rules[0]]
    assert codes(things) == ["same-number", "same-number"]
    acl["ingress"] = [{**rules[0], "number": HOLE}, {**rules[0], "number": None}, {**rules[0], "number": HOLE}]
    assert codes(things) == []


@pytest.mark.parametrize(
    ("routes", "found"),
    [
        ([("0.0.0.0/0", False), ("::/0", False), ("10.9.0.0/16", False)], []),
        ([("10.9.0.0/16", False), ("10.9.0.0/16", False)], ["same-destination"]),
        ([("10.9.0.0/16", False), ("10.9.1.1/16", False)], ["same-destination"]),
        ([("10.9.0.0/16", False), ("10.9.0.0/17", False)], []),
        # What is learnt may say the same again: the written one goes first.
        ([("10.9.0.0/16", False), ("10.9.0.0/16", True)], []),
        ([("10.9.0.0/16", True), ("10.9.0.0/16", False)], []),
        ([("10.9.0.0/16", True), ("10.9.0.0/16", True)], []),
    ],
)
def test_a_table_has_one_written_route_for_a_destination(routes: list[tuple[str, bool]], found: list[str]) -> None:
    """vpc/latest/userguide/subnet-route-tables.html"""
    things = neighbours()
    things["aws_route_table.m"]["routes"] = [
        {"destination": to, "target": "@aws_internet_gateway.g", "propagated": learnt} for to, learnt in routes
    ]
    assert codes(things) == found


def test_a_subnet_has_one_route_table() -> None:
    things = neighbours()
    table(things, "one", ["a"], {})
    assert codes(things) == []
    table(things, "two", ["a"], {})
    assert codes(things) == ["two-tables"]


@pytest.mark.parametrize("field", ["ingress", "egress"])
def test_ranges_that_are_none_are_named_wherever_they_stand(field: str) -> None:
    things = neighbours()
    things["aws_security_group.a"][field] = [{**ANY, "cidr": "10.0.0.0/33"}]
    assert codes(things) == ["bad-range"]
    things = neighbours()
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f00::/129"]
    things["aws_subnet.a"]["ipv6_cidr"] = "nothing"
    things["aws_route_table.m"]["routes"] = [{"destination": "10.0.0/8", "target": None}]
    assert codes(things) == ["bad-range", "bad-range", "bad-range"]
