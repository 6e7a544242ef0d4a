"""What is not known of an end alone: a subnet's IPv6 range, a NAT gateway's kind, a balancer's type and its targets."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_network_balancers import to
from test_several_interfaces import two
from test_targets_of_balancers import balancer, nested, straight
from written_estates import ANY, Things, ask, neighbours, subnet, table

from nephograph.model.value import Reason, Unknown

A, APP = "aws_instance.a", "aws_instance.app"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")


@pytest.mark.parametrize(("field", "verdict"), [("ipv6_cidr", "depends"), ("cidr", "no")])
def test_an_ipv6_address_may_lie_in_a_subnet_whose_ipv6_range_is_not_known(field: str, verdict: str) -> None:
    """vpc/latest/userguide/subnet-sizing.html: a subnet has a range of each version."""
    things = neighbours()
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f00::/56"]
    things["aws_subnet.a"]["ipv6_cidr"] = "2600:1f00::/64"
    things[A]["ipv6_addresses"] = ["2600:1f00::10"]
    things["aws_subnet.b"][field] = HOLE
    assert ask(things, A, "2600:1f00:0:1::10").verdict == verdict


@pytest.mark.parametrize(("kind", "verdict"), [("public", "yes"), (None, "yes"), ("private", "no"), (HOLE, "depends")])
def test_a_nat_gateway_leads_to_the_internet_where_it_is_public(kind: object, verdict: str) -> None:
    """vpc/latest/userguide/nat-gateway-basics.html: private NAT gateways lead to other networks only."""
    things = neighbours()
    things["aws_nat_gateway.n"] = {"subnet": "@aws_subnet.b", "connectivity": kind}
    table(things, "a", ["a"], {"0.0.0.0/0": "aws_nat_gateway.n"})
    table(things, "b", ["b"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    found = ask(things, A, "internet")
    assert found.verdict == verdict
    assert any("whether n is public" in one for one in found.depends_on) is (kind is HOLE)


def test_a_balancer_that_reaches_both_interfaces_of_an_instance_calls_the_first() -> None:
    """elasticloadbalancing/latest/network/load-balancer-target-groups.html: the primary network interface."""
    things = two(cross_zone="true")
    things["aws_lb.nlb"]["subnets"] = ["@aws_subnet.front", "@aws_subnet.other"]
    found = ask(things, "internet", APP)
    ways = {(t.candidate.goal.subnet.urn, t.judged.verdict) for t in found.traced if t.candidate.through}  # type: ignore[union-attr]
    assert ("aws_subnet.back", "yes") in ways
    assert ("aws_subnet.other", "yes") not in ways


@pytest.mark.parametrize(("kind", "verdict"), [("application", "yes"), ("network", "no"), (HOLE, "depends")])
def test_a_balancer_that_crosses_no_zones_does_so_where_it_is_an_application_balancer(
    kind: object, verdict: str
) -> None:
    """elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html: always on for these."""
    things = straight(health="healthy")
    subnet(things, "back", "10.0.2.0/24", zone="b")
    things["aws_security_group.lb"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": [ANY]}
    things["aws_lb.nlb"] |= {
        "type": kind,
        "cross_zone": False,
        "subnets": ["@aws_subnet.front", "@aws_subnet.other"],
        "security_groups": ["@aws_security_group.lb"],
    }
    # The machine lets in the node of the other zone alone, and no client whose address is kept.
    things["aws_security_group.app"]["ingress"] = to(80, cidr="10.0.1.0/24")
    assert ask(things, "internet", APP).verdict == verdict


def several(count: int) -> Things:
    """A network balancer before a group of balancers that is not known, and so many of them before the machine."""
    things = nested()
    things["aws_lb_target_group.outer"]["targets"] = HOLE
    for number in range(1, count):
        balancer(things, f"more{number}", "application", 8080, ["front", "other"])
        things[f"aws_lb.more{number}"]["scheme"] = "internal"
        held = things["aws_lb_target_group.inner"]["targets"]
        things[f"aws_lb_target_group.more{number}"]["targets"] = [dict(one) for one in held]
    return things


@pytest.mark.parametrize(("count", "named"), [(1, False), (2, True)])
def test_where_several_balancers_may_stand_in_a_group_the_one_it_depends_on_is_named(count: int, named: bool) -> None:
    things = several(count)
    found = ask(things, "internet", APP)
    assert found.verdict == "depends"
    assert any("is a target of outer" in one for one in found.depends_on) is named
    assert any(one.startswith("the targets of outer") for one in found.depends_on) is not named


def beside(kind: object, owner: str = "aside") -> Things:
    """A machine behind `inner`, which cannot call it, and `aside`, which may be what `outer` leads to."""
    things = several(1)
    things["aws_security_group.inner"]["egress"] = []
    things["aws_lb_target_group.outer"]["port"] = things["aws_lb_listener.inner"]["port"] = 80
    balancer(things, "aside", "application", 80, ["front", "other"])
    things["aws_lb.aside"] |= {"type": kind, "scheme": "internal"}
    held = things["aws_lb_target_group.inner"]["targets"]
    things["aws_lb_target_group.aside"]["targets"] = [dict(one) for one in held]
    things["aws_lb_listener.aside"]["load_balancer"] = f"@aws_lb.{owner}"
    return things


def by_outer(things: Things) -> set[str]:
    found = ask(things, "internet", APP).traced
    return {one.judged.verdict for one in found if one.candidate.through == "outer"}


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("application", "depends"), (None, "depends"), (HOLE, "depends"), ("network", "no"), ("gateway", "no")],
)
def test_a_group_of_balancers_takes_application_balancers_alone(kind: object, verdict: str) -> None:
    """elasticloadbalancing/latest/network/application-load-balancer-target.html"""
    assert by_outer(beside(kind)) == {verdict}


def test_a_balancer_is_no_target_of_itself() -> None:
    things = beside("application", owner="outer")
    things["aws_lb.outer"]["type"] = HOLE
    assert by_outer(things) == {"no"}


def test_a_machine_is_no_target_of_a_group_of_balancers() -> None:
    """elasticloadbalancing/latest/network/application-load-balancer-target.html"""
    things = straight(health="healthy")
    things["aws_lb_target_group.nlb"]["targets"][0]["port"] = 81
    things["aws_security_group.app"]["ingress"] = to(80, cidr="0.0.0.0/0")
    things["aws_lb_target_group.more"] = {**things["aws_lb_target_group.nlb"], "target_type": "alb", "targets": HOLE}
    forward = [{"type": "forward", "target_group": f"@aws_lb_target_group.{one}"} for one in ("nlb", "more")]
    things["aws_lb_listener.nlb"]["actions"] = forward
    assert ask(things, "internet", APP).verdict == "no"
    things["aws_lb_target_group.more"]["target_type"] = "instance"
    assert ask(things, "internet", APP).verdict == "depends"


@pytest.mark.parametrize(("kind", "verdict"), [("application", "depends"), ("network", "no")])
def test_a_balancer_may_be_in_a_group_that_is_not_known_where_it_is_an_application_one(kind: str, verdict: str) -> None:
    """elasticloadbalancing/latest/network/application-load-balancer-target.html"""
    things = several(1)
    things["aws_lb.inner"]["type"] = kind
    found = ask(things, "internet", "aws_lb.inner")
    assert found.verdict == verdict
