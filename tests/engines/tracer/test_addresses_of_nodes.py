"""Which of the addresses that are said of a balancer or a gateway is whose, where a range of a subnet is not known."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from estates_in_text import SHARED, ask_text
from test_network_balancers import to
from test_targets_of_balancers import balancer, network
from written_estates import Things, ask, machine, table

from nephograph.model.value import Reason, Unknown

HOLE = Unknown(Reason.NO_VALUE, "var.cidr")
CLIENT, APP = "aws_instance.client", "aws_instance.app"


def said(addresses: list[str], subnets: list[str], *unknown: str) -> Things:
    """A balancer with fixed addresses before a machine that lets in 10.0.1.9 alone; ranges of subnets are not known."""
    things = network()
    machine(things, "app", "back", "10.0.2.10")
    machine(things, "client", "back", "10.0.2.20")
    balancer(things, "nlb", "network", 443, subnets, target_type="ip")
    things["aws_lb.nlb"] |= {"private_ips": addresses, "cross_zone": True}
    things["aws_lb_target_group.nlb"]["targets"] = [{"target": f"@{APP}", "port": 80, "health": "healthy"}]
    things["aws_security_group.app"]["ingress"] = to(80, cidr="10.0.1.9/32")
    for one in unknown:
        things[f"aws_subnet.{one}"]["cidr"] = HOLE
    return things


@pytest.mark.parametrize(
    ("addresses", "subnets", "unknown", "verdict"),
    [
        (["10.0.1.9"], ["front"], [], "yes"),
        (["10.0.1.9"], ["front"], ["front"], "yes"),
        (["10.0.1.8"], ["front"], ["front"], "no"),
        # The other one lies in a subnet whose range is known.
        (["10.0.3.9", "10.0.1.9"], ["front", "other"], ["front"], "yes"),
        (["10.0.1.9", "10.0.3.9"], ["front", "other"], ["front", "other"], "depends"),
        (["10.0.1.9"], ["front", "other"], ["front", "other"], "depends"),
    ],
)
def test_a_node_has_the_address_that_is_said_whatever_the_range_of_its_subnet(
    addresses: list[str], subnets: list[str], unknown: list[str], verdict: str
) -> None:
    things = said(addresses, subnets, *unknown)
    assert ask(things, CLIENT, APP).verdict == verdict
    # Who asks for the address asks for the balancer.
    found = ask(things, CLIENT, addresses[-1] if addresses[-1].startswith("10.0.1.") else "10.0.1.9")
    assert found.verdict == ("depends" if len(unknown) > 1 else "yes")


def test_an_address_may_be_of_a_subnet_whose_range_is_not_known() -> None:
    things = said([], ["front"], "front")
    for source, target in ((CLIENT, "10.0.9.9"), ("10.0.9.9", CLIENT)):
        found = ask(things, source, target)
        why = "the range of subnet front is not known (var.cidr: variable without a value)"
        assert (found.verdict, found.depends_on) == ("depends", (f"what has the address 10.0.9.9: {why}",))
    assert ask(said([], ["front"]), CLIENT, "10.0.9.9").verdict == "no"


def test_a_nat_gateway_has_the_address_that_is_said() -> None:
    things = network()
    machine(things, "app", "front", "10.0.1.10")
    machine(things, "client", "back", "10.0.2.20")
    things["aws_nat_gateway.n"] = {"subnet": "@aws_subnet.other", "private_ip": "10.0.3.7", "connectivity": "private"}
    things["aws_subnet.other"]["cidr"] = HOLE
    table(things, "back", ["back"], {"10.0.1.0/24": "aws_nat_gateway.n"})
    for cidr, verdict in (("10.0.3.7/32", "yes"), ("10.0.3.8/32", "no")):
        things["aws_security_group.app"]["ingress"] = to(443, cidr=cidr)
        assert ask(things, CLIENT, APP).verdict == verdict


TEXT = """
variable "range" {}
resource "aws_subnet" "nodes" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = %s
  availability_zone = "eu-west-1a"
}
resource "aws_lb" "lb" {
  load_balancer_type = "network"
  internal           = true
  subnet_mapping {
    subnet_id            = aws_subnet.nodes.id
    private_ipv4_address = "10.0.7.9"
  }
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


@pytest.mark.parametrize("cidr", ['"10.0.7.0/24"', "var.range"])
def test_terraform_of_it(cidr: Any) -> None:
    assert ask_text(SHARED + TEXT % cidr, "app", "10.0.7.9").verdict == "yes"
