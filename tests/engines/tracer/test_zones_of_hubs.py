"""By which of several subnets a transit gateway hands a packet over, where no zone says it."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_numbers import hub
from written_estates import Things, ask, deny, guard, subnet, table

V, W = "aws_instance.v", "aws_instance.w"


def two_subnets(zone: Any, others: tuple[str, str] = ("b", "c")) -> Things:
    """`v` stands in a zone; `w` is attached in two subnets of other zones, of which one refuses what `v` sends."""
    things = hub()
    things["aws_subnet.v"]["availability_zone"] = zone
    for number, name in enumerate(others):
        subnet(things, f"x{number}", f"10.1.{7 + number}.0/24", vpc="w", zone=name)
    table(things, "x", ["x0", "x1"], {"10.0.0.0/16": "aws_ec2_transit_gateway.t"}, vpc="w")
    things["aws_subnet.w"]["availability_zone"] = f"eu-west-1{others[0]}"
    return things


def attached(things: Things, *subnets: str) -> Things:
    things["aws_ec2_transit_gateway_attachment.w"]["subnets"] = [f"@aws_subnet.{one}" for one in subnets]
    return things


def shut(things: Things, name: str) -> Things:
    guard(things, name, [], deny("10.1.1.10/32"))
    return things


WHICH = "by which subnet of attachment w t hands packets over: nothing says it"


@pytest.mark.parametrize("zone", ["eu-west-1a", None])
@pytest.mark.parametrize("order", [("x0", "x1"), ("x1", "x0")])
def test_where_no_subnet_is_in_the_zone_it_depends_on_the_one_that_is_taken(zone: Any, order: tuple[str, str]) -> None:
    """vpc/latest/tgw/how-transit-gateways-work.html"""
    found = ask(attached(two_subnets(zone), *order), V, W)
    assert found.forward.verdict == "yes"
    for name in ("x0", "x1"):
        found = ask(attached(shut(two_subnets(zone), name), *order), V, W)
        assert (found.verdict, found.depends_on) == ("depends", (WHICH,)), name
    both = attached(shut(shut(two_subnets(zone), "x0"), "x1"), *order)
    assert ask(both, V, W).verdict == "no"


@pytest.mark.parametrize(("closed", "verdict"), [("x0", "yes"), ("x1", "no")])
def test_the_subnet_in_the_zone_of_the_sender_is_taken_where_there_is_one(closed: str, verdict: str) -> None:
    things = attached(shut(two_subnets("eu-west-1c"), closed), "x0", "x1")
    assert ask(things, V, W).forward.verdict == verdict


def test_one_subnet_alone_is_the_one() -> None:
    assert ask(attached(two_subnets("eu-west-1a"), "x0"), V, W).forward.verdict == "yes"
    assert ask(attached(shut(two_subnets("eu-west-1a"), "x0"), "x0"), V, W).verdict == "no"


@pytest.mark.parametrize("order", [("x0", "x1"), ("x1", "x0")])
def test_by_which_subnet_a_sender_without_a_zone_comes_to_the_gateway_is_open(order: tuple[str, str]) -> None:
    things = two_subnets(None)
    subnet(things, "y0", "10.0.7.0/24", vpc="v", zone="b")
    subnet(things, "y1", "10.0.8.0/24", vpc="v", zone="c")
    names = [one.replace("x", "y") for one in order]
    things["aws_ec2_transit_gateway_attachment.v"]["subnets"] = [f"@aws_subnet.{one}" for one in names]
    attached(things, "x0")
    guard(things, "y1", deny("10.0.1.10/32"), [])
    found = ask(things, V, W)
    assert found.verdict == "depends"
    assert "by which subnet of attachment v t takes packets of subnet v: its zone is not known" in found.depends_on
