"""Machines with several interfaces: the one they are launched with stays, and balancers call that one."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from estates_in_text import SHARED, ask_text
from test_targets_of_balancers import straight
from written_estates import Things, ask

APP = "aws_instance.app"


def two(**group: Any) -> Things:
    """A machine in `back` behind a balancer, with a second interface in `other`."""
    things = straight(health="healthy")
    things["aws_network_interface.second"] = {
        "subnet": "@aws_subnet.other",
        "security_groups": ["@aws_security_group.app"],
        "private_ips": ["10.0.3.10"],
        "attachments": [{"instance": f"@{APP}"}],
    }
    things["aws_lb_target_group.nlb"] |= group
    return things


@pytest.mark.parametrize(("address", "verdict"), [("10.0.2.10", "yes"), ("10.0.3.10", "yes"), ("10.0.2.11", "depends")])
def test_an_interface_that_is_attached_comes_beside_the_first_one(address: str, verdict: str) -> None:
    """AWSEC2/latest/UserGuide/using-eni.html"""
    things = two()
    things["aws_instance.client"] = dict(things[APP], private_ip="10.0.2.99")
    assert ask(things, "aws_instance.client", address, port=80).verdict == verdict


@pytest.mark.parametrize("said", ["code", "state", "dump"])
def test_a_balancer_calls_an_instance_at_its_first_interface(said: Any) -> None:
    """elasticloadbalancing/latest/network/load-balancer-target-groups.html: the primary network interface."""
    things = two()
    found = ask(things, "internet", APP, said=said)
    assert found.verdict == "yes"
    ways = {t.candidate.goal.subnet.urn: t.judged.verdict for t in found.traced if t.candidate.through}  # type: ignore[union-attr]
    assert ways == {"aws_subnet.back": "yes", "aws_subnet.other": "no"}


def test_an_interface_that_is_registered_by_its_address_is_called() -> None:
    things = two(target_type="ip", cross_zone="true")
    things["aws_lb_target_group.nlb"]["targets"] = [{"target": "10.0.3.10", "port": 80, "health": "healthy"}]
    things["aws_lb.nlb"]["subnets"] = ["@aws_subnet.front", "@aws_subnet.other"]
    ways = {
        (t.candidate.goal.subnet.urn, t.judged.verdict)  # type: ignore[union-attr]
        for t in ask(things, "internet", APP).traced
        if t.candidate.through
    }
    assert ("aws_subnet.other", "yes") in ways
    assert ("aws_subnet.back", "yes") not in ways


def test_what_a_dump_says_of_the_first_interface_is_no_second_one() -> None:
    things = two()
    things["aws_network_interface.first"] = {
        "subnet": "@aws_subnet.back",
        "security_groups": ["@aws_security_group.app"],
        "private_ips": ["10.0.2.10"],
        "attachments": [{"instance": f"@{APP}"}],
    }
    found = ask(things, "internet", APP, said="dump")
    assert found.verdict == "yes"
    assert len({t.candidate.goal.urn for t in found.traced}) == 2  # type: ignore[union-attr]


SECOND = """
resource "aws_network_interface" "second" {
  subnet_id       = aws_subnet.SECOND.id
  security_groups = [aws_security_group.open.id]
}
resource "aws_network_interface_attachment" "second" {
  instance_id          = aws_instance.app.id
  network_interface_id = aws_network_interface.second.id
  device_index         = 1
}
resource "aws_instance" "client" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.front.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_network_acl" "front" {
  vpc_id     = aws_vpc.v.id
  subnet_ids = [aws_subnet.SHUT.id]
}
"""


@pytest.mark.parametrize(
    ("second", "shut", "verdict"),
    [("front", "back", "yes"), ("front", "other", "yes"), ("back", "back", "no")],
)
def test_terraform_of_it(second: str, shut: str, verdict: str) -> None:
    """Where the list of `back` lets nothing in the machine is reached by its second interface."""
    text = (SHARED + SECOND).replace("aws_subnet.SECOND", f"aws_subnet.{second}")
    text = text.replace("[aws_subnet.SHUT.id]", f"[aws_subnet.{shut}.id]" if shut != "other" else "[]")
    assert ask_text(text, "client", "app").verdict == verdict
