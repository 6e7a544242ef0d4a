"""Packets from an address of a VPC that nothing of the data is known to have, on their way out of the VPC."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from estates_in_text import SHARED, ask_text
from test_targets_of_balancers import network
from written_estates import Things, ask, deny, guard, machine, subnet, table

BARE, HIDDEN = "10.0.1.77", "10.0.2.77"
WHO = "what has the address {} in {}, and its security groups"
PUBLIC = "whether {} has a public address"


def exits() -> Things:
    """`front` leads to the internet, `back` by a NAT gateway in `front`; another VPC has a machine of its own."""
    things = network()
    things["aws_nat_gateway.n"] = {"subnet": "@aws_subnet.front"}
    table(things, "back", ["back"], {"0.0.0.0/0": "aws_nat_gateway.n"})
    things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"]}
    things["aws_internet_gateway.h"] = {"vpc": "@aws_vpc.w"}
    subnet(things, "far", "10.1.1.0/24", vpc="w")
    table(things, "far", ["far"], {"0.0.0.0/0": "aws_internet_gateway.h"}, vpc="w")
    machine(things, "far", "far", "10.1.1.10", public_ip="198.51.100.9")
    return things


@pytest.mark.parametrize("target", ["internet", "203.0.113.9", "aws_instance.far", "198.51.100.9"])
def test_by_an_internet_gateway_it_depends_on_a_public_address_too(target: str) -> None:
    found = ask(exits(), BARE, target)
    assert found.verdict == "depends"
    assert set(found.depends_on) <= {WHO.format(BARE, "front"), PUBLIC.format(BARE)}
    assert PUBLIC.format(BARE) in found.depends_on
    assert any(hop.component == "aws_internet_gateway.g" for hop in found.forward.hops)


@pytest.mark.parametrize("target", ["internet", "203.0.113.9", "aws_instance.far", "198.51.100.9"])
def test_by_a_nat_gateway_of_its_vpc_it_depends_on_who_sends_alone(target: str) -> None:
    found = ask(exits(), HIDDEN, target)
    assert found.verdict == "depends"
    assert WHO.format(HIDDEN, "back") in found.depends_on
    assert not any("public address" in text and "10.0." in text for text in found.depends_on)
    assert any(hop.component == "aws_nat_gateway.n" for hop in found.forward.hops)


def test_a_nat_gateway_of_another_vpc_serves_nobody_else_still() -> None:
    things = exits()
    things["aws_vpc_peering_connection.p"] = {"vpc": "@aws_vpc.v", "peer_vpc": "@aws_vpc.w"}
    things["aws_nat_gateway.far"] = {"subnet": "@aws_subnet.far"}
    table(things, "back", ["back"], {"203.0.113.0/24": "aws_vpc_peering_connection.p"})
    assert ask(things, HIDDEN, "203.0.113.9").verdict == "no"


def test_it_comes_in_by_the_gateway_of_the_other_vpc() -> None:
    """Who asks by a gateway of its own is another matter: that one leads into its own VPC alone."""
    things = exits()
    found = ask(things, "aws_internet_gateway.g", "aws_instance.far")
    assert (found.verdict, found.forward.dropped_at) == ("no", "aws_internet_gateway.g")
    del things["aws_internet_gateway.g"]
    table(things, "front", ["front", "other"], {})
    assert ask(things, BARE, "aws_instance.far").verdict == "no"


def test_an_ipv6_address_needs_no_other_one() -> None:
    things = exits()
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f00::/56"]
    things["aws_subnet.front"]["ipv6_cidr"] = "2600:1f00:0:1::/64"
    table(things, "front", ["front", "other"], {"::/0": "aws_internet_gateway.g"})
    found = ask(things, "2600:1f00:0:1::77", "internet")
    assert (found.verdict, found.depends_on) == ("depends", (WHO.format("2600:1f00:0:1::77", "front"),))
    found = ask(things, "internet", "2600:1f00:0:1::77")
    assert (found.verdict, found.depends_on) == ("depends", (WHO.format("2600:1f00:0:1::77", "front"),))
    things["aws_vpc_block_public_access_options.o"] = {"internet_gateway_block_mode": "block-bidirectional"}
    for source, target in (("2600:1f00:0:1::77", "internet"), ("internet", "2600:1f00:0:1::77")):
        found = ask(things, source, target)
        assert (found.verdict, found.forward.dropped_at) == ("no", "aws_internet_gateway.g")


def test_answers_come_back_to_the_public_address_it_may_have() -> None:
    found = ask(exits(), BARE, "internet")
    written = [hop.component for hop in (*found.forward.hops, *found.back.hops) if hop.reason == "one-to-one"]
    assert written == ["aws_internet_gateway.g", "aws_internet_gateway.g"]
    things = exits()
    guard(things, "front", deny("203.0.113.0/24"), [])
    assert ask(things, BARE, "203.0.113.9").verdict == "no"


def test_terraform_of_it() -> None:
    nat = """
resource "aws_nat_gateway" "n" {
  subnet_id = aws_subnet.front.id
}
resource "aws_route_table" "back" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.n.id
  }
}
resource "aws_route_table_association" "back" {
  subnet_id      = aws_subnet.back.id
  route_table_id = aws_route_table.back.id
}
"""
    assert ask_text(SHARED + nat, HIDDEN, "internet").verdict == "depends"
    assert ask_text(SHARED, HIDDEN, "internet").verdict == "no"
