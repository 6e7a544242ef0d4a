"""Which registration a connection goes to: of several groups, of several inner balancers, in which zone."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from estates_in_text import SHARED, ask_text
from test_network_balancers import to
from test_targets_of_balancers import balancer, nested, straight, tasks
from written_estates import Things, ask, machine, subnet, table

from nephograph.model.value import Reason, Unknown

APP = "aws_instance.app"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")


def two_inner(first: int, second: int, **listeners: int) -> Things:
    """A network balancer whose listener leads to two groups, each with an application balancer before one machine."""
    things = nested()
    del things["aws_lb_target_group.outer"], things["aws_lb_listener.outer"]
    inner = things["aws_lb_target_group.inner"]
    balancer(things, "aside", "application", 9090, ["front", "other"])
    things["aws_lb.aside"]["scheme"] = "internal"
    things["aws_lb_target_group.aside"]["targets"] = [dict(inner["targets"][0])]
    groups = []
    for name, target, port in (("one", "inner", first), ("two", "aside", second)):
        targets = [{"target": f"@aws_lb.{target}", "health": "healthy"}]
        things[f"aws_lb_target_group.{name}"] = {
            "vpc": "@aws_vpc.v",
            "target_type": "alb",
            "protocol": "TCP",
            "port": port,
            "targets": targets,
        }
        groups.append({"type": "forward", "target_group": f"@aws_lb_target_group.{name}"})
    things["aws_lb_listener.outer"] = {
        "load_balancer": "@aws_lb.outer",
        "port": 443,
        "protocol": "TCP",
        "actions": groups,
    }
    for name, port in listeners.items():
        things[f"aws_lb_listener.{name}"]["port"] = port
    return things


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (8080, 9090, "yes"),
        # The group's port is that of a listener of its own balancer, not of the other one.
        (9090, 8080, "no"),
        (9090, 9090, "yes"),
        (8080, 8080, "yes"),
        (80, 81, "no"),
    ],
)
def test_of_two_inner_balancers_each_listens_on_the_port_of_its_own_group(
    first: int, second: int, verdict: str
) -> None:
    """elasticloadbalancing/latest/network/application-load-balancer-target.html"""
    assert ask(two_inner(first, second), "internet", APP).verdict == verdict


@pytest.mark.parametrize("closed", ["inner", "aside"])
def test_one_inner_balancer_that_leads_there_is_enough(closed: str) -> None:
    things = two_inner(8080, 9090)
    things[f"aws_security_group.{closed}"]["egress"] = []
    assert ask(things, "internet", APP).verdict == "yes"
    things["aws_security_group.inner"]["egress"] = things["aws_security_group.aside"]["egress"] = []
    assert ask(things, "internet", APP).verdict == "no"


def test_which_inner_balancer_stands_in_a_group_that_is_not_known_is_open_and_each_may() -> None:
    things = two_inner(8080, 9090)
    del things["aws_lb_listener.outer"]["actions"][1]
    things["aws_lb_target_group.one"]["targets"] = HOLE
    for port in (8080, 9090):
        things["aws_lb_target_group.one"]["port"] = port
        found = ask(things, "internet", APP)
        assert found.verdict == "depends", port
    for name in ("inner", "aside"):
        things[f"aws_security_group.{name}"]["egress"] = []
    assert ask(things, "internet", APP).verdict == "no"


def rules(**port: int) -> Things:
    """Tasks behind an application balancer whose default and whose rule lead to groups of different ports."""
    things = tasks()
    things["aws_ecs_service.task"]["load_balancers"] = []
    machine(things, "app", "back", "10.0.2.10")
    for number, (name, at) in enumerate(port.items()):
        things[f"aws_lb_target_group.{name}"] = {
            "vpc": "@aws_vpc.v",
            "protocol": "HTTP",
            "port": at,
            "targets": [{"target": f"@{APP}", "health": "healthy"}],
        }
        forward = [{"type": "forward", "target_group": f"@aws_lb_target_group.{name}"}]
        if number == 0:
            things["aws_lb_listener.web"]["actions"] = forward
        else:
            things["aws_lb_listener_rule.r"] = {
                "listener": "@aws_lb_listener.web",
                "conditions": [],
                "actions": forward,
            }
    return things


@pytest.mark.parametrize(("open_port", "verdict"), [(80, "yes"), (8080, "yes"), (9090, "no")])
def test_a_client_chooses_the_group_by_what_it_asks_for(open_port: int, verdict: str) -> None:
    """elasticloadbalancing/latest/application/listener-rules.html"""
    things = rules(default=80, more=8080)
    things["aws_security_group.app"]["ingress"] = to(open_port, cidr="10.0.0.0/16")
    assert ask(things, "internet", APP).verdict == verdict


def test_a_registration_that_is_not_known_may_be_on_the_port_that_is_open() -> None:
    things = rules(default=80)
    things["aws_security_group.app"]["ingress"] = to(8080, cidr="10.0.0.0/16")
    assert ask(things, "internet", APP).verdict == "no"
    things["aws_lb_target_group.default"]["targets"].append(HOLE)
    assert ask(things, "internet", APP).verdict == "depends"


def elsewhere(outer: list[str], inner: list[str], crossing: bool = False) -> Things:
    """The machine stands in zone c; the balancers have subnets in some of the zones."""
    things = nested()
    subnet(things, "back", "10.0.2.0/24", zone="c")
    subnet(things, "third", "10.0.4.0/24", zone="c")
    table(things, "front", ["front", "other", "third"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    things["aws_lb.outer"]["subnets"] = [f"@aws_subnet.{one}" for one in outer]
    things["aws_lb.inner"]["subnets"] = [f"@aws_subnet.{one}" for one in inner]
    things["aws_lb.outer"]["cross_zone"] = crossing
    return things


@pytest.mark.parametrize(
    ("outer", "inner", "crossing", "verdict"),
    [
        # The outer one need not be in the zone of the machine: it sends to the inner one.
        (["front"], ["front", "third"], False, "yes"),
        (["front"], ["other", "third"], False, "no"),
        (["front", "other"], ["other", "third"], False, "yes"),
        (["front", "other"], ["front"], False, "no"),
        (["front", "other"], ["front", "third"], True, "yes"),
    ],
)
def test_the_zone_of_the_inner_balancer_counts_for_the_outer_one(
    outer: list[str], inner: list[str], crossing: bool, verdict: str
) -> None:
    """elasticloadbalancing/latest/network/application-load-balancer-target.html"""
    assert ask(elsewhere(outer, inner, crossing), "internet", APP).verdict == verdict


@pytest.mark.parametrize(("crossing", "verdict"), [(False, "no"), (True, "yes")])
def test_nodes_of_the_inner_balancer_in_other_zones_are_sent_to_where_zones_are_crossed(
    crossing: bool, verdict: str
) -> None:
    things = elsewhere(["front"], ["front", "third"], crossing)
    things["aws_lb.outer"]["subnets"] = ["@aws_subnet.front", "@aws_subnet.third"]
    table(things, "front", ["front", "other"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    table(things, "third", ["third"], {})
    # The inner node in the zone of the outer one cannot call the machine; the other one can.
    things["aws_security_group.app"]["ingress"] = to(80, cidr="10.0.4.0/24")
    assert ask(things, "internet", APP).verdict == verdict


@pytest.mark.parametrize(("address", "verdict"), [("10.0.2.11", "yes"), ("10.0.2.10", "no")])
def test_the_address_that_is_registered_is_the_one_that_is_sent_to(address: str, verdict: str) -> None:
    """elasticloadbalancing/latest/network/load-balancer-target-groups.html: any private address of a target."""
    things = straight(health="healthy")
    things[APP] |= {"private_ip": None, "private_ips": ["10.0.2.10", "10.0.2.11"]}
    group: dict[str, Any] = {"target_type": "ip", "targets": [{"target": address, "port": 80, "health": "healthy"}]}
    things["aws_lb_target_group.nlb"] |= group
    things["aws_security_group.nlb"] = {"vpc": "@aws_vpc.v", "ingress": [], "egress": to(80, cidr="10.0.2.11/32")}
    things["aws_security_group.nlb"]["ingress"] = to(443, cidr="0.0.0.0/0")
    things["aws_lb.nlb"]["security_groups"] = ["@aws_security_group.nlb"]
    assert ask(things, "internet", APP).verdict == verdict


TEXT = """
resource "aws_lb" "lb" {
  load_balancer_type = "application"
  subnets            = [aws_subnet.front.id]
  security_groups    = [aws_security_group.open.id]
}
resource "aws_lb_listener" "lb" {
  load_balancer_arn = aws_lb.lb.arn
  port              = 443
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.one.arn
  }
}
resource "aws_lb_listener_rule" "lb" {
  listener_arn = aws_lb_listener.lb.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.two.arn
  }
  condition {
    path_pattern {
      values = ["/two/*"]
    }
  }
}
resource "aws_security_group" "narrow" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol    = "tcp"
    from_port   = %s
    to_port     = %s
    cidr_blocks = ["10.0.0.0/16"]
  }
}
resource "aws_instance" "narrow" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.back.id
  vpc_security_group_ids = [aws_security_group.narrow.id]
}
"""
GROUP = """
resource "aws_lb_target_group" "{0}" {{
  vpc_id   = aws_vpc.v.id
  port     = {1}
  protocol = "HTTP"
}}
resource "aws_lb_target_group_attachment" "{0}" {{
  target_group_arn = aws_lb_target_group.{0}.arn
  target_id        = aws_instance.narrow.id
}}
"""


@pytest.mark.parametrize(("port", "verdict"), [(8001, "yes"), (8002, "yes"), (8003, "no")])
def test_terraform_of_a_rule_with_a_group_of_its_own(port: int, verdict: str) -> None:
    text = SHARED + TEXT % (port, port) + GROUP.format("one", 8001) + GROUP.format("two", 8002)
    assert ask_text(text, "internet", "narrow").verdict == verdict
