"""The version of IP that a balancer and the targets of a group speak, whatever the client speaks."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from estates_in_text import SHARED, ask_text
from test_network_balancers import to
from test_targets_of_balancers import balancer, network
from written_estates import ANY, ANY6, Things, ask, machine, table

from nephograph.model.value import Reason, Unknown

APP = "aws_instance.app"
HOLE = Unknown(Reason.NO_VALUE, "var.type")


def dual(kind: str, **group: Any) -> Things:
    """A balancer of both versions before a machine of both."""
    things = network()
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f00::/56"]
    for number, one in enumerate(("front", "back", "other")):
        things[f"aws_subnet.{one}"]["ipv6_cidr"] = f"2600:1f00:0:{number}::/64"
    table(
        things,
        "front",
        ["front", "other"],
        {"0.0.0.0/0": "aws_internet_gateway.g", "::/0": "aws_internet_gateway.g"},
    )
    machine(things, "app", "back", "10.0.2.10", ipv6_addresses=["2600:1f00:0:1::10"])
    balancer(things, "lb", kind, 443, ["front"], **group)
    things["aws_lb.lb"]["ip_address_type"] = "dualstack"
    if kind == "application":
        things["aws_security_group.lb"] |= {"ingress": [ANY, ANY6], "egress": [ANY, ANY6]}
    things["aws_lb_target_group.lb"]["targets"] = [{"target": f"@{APP}", "port": 80, "health": "healthy"}]
    return things


FOUR, SIX = to(80, cidr="10.0.1.0/24"), to(80, cidr="2600:1f00::/64")


@pytest.mark.parametrize("kind", ["application", "network"])
@pytest.mark.parametrize("client", ["198.51.100.7", "2a00::7"])
@pytest.mark.parametrize(
    ("type_", "ingress", "verdict"),
    [
        ("ipv4", FOUR, "yes"),
        (None, FOUR, "yes"),
        ("ipv4", SIX, "no"),
        ("ipv6", SIX, "yes"),
        ("ipv6", FOUR, "no"),
        (HOLE, FOUR, "depends"),
        (HOLE, [*FOUR, *SIX], "yes"),
    ],
)
def test_the_group_says_which_address_of_the_target_is_called(
    kind: str, client: str, type_: Any, ingress: Any, verdict: str
) -> None:
    """elasticloadbalancing/latest/network|application/load-balancer-target-groups.html: IP address type."""
    things = dual(kind, ip_address_type=type_, target_type="ip", preserve_client_ip=False)
    things["aws_security_group.app"]["ingress"] = ingress
    assert ask(things, client, APP).verdict == verdict


@pytest.mark.parametrize(
    ("type_", "client", "lets", "verdict"),
    [
        ("ipv4", "198.51.100.7", "198.51.100.0/24", "yes"),
        ("ipv4", "2a00::7", "2a00::/16", "no"),
        ("ipv4", "2a00::7", "10.0.1.0/24", "yes"),
        ("ipv6", "198.51.100.7", "198.51.100.0/24", "no"),
        ("ipv6", "198.51.100.7", "2600:1f00::/64", "yes"),
        ("ipv6", "2a00::7", "2a00::/16", "yes"),
    ],
)
def test_the_client_s_address_is_kept_where_the_versions_agree(
    type_: str, client: str, lets: str, verdict: str
) -> None:
    """elasticloadbalancing/latest/network/edit-target-group-attributes.html"""
    things = dual("network", ip_address_type=type_, target_type="ip", preserve_client_ip=True)
    things["aws_security_group.app"]["ingress"] = to(80, cidr=lets)
    assert ask(things, client, APP).verdict == verdict


def test_a_balancer_without_ipv6_does_not_reach_a_group_of_ipv6() -> None:
    things = dual("network", ip_address_type="ipv6", target_type="ip")
    things["aws_lb.lb"]["ip_address_type"] = "ipv4"
    found = ask(things, "internet", APP)
    assert found.verdict == "no"
    hops = [walk.forward[-1] for way in found.traced for walk in way.cases.walks]
    assert any(hop.reason == "nobody-home" and "IPv6" in hop.text for hop in hops)


@pytest.mark.parametrize(
    ("type_", "address", "verdict"),
    [("ipv4", "10.0.2.10", "yes"), ("ipv6", "2600:1f00:0:1::10", "yes"), ("ipv4", "2600:1f00:0:1::10", "no")],
)
def test_a_target_may_be_named_by_an_address_of_either_version(type_: str, address: str, verdict: str) -> None:
    things = dual("application", ip_address_type=type_, target_type="ip")
    things["aws_lb_target_group.lb"]["targets"] = [{"target": address, "port": 80, "health": "healthy"}]
    assert ask(things, "internet", APP).verdict == verdict


@pytest.mark.parametrize(("said", "verdict"), [(None, "yes"), (True, "yes"), (False, "yes")])
@pytest.mark.parametrize("protocol", ["UDP", "TCP_UDP"])
def test_for_udp_nobody_can_turn_it_off(protocol: str, said: bool | None, verdict: str) -> None:
    """elasticloadbalancing/latest/network/edit-target-group-attributes.html"""
    things = dual("network", protocol=protocol, target_type="ip", preserve_client_ip=said)
    things["aws_lb_listener.lb"]["protocol"] = protocol
    things["aws_security_group.app"]["ingress"] = [{**ANY, "cidr": "198.51.100.0/24"}]
    assert ask(things, "198.51.100.7", APP, "udp").verdict == verdict


TEXT = """
resource "aws_vpc" "six" {
  cidr_block                       = "10.9.0.0/16"
  assign_generated_ipv6_cidr_block = true
}
resource "aws_subnet" "six" {
  vpc_id            = aws_vpc.six.id
  cidr_block        = "10.9.1.0/24"
  ipv6_cidr_block   = "2600:1f00:0:1::/64"
  availability_zone = "eu-west-1a"
}
resource "aws_security_group" "six" {
  vpc_id = aws_vpc.six.id
  ingress {
    protocol         = "tcp"
    from_port        = 80
    to_port          = 80
    ipv6_cidr_blocks = ["2600:1f00:0:1::/64"]
  }
  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }
}
resource "aws_security_group" "free" {
  vpc_id = aws_vpc.six.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }
}
resource "aws_instance" "behind" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.six.id
  private_ip             = "10.9.1.10"
  ipv6_addresses         = ["2600:1f00:0:1::10"]
  vpc_security_group_ids = [aws_security_group.six.id]
}
resource "aws_instance" "asks" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.six.id
  vpc_security_group_ids = [aws_security_group.free.id]
}
resource "aws_lb" "lb" {
  load_balancer_type = "application"
  internal           = true
  ip_address_type    = "dualstack"
  subnets            = [aws_subnet.six.id]
  security_groups    = [aws_security_group.free.id]
}
resource "aws_lb_target_group" "six" {
  vpc_id      = aws_vpc.six.id
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  %s
}
resource "aws_lb_target_group_attachment" "six" {
  target_group_arn = aws_lb_target_group.six.arn
  target_id        = "%s"
}
resource "aws_lb_listener" "lb" {
  load_balancer_arn = aws_lb.lb.arn
  port              = 443
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.six.arn
  }
}
"""


@pytest.mark.parametrize(
    ("type_", "target", "verdict"),
    [('ip_address_type = "ipv6"', "2600:1f00:0:1::10", "yes"), ("", "10.9.1.10", "no")],
)
def test_terraform_of_it(type_: str, target: str, verdict: str) -> None:
    assert ask_text(SHARED + TEXT % (type_, target), "asks", "behind").verdict == verdict
