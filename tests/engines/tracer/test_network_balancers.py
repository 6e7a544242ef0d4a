"""Network Load Balancers that keep the client's address: their own groups, and the groups of who stands behind."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from estates_in_text import SHARED, ask_text
from test_targets_of_balancers import balancer, network
from written_estates import ANY, Things, ask, machine

from nephograph.model.value import Reason, Unknown


def grouped(egress: Any, **group: Any) -> Things:
    """A machine behind a network balancer that is in a group of its own, and a client beside it."""
    things = network()
    machine(things, "app", "back", "10.0.2.10")
    machine(things, "client", "front", "10.0.1.20")
    balancer(things, "nlb", "network", 443, ["front"], **group)
    things["aws_lb_target_group.nlb"]["targets"] = [{"target": "@aws_instance.app", "port": 80, "health": "healthy"}]
    things["aws_security_group.nlb"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": egress}
    things["aws_lb.nlb"]["security_groups"] = ["@aws_security_group.nlb"]
    return things


def to(port: int, **peer: Any) -> list[dict[str, Any]]:
    return [{"protocol": "tcp", "from_port": port, "to_port": port, **peer}]


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize(
    ("egress", "verdict"),
    [
        ([], "no"),
        (to(80, cidr="10.0.2.0/24"), "yes"),
        (to(80, cidr="10.0.1.0/24"), "no"),
        (to(443, cidr="0.0.0.0/0"), "no"),
        (to(80, group="@aws_security_group.app"), "yes"),
        (to(80, group="@aws_security_group.client"), "no"),
    ],
)
def test_its_groups_have_to_let_it_call_the_target_whether_it_keeps_the_client_or_not(
    keeps: bool, egress: Any, verdict: str
) -> None:
    things = grouped(egress, preserve_client_ip=keeps)
    for client in ("internet", "aws_instance.client"):
        found = ask(things, client, "aws_lb.nlb")
        assert found.verdict == "yes", client
        found = ask(things, client, "aws_instance.app", port=443)
        through = [t for t in found.traced if t.candidate.through]
        assert any(t.judged.verdict == "yes" for t in through) == (verdict == "yes"), client
        if verdict == "no" and client == "internet":
            assert found.verdict == "no"
            assert found.forward.dropped_at == "aws_security_group.nlb"


def test_rules_of_its_groups_that_are_not_known_leave_it_open() -> None:
    things = grouped(Unknown(Reason.NOT_SEEN, "egress"), preserve_client_ip=True)
    found = ask(things, "internet", "aws_instance.app")
    assert (found.verdict, found.depends_on) == ("depends", ("the egress rules of nlb (egress: not in the data)",))


def test_a_balancer_without_groups_lets_everything_out() -> None:
    things = grouped([])
    things["aws_lb.nlb"]["security_groups"] = []
    assert ask(things, "internet", "aws_instance.app").verdict == "yes"


IN_TEXT = """
resource "aws_security_group" "lb" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress = %s
}
resource "aws_lb" "lb" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.front.id]
  security_groups    = [aws_security_group.lb.id]
}
resource "aws_lb_target_group" "app" {
  vpc_id   = aws_vpc.v.id
  port     = 8080
  protocol = "TCP"
}
resource "aws_lb_target_group_attachment" "app" {
  target_group_arn = aws_lb_target_group.app.arn
  target_id        = aws_instance.app.id
}
resource "aws_lb_listener" "lb" {
  load_balancer_arn = aws_lb.lb.arn
  port              = 443
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}
"""
ONE = """[{
    protocol = "tcp", from_port = %s, to_port = %s, cidr_blocks = ["10.0.2.0/24"], ipv6_cidr_blocks = [],
    prefix_list_ids = [], security_groups = [], self = false, description = ""
  }]"""


@pytest.mark.parametrize(("egress", "verdict"), [("[]", "no"), (ONE % (8080, 8080), "yes"), (ONE % (443, 443), "no")])
def test_terraform_of_it(egress: str, verdict: str) -> None:
    assert ask_text(SHARED + IN_TEXT % egress, "internet", "app").verdict == verdict


@pytest.mark.parametrize(("keeps", "kind", "verdict"), [(True, "instance", "no"), (False, "ip", "no")])
def test_behind_it_the_groups_of_the_client_are_not_known(keeps: bool, kind: str, verdict: str) -> None:
    things = grouped([ANY], preserve_client_ip=keeps, target_type=kind)
    things["aws_security_group.app"]["ingress"] = to(80, group="@aws_security_group.client")
    found = ask(things, "aws_instance.client", "aws_instance.app", port=443)
    assert found.verdict == verdict
    dropped = {str(w.drop.reason) for t in found.traced for w in t.cases.walks if t.candidate.through and w.drop}
    assert dropped == ({"group-reference-lost"} if keeps else {"group-refuses"})
    # Asked by its own address the machine knows who asks.
    assert ask(things, "aws_instance.client", "aws_instance.app", port=80).verdict == "yes"


def test_the_address_of_the_client_and_the_groups_of_the_balancer_are_what_a_target_sees() -> None:
    things = grouped([ANY], preserve_client_ip=True)
    for peer, verdict in (
        ({"cidr": "10.0.1.20/32"}, "yes"),
        ({"cidr": "10.0.1.21/32"}, "no"),
        ({"group": "@aws_security_group.nlb"}, "yes"),
    ):
        things["aws_security_group.app"]["ingress"] = to(80, **peer)
        assert ask(things, "aws_instance.client", "aws_instance.app", port=443).verdict == verdict, peer


def test_without_groups_of_its_own_nobody_s_groups_are_known_behind_it() -> None:
    things = grouped([ANY], preserve_client_ip=True)
    things["aws_lb.nlb"]["security_groups"] = []
    things["aws_security_group.app"]["ingress"] = [
        *to(80, group="@aws_security_group.nlb"),
        *to(80, group="@aws_security_group.client"),
    ]
    found = ask(things, "aws_instance.client", "aws_instance.app", port=443)
    assert found.verdict == "no"
    things["aws_security_group.app"]["ingress"] += to(80, cidr="10.0.1.0/24")
    assert ask(things, "aws_instance.client", "aws_instance.app", port=443).verdict == "yes"


CLIENT = """
resource "aws_security_group" "client" {
  vpc_id = aws_vpc.v.id
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "client" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.front.id
  vpc_security_group_ids = [aws_security_group.client.id]
}
resource "aws_security_group" "inner" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol        = "tcp"
    from_port       = 8080
    to_port         = 8080
    security_groups = [aws_security_group.%s.id]
  }
}
resource "aws_instance" "inner" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.back.id
  vpc_security_group_ids = [aws_security_group.inner.id]
}
"""


@pytest.mark.parametrize(("group", "verdict"), [("client", "no"), ("lb", "yes")])
def test_terraform_of_a_target_that_names_a_group(group: str, verdict: str) -> None:
    text = SHARED + (IN_TEXT % (ONE % (8080, 8080))).replace("aws_instance.app.id", "aws_instance.inner.id")
    assert ask_text(text + CLIENT % group, "client", "inner").verdict == verdict
