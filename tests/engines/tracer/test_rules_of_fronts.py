"""What stands in front of a target: balancers in a circle, and listeners of which nobody knows whose they are."""

from __future__ import annotations

import pathlib
import sys
from collections import Counter
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_targets_of_balancers import balancer
from written_estates import Things, ask, neighbours, subnet

from nephograph.model.value import Reason, Unknown

A, B = "aws_instance.a", "aws_instance.b"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")


def inner(kind: str = "network") -> Things:
    """A balancer in the subnet of `b`, with `b` as its target."""
    things = neighbours()
    balancer(things, "x", kind, 443, ["b"], preserve_client_ip=False)
    things["aws_lb.x"] |= {"scheme": "internal", "private_ips": ["10.0.1.77"]}
    things["aws_lb_target_group.x"]["targets"] = [{"target": f"@{B}", "port": 80, "health": "healthy"}]
    return things


def test_balancers_that_lead_to_each_other_are_each_met_once() -> None:
    """AWS refuses it, and whoever wrote it gets an answer all the same."""
    things = inner()
    things["aws_lb_target_group.x"] |= {"target_type": "alb", "targets": [{"target": "@aws_lb.y", "port": 443}]}
    balancer(things, "y", "application", 443, ["b"], target_type="alb")
    things["aws_lb.y"] |= {"scheme": "internal", "private_ips": ["10.0.1.78"]}
    things["aws_lb_target_group.y"]["targets"] = [{"target": "@aws_lb.x", "port": 443}]
    found = ask(things, A, "aws_lb.y")
    assert found.verdict == "yes"
    ways = Counter((t.candidate.through, t.candidate.public) for t in found.traced)
    assert set(ways.values()) == {1}
    assert {through for through, _ in ways} == {"", "x"}


@pytest.mark.parametrize(("region", "verdict"), [("eu-west-1", "depends"), ("us-east-1", "no")])
def test_a_listener_of_nobody_known_is_of_a_balancer_of_its_region(region: str, verdict: str) -> None:
    things = inner()
    things["aws_lb_listener.x"] |= {"load_balancer": HOLE}
    found = ask(things, A, "aws_lb.x", regions={"aws_lb_listener.x": region})
    assert found.verdict == verdict


@pytest.mark.parametrize(("actions", "verdict"), [("own", "depends"), ("none", "depends"), ("other", "no")])
def test_a_listener_of_nobody_known_is_of_a_balancer_of_the_vpc_it_forwards_to(actions: str, verdict: str) -> None:
    """elasticloadbalancing/latest/application/load-balancer-target-groups.html: a group is of one VPC."""
    things = inner()
    said: dict[str, Any] = things["aws_lb_listener.x"]
    said["load_balancer"] = HOLE
    if actions == "none":
        said["actions"] = []
    if actions == "other":
        things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"]}
        subnet(things, "w", "10.1.0.0/24", vpc="w")
        things["aws_lb_target_group.x"]["vpc"] = "@aws_vpc.w"
    assert ask(things, A, "aws_lb.x").verdict == verdict
