"""A piece that is not in the data leaves the answer open and is named, out and back; what is known stays a no."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import ANY, Things, ask, machine, neighbours, subnet, table

from nephograph.model.value import Reason, Unknown


def faced() -> Things:
    """`a` has a public address; what its subnet's default route leads to is not known."""
    things = neighbours()
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": "@aws_instance.a"}
    table(things, "a", ["a"], {"0.0.0.0/0": "aws_internet_gateway.elsewhere"})
    return things


def test_an_answer_that_takes_a_route_to_something_unknown_is_open_and_no_proven_no() -> None:
    found = ask(faced(), "internet", "aws_instance.a")
    assert found.verdict == "depends"
    assert "aws_internet_gateway.elsewhere is not in the data" in found.depends_on[0]
    things = faced()
    things["aws_route_table.a"]["routes"][0]["target"] = Unknown(Reason.NO_VALUE, "var.gateway")
    found = ask(things, "internet", "aws_instance.a")
    assert (found.verdict, "var.gateway" in found.depends_on[0]) == ("depends", True)
    things["aws_security_group.a"]["ingress"] = []
    assert ask(things, "internet", "aws_instance.a").verdict == "no"


def over_something_unknown() -> Things:
    """`a` asks a balancer of another VPC over a peering that is not in the data; `b` is behind the balancer."""
    things = neighbours()
    things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"]}
    subnet(things, "far", "10.1.1.0/24", vpc="w")
    machine(things, "far", "far", "10.1.1.10")
    things["aws_lb.n"] = {
        "type": "network",
        "scheme": "internal",
        "subnets": ["@aws_subnet.far"],
        "security_groups": [],
        "private_ips": ["10.1.1.77"],
    }
    things["aws_lb_listener.n"] = {
        "load_balancer": "@aws_lb.n",
        "port": 443,
        "protocol": "TCP",
        "actions": [{"type": "forward", "target_group": "@aws_lb_target_group.n"}],
    }
    things["aws_lb_target_group.n"] = {
        "vpc": "@aws_vpc.w",
        "protocol": "TCP",
        "port": 80,
        "preserve_client_ip": False,
        "targets": [{"target": "@aws_instance.far", "health": "healthy"}],
    }
    things["aws_security_group.far"]["ingress"] = [{**ANY, "cidr": "10.1.0.0/16"}]
    table(things, "a", ["a"], {"10.1.0.0/16": "aws_vpc_peering_connection.gone"})
    return things


@pytest.mark.parametrize(("port", "verdict"), [(443, "depends"), (8080, "no")])
def test_behind_something_unknown_the_balancer_that_is_asked_still_decides(port: int, verdict: str) -> None:
    found = ask(over_something_unknown(), "aws_instance.a", "aws_instance.far", port=port)
    # (Its own address is asked for, too: of that its group lets in only its own VPC.)
    assert found.verdict == verdict
    if verdict == "depends":
        assert "aws_vpc_peering_connection.gone is not in the data" in found.depends_on[0]


def test_a_rule_for_a_group_of_an_unknown_account_is_open_for_whoever_may_be_in_it() -> None:
    things = neighbours()
    rule = {**ANY, "cidr": None, "group": "999900001111/sg-0abc"}
    things["aws_security_group.b"]["ingress"] = [rule]
    found = ask(things, "aws_instance.a", "aws_instance.b")
    assert (found.verdict, "999900001111/sg-0abc" in found.depends_on[0]) == ("depends", True)


def test_a_range_that_is_not_known_is_open_only_where_nothing_else_decides() -> None:
    things = neighbours()
    doubtful = {**ANY, "cidr": Unknown(Reason.NO_VALUE, "var.range")}
    things["aws_security_group.b"]["ingress"] = [doubtful]
    found = ask(things, "aws_instance.a", "aws_instance.b")
    assert (found.verdict, "var.range" in found.depends_on[0]) == ("depends", True)
    things["aws_security_group.b"]["ingress"] = [doubtful, ANY]
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == "yes"
    things["aws_security_group.a"]["egress"] = []
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == "no"
