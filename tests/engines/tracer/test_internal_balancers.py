"""Balancers that do not face the internet, over IPv6: their addresses are public, their internet gateway is shut."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from estates_in_text import SHARED, ask_text
from test_versions_of_targets import APP, dual
from written_estates import ask, machine

from nephograph.model.value import Reason, Unknown

HOLE = Unknown(Reason.NO_VALUE, "var.scheme")


@pytest.mark.parametrize("kind", ["application", "network"])
@pytest.mark.parametrize(
    ("scheme", "said", "verdict"),
    [
        ("internet-facing", None, "yes"),
        (None, None, "yes"),
        ("internal", None, "no"),
        ("internal", False, "yes"),
        ("internet-facing", True, "no"),
        (HOLE, None, "depends"),
        ("internal", HOLE, "depends"),
    ],
)
def test_an_internal_balancer_takes_nothing_an_internet_gateway_brings(
    kind: str, scheme: Any, said: Any, verdict: str
) -> None:
    """elasticloadbalancing/latest/application|network: ipv6.deny_all_igw_traffic"""
    things = dual(kind)
    things["aws_lb.lb"] |= {"scheme": scheme, "refuses_internet_gateways": said}
    assert ask(things, "2a00::7", APP).verdict == verdict
    assert ask(things, "2a00::7", "aws_lb.lb").verdict == verdict


def test_inside_its_vpc_it_answers_over_ipv6() -> None:
    things = dual("application")
    things["aws_lb.lb"]["scheme"] = "internal"
    machine(things, "client", "other", "10.0.3.10", ipv6_addresses=["2600:1f00:0:2::10"])
    ways = ask(things, "aws_instance.client", APP, port=443).traced
    assert {t.judged.verdict for t in ways if t.candidate.through and t.candidate.version == 6} == {"yes"}


TEXT = """
resource "aws_vpc" "six" {
  cidr_block                       = "10.9.0.0/16"
  assign_generated_ipv6_cidr_block = true
}
resource "aws_internet_gateway" "six" {
  vpc_id = aws_vpc.six.id
}
resource "aws_subnet" "six" {
  vpc_id            = aws_vpc.six.id
  cidr_block        = "10.9.1.0/24"
  ipv6_cidr_block   = "2600:1f00:0:1::/64"
  availability_zone = "eu-west-1a"
}
resource "aws_route_table" "six" {
  vpc_id = aws_vpc.six.id
  route {
    ipv6_cidr_block = "::/0"
    gateway_id      = aws_internet_gateway.six.id
  }
}
resource "aws_route_table_association" "six" {
  subnet_id      = aws_subnet.six.id
  route_table_id = aws_route_table.six.id
}
resource "aws_lb" "lb" {
  load_balancer_type = "network"
  internal           = %s
  ip_address_type    = "dualstack"
  subnets            = [aws_subnet.six.id]
}
resource "aws_lb_listener" "lb" {
  load_balancer_arn = aws_lb.lb.arn
  port              = 443
  protocol          = "TCP"
  default_action {
    type = "forward"
  }
}
"""


@pytest.mark.parametrize(("internal", "verdict"), [("true", "no"), ("false", "yes")])
def test_terraform_of_it(internal: str, verdict: str) -> None:
    assert ask_text(SHARED + TEXT % internal, "2a00::7", "aws_lb.lb").verdict == verdict
