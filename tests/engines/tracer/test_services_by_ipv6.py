"""Services of AWS for who has IPv6 alone: by NAT64, by endpoints of that version, by nothing else."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from estates_in_text import SHARED, ask_text
from test_nat64 import NAT64, six_alone
from written_estates import ANY, ANY6, Things, ask, deny, guard, table

from nephograph.model.value import Reason, Unknown

A = "aws_instance.a"
HOLE = Unknown(Reason.NO_VALUE, "var.type")


def test_who_has_ipv6_alone_finds_services_by_nat64() -> None:
    """vpc/latest/userguide/nat-gateway-nat64-dns64.html"""
    things = six_alone()
    found = ask(things, A, "sqs")
    assert found.verdict == "yes"
    assert found.candidate is not None
    assert getattr(found.candidate.goal, "ranges", ()) == (NAT64,)
    assert [hop.kind for hop in found.forward.hops if hop.decision == "rewrites"] == ["NAT gateway", "internet gateway"]
    assert [hop.kind for hop in found.back.hops if hop.decision == "rewrites"] == ["internet gateway", "NAT gateway"]
    table(things, "a", ["a"], {})
    assert ask(things, A, "sqs").verdict == "no"


@pytest.mark.parametrize(("field", "verdict"), [("front", "no"), ("a", "no")])
def test_lists_on_the_way_are_asked_in_the_version_they_see(field: str, verdict: str) -> None:
    things = six_alone()
    guard(things, field, [], deny("0.0.0.0/0" if field == "front" else "64:ff9b::/96"))
    assert ask(things, A, "sqs").verdict == verdict


def test_nothing_but_a_nat_gateway_translates() -> None:
    things = six_alone()
    table(things, "a", ["a"], {NAT64: "aws_internet_gateway.g"})
    found = ask(things, A, "sqs")
    assert found.verdict == "no"
    hops = [walk.forward[-1] for way in found.traced for walk in way.cases.walks]
    assert any("no NAT gateway has translated it" in hop.text for hop in hops)


def gateway_endpoint(type_: Any, *tables: str) -> Things:
    """A gateway endpoint in route tables, for who has both versions and no other way out."""
    things = six_alone()
    table(things, "a", ["a"], {NAT64: "aws_nat_gateway.n"} if "front" in tables else {})
    table(things, "front", ["front"], {})
    things["aws_security_group.a"]["egress"] = [ANY6] if "front" in tables else [ANY, ANY6]
    things["aws_vpc_endpoint.s3"] = {
        "vpc": "@aws_vpc.v",
        "type": "Gateway",
        "service": "com.amazonaws.eu-west-1.s3",
        "route_tables": [f"@aws_route_table.{one}" for one in tables],
        "ip_address_type": type_,
    }
    return things


@pytest.mark.parametrize(
    ("type_", "four", "six"),
    [
        (None, "yes", "no"),
        ("ipv4", "yes", "no"),
        ("ipv6", "no", "yes"),
        ("dualstack", "yes", "yes"),
        (HOLE, "depends", "depends"),
    ],
)
def test_a_gateway_endpoint_carries_the_versions_of_its_type(type_: Any, four: str, six: str) -> None:
    """vpc/latest/privatelink/gateway-endpoints.html: IP address type."""
    for rules, verdict in (([ANY], four), ([ANY6], six)):
        things = gateway_endpoint(type_, "a")
        things["aws_security_group.a"]["egress"] = rules
        assert ask(things, A, "s3").verdict == verdict, rules


@pytest.mark.parametrize(("type_", "verdict"), [("ipv4", "yes"), ("ipv6", "no")])
def test_behind_the_nat_gateway_an_endpoint_of_its_table_takes_what_is_ipv4_again(type_: str, verdict: str) -> None:
    assert ask(gateway_endpoint(type_, "front"), A, "s3").verdict == verdict


def test_no_endpoint_takes_addresses_of_nat64() -> None:
    things = gateway_endpoint("dualstack", "a")
    table(things, "a", ["a"], {NAT64: "aws_nat_gateway.n"})
    table(things, "front", ["front"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    ways = [t for t in ask(things, A, "s3").traced if getattr(t.candidate.goal, "ranges", ()) == (NAT64,)]
    hops = {hop.component for way in ways for walk in way.cases.walks for hop in walk.forward}
    assert ways
    assert "aws_vpc_endpoint.s3" not in hops


@pytest.mark.parametrize(
    ("type_", "four", "six"),
    [
        (None, "yes", "no"),
        ("ipv4", "yes", "no"),
        ("dualstack", "yes", "yes"),
        ("ipv6", "no", "yes"),
        (HOLE, "depends", "depends"),
    ],
)
def test_an_interface_endpoint_has_addresses_of_its_type(type_: Any, four: str, six: str) -> None:
    """vpc/latest/privatelink/create-interface-endpoint.html"""
    for rules, verdict in (([ANY], four), ([ANY6], six)):
        things = six_alone()
        table(things, "a", ["a"], {})
        things["aws_subnet.front"]["ipv6_cidr"] = "2600:1f00:0:5::/64"
        things["aws_security_group.e"] = {"vpc": "@aws_vpc.v", "ingress": [ANY, ANY6], "egress": []}
        things["aws_vpc_endpoint.sqs"] = {
            "vpc": "@aws_vpc.v",
            "type": "Interface",
            "service": "com.amazonaws.eu-west-1.sqs",
            "subnets": ["@aws_subnet.front"],
            "security_groups": ["@aws_security_group.e"],
            "ip_address_type": type_,
        }
        things["aws_security_group.a"]["egress"] = rules
        assert ask(things, A, "sqs").verdict == verdict, rules


TEXT = """
resource "aws_vpc" "six" {
  cidr_block                       = "10.9.0.0/16"
  assign_generated_ipv6_cidr_block = true
}
resource "aws_internet_gateway" "six" {
  vpc_id = aws_vpc.six.id
}
resource "aws_subnet" "six" {
  vpc_id                                         = aws_vpc.six.id
  ipv6_cidr_block                                = "2600:1f00:0:1::/64"
  ipv6_native                                    = true
  enable_dns64                                   = true
  enable_resource_name_dns_aaaa_record_on_launch = true
  assign_ipv6_address_on_creation                = true
  availability_zone                              = "eu-west-1a"
}
resource "aws_subnet" "nat" {
  vpc_id            = aws_vpc.six.id
  cidr_block        = "10.9.2.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_nat_gateway" "six" {
  subnet_id = aws_subnet.nat.id
}
resource "aws_route_table" "nat" {
  vpc_id = aws_vpc.six.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.six.id
  }
}
resource "aws_route_table_association" "nat" {
  subnet_id      = aws_subnet.nat.id
  route_table_id = aws_route_table.nat.id
}
resource "aws_route_table" "six" {
  vpc_id = aws_vpc.six.id
  %s
}
resource "aws_route_table_association" "six" {
  subnet_id      = aws_subnet.six.id
  route_table_id = aws_route_table.six.id
}
resource "aws_security_group" "six" {
  vpc_id = aws_vpc.six.id
  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    ipv6_cidr_blocks = ["::/0"]
  }
}
resource "aws_instance" "six" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.six.id
  ipv6_address_count     = 1
  vpc_security_group_ids = [aws_security_group.six.id]
}
"""
ROUTE = """route {
    ipv6_cidr_block = "64:ff9b::/96"
    nat_gateway_id  = aws_nat_gateway.six.id
  }"""


@pytest.mark.parametrize(("route", "verdict"), [(ROUTE, "yes"), ("", "no")])
def test_terraform_of_it(route: str, verdict: str) -> None:
    assert ask_text(SHARED + TEXT % route, "aws_instance.six", "sqs").verdict == verdict


def test_an_address_in_a_vpc_whose_range_is_not_known_is_one_case() -> None:
    """The range AWS assigns is not known before it is applied: what is in the VPC is, wherever in its subnet it is."""
    found = ask_text(SHARED + TEXT % ROUTE, "aws_instance.six", "internet")
    assert (found.verdict, found.depends_on) == ("yes", ())
    assert max(len(way.cases.walks) for way in found.traced) < 20
