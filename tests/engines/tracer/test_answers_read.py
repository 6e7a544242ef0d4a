"""What a trace says, word by word: every hop of small estates in which each component does its work once."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from answers import told
from test_rules_of_gateways import BOTH_WAYS, ONLY_OUT, behind_nat, six
from test_rules_of_packets import over_a_hub
from test_rules_of_stations import by_group, shared_exit, two, with_a_box
from test_services_of_aws import closed, endpoint, gateway
from test_targets_of_balancers import nested, straight, tasks
from written_estates import Things, ask, deny, guard, machine, neighbours, subnet, table

from nephograph.model.value import Reason, Unknown

Asked = tuple[Things, str, str, str | None, int | None]


def web() -> Things:
    """`a` has an Elastic IP and a route to the internet gateway."""
    things = neighbours()
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": "@aws_instance.a"}
    things["aws_route_table.m"]["routes"] = [{"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.g"}]
    return things


def through_a_box() -> Things:
    """What comes in for `a` goes through a machine first, and goes out through it."""
    things = web()
    subnet(things, "box", "10.0.9.0/24")
    machine(things, "box", "box", "10.0.9.10", source_dest_check=False, public_ip="203.0.113.8")
    to_box = {"destination": "10.0.0.0/24", "target": "@aws_instance.box"}
    edge = {"vpc": "@aws_vpc.v", "subnets": [], "gateway": "@aws_internet_gateway.g", "routes": [to_box]}
    things["aws_route_table.edge"] = {**edge, "gateways": [{"gateway": "@aws_internet_gateway.g"}]}
    table(things, "a", ["a"], {"0.0.0.0/0": "aws_instance.box"})
    table(things, "box", ["box"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    return things


def changed(things: Things, key: str, **fields: Any) -> Things:
    things[key] = {**things.get(key, {}), **fields}
    return things


def guarded(things: Things, name: str, ingress: list[Any], egress: list[Any]) -> Things:
    guard(things, name, ingress, egress)
    return things


def routed(things: Things, name: str, routes: dict[str, str]) -> Things:
    table(things, name, [name], routes)
    return things


def default_vpc() -> Things:
    things: Things = {"aws_vpc.v": {"cidrs": ["172.31.0.0/16"], "default": True}}
    subnet(things, "s", "172.31.0.0/20")
    machine(things, "a", "s", "172.31.0.10", public_ip=True)
    return things


A, B = "aws_instance.a", "aws_instance.b"
FAR = "198.51.100.7"
WRITTEN: dict[str, Callable[[], Asked]] = {
    "neighbours": lambda: (neighbours(), A, B, "tcp", 443),
    "neighbours, a ping": lambda: (neighbours(), A, B, "icmp", 8),
    "neighbours, everything": lambda: (neighbours(), A, B, None, None),
    "neighbours, a port of any protocol": lambda: (neighbours(), A, B, None, 53),
    "neighbours, GRE": lambda: (neighbours(), A, B, "47", None),
    "a group lets in one port": lambda: (
        changed(
            neighbours(),
            "aws_security_group.b",
            ingress=[
                {"protocol": "tcp", "from_port": 80, "to_port": 90, "cidr": "10.0.0.0/24"},
                {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr": "10.0.0.10/32"},
            ],
        ),
        A,
        B,
        "tcp",
        None,
    ),
    "a group refuses": lambda: (changed(neighbours(), "aws_security_group.b", ingress=[]), A, B, "tcp", 443),
    "a group lets nothing out": lambda: (changed(neighbours(), "aws_security_group.a", egress=[]), A, B, "tcp", 443),
    "a list refuses on the way in": lambda: (guarded(neighbours(), "b", deny("10.0.0.0/24"), []), A, B, "tcp", 443),
    "a list refuses the answer": lambda: (guarded(neighbours(), "b", [], deny("10.0.0.0/24")), A, B, "tcp", 443),
    "a list refuses on the way out": lambda: (guarded(neighbours(), "a", [], deny("10.0.1.0/24")), A, B, "udp", 53),
    "nobody has the address": lambda: (neighbours(), A, "10.0.200.1", "tcp", 443),
    "no route": lambda: (neighbours(), A, FAR, "tcp", 443),
    "from the internet": lambda: (web(), "internet", A, "tcp", 443),
    "from the internet, everything": lambda: (web(), "internet", A, None, None),
    "to the internet": lambda: (web(), A, "internet", "tcp", 443),
    "to one address of the internet": lambda: (web(), A, FAR, "tcp", 443),
    "no public address": lambda: (web(), B, FAR, "tcp", 443),
    "from the internet to nobody": lambda: (web(), "internet", B, "tcp", 443),
    "a default VPC": lambda: (default_vpc(), A, FAR, "tcp", 443),
    "through NAT": lambda: (behind_nat(), A, FAR, "tcp", 443),
    "through NAT, GRE": lambda: (behind_nat(), A, FAR, "47", None),
    "into NAT": lambda: (behind_nat(), "internet", "aws_nat_gateway.n", "tcp", 443),
    "IPv6 out": lambda: (routed(six(), "a", ONLY_OUT), A, "internet", "tcp", 443),
    "IPv6 both ways": lambda: (routed(six(), "a", BOTH_WAYS), "internet", A, "tcp", 443),
    "a box at the gateway, inward": lambda: (through_a_box(), "internet", A, "tcp", 443),
    "a box at the gateway, outward": lambda: (through_a_box(), A, FAR, "tcp", 443),
    "a box left aside": lambda: (
        routed(through_a_box(), "a", {"0.0.0.0/0": "aws_internet_gateway.g"}),
        A,
        FAR,
        "tcp",
        443,
    ),
    "a box between subnets": lambda: (with_a_box(), A, B, "tcp", 443),
    "a box with its check on": lambda: (with_a_box(check=True), A, B, "tcp", 443),
    "a peering": lambda: (two("peering"), A, B, "tcp", 443),
    "a peering, by group": lambda: (by_group(two("peering"), "b", "ingress", "a"), A, B, "tcp", 443),
    "a transit gateway": lambda: (two("transit"), A, B, "tcp", 443),
    "a transit gateway of two zones": lambda: (over_a_hub(), A, B, "tcp", 443),
    "a transit gateway forgets groups": lambda: (by_group(two("transit"), "a", "egress", "b"), A, B, "tcp", 443),
    "a shared exit": lambda: (shared_exit(), A, FAR, "tcp", 443),
    "tasks behind a balancer": lambda: (tasks(), "internet", "aws_ecs_service.task", "tcp", 443),
    "tasks, another port": lambda: (tasks(), "internet", "aws_ecs_service.task", "tcp", 444),
    "a balancer itself": lambda: (tasks(), "internet", "aws_lb.web", "tcp", 443),
    "a balancer that keeps the client": lambda: (
        straight(health="healthy"),
        "internet",
        "aws_instance.app",
        "tcp",
        443,
    ),
    "a balancer behind a balancer": lambda: (nested(), "internet", "aws_instance.app", "tcp", 443),
    "a target that is not healthy": lambda: (
        straight(health="draining"),
        "internet",
        "aws_instance.app",
        "tcp",
        443,
    ),
    "an interface endpoint": lambda: (endpoint(closed()), "aws_instance.app", "sqs", "tcp", 443),
    "a gateway endpoint": lambda: (gateway(), "aws_instance.app", "s3", "tcp", 443),
    "rules that are not known": lambda: (
        changed(neighbours(), "aws_security_group.b", ingress=Unknown(Reason.NO_VALUE, "var.rules")),
        A,
        B,
        "tcp",
        443,
    ),
    "routes that are not known": lambda: (
        changed(web(), "aws_route_table.m", routes=Unknown(Reason.NO_VALUE, "var.routes")),
        A,
        FAR,
        "tcp",
        443,
    ),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_an_answer_about_a_written_estate_reads_as_it_did(case: str, snapshot: SnapshotAssertion) -> None:
    things, source, target, protocol, port = WRITTEN[case]()
    assert "\n".join(told(ask(things, source, target, protocol, port))) == snapshot
