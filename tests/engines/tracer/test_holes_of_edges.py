"""What is not known at the edges of AWS leaves no wrong sure answer: premises, endpoints, NAT, appliances, switches."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_holes import holes
from test_nat64 import HOST, six_alone
from test_regional_nat import HERE, THERE, behind
from test_rules_of_blocked_access import public
from test_rules_of_elders import two_zones, walled, with_two
from test_rules_of_hubs import over_a_vpn
from test_rules_of_machines import on_one
from test_rules_of_premises import joined, line
from test_rules_of_rewriting import chained, outward
from test_rules_of_service_endpoints import listed, routed
from test_services_of_aws import open_too
from test_tasks_on_machines import SERVICE
from written_estates import Things, ask

A, B, V, APP = "aws_instance.a", "aws_instance.b", "aws_instance.v", "aws_instance.app"
HOME, OUT = "192.168.7.7", "198.51.100.7"


def by_direct_connect(**fields: Any) -> Things:
    things = joined()
    del things["aws_vpn_connection.n"]
    things["aws_dx_virtual_interface.d"] = {"vpn_gateway": "@aws_vpn_gateway.g", **fields}
    return things


def spared(mode: str, **exclusion: Any) -> Things:
    return public("block-bidirectional", mode=mode, **exclusion)


ESTATES: dict[str, tuple[Callable[[], Things], str, str]] = {
    "to the premises": (joined, A, HOME),
    "from the premises": (joined, HOME, A),
    "a connection that is gone": (lambda: joined(state="deleted"), A, HOME),
    "a connection whose tunnels are down": (lambda: joined(tunnels=["DOWN", "DOWN"]), A, HOME),
    "the second of two connections": (lambda: line(joined(routes=[]), "other", "192.168.9.0/24"), A, "192.168.9.9"),
    "neither of two connections": (lambda: line(joined(routes=[]), "other", "192.168.9.0/24"), A, HOME),
    "Direct Connect that is down": (lambda: by_direct_connect(state="down"), A, HOME),
    "a hub to the premises": (lambda: over_a_vpn("attachment"), V, HOME),
    "the premises by a hub": (lambda: over_a_vpn("connection"), HOME, V),
    "an endpoint of a list": (listed, APP, "s3"),
    "an endpoint of a route": (routed, APP, "s3"),
    "a service two ways": (open_too, APP, "sqs"),
    "appliances": (walled, A, B),
    "appliances of which one is well": (lambda: with_two("unhealthy", "healthy"), A, B),
    "blocked access": (lambda: public("block-bidirectional"), A, OUT),
    "blocked access, inward": (lambda: public("block-ingress"), OUT, A),
    "an exclusion": (lambda: spared("allow-bidirectional", vpc="@aws_vpc.v"), OUT, A),
    "an exclusion that is gone": (
        lambda: spared("allow-egress", subnet="@aws_subnet.a", state="delete-complete"),
        A,
        OUT,
    ),
    "NAT": (outward, A, OUT),
    "NAT64": (six_alone, A, HOST),
    "a regional gateway": (lambda: behind(HERE, False), A, OUT),
    "a regional gateway elsewhere": (lambda: behind(THERE, False), A, OUT),
    "tasks on a machine": (on_one, "internet", SERVICE),
    "a chain of balancers": (chained, "aws_instance.client", APP),
    "a classic balancer": (lambda: two_zones(False, "front", "front-b"), "aws_instance.cli", APP),
}


@pytest.mark.parametrize("case", ESTATES)
def test_what_is_not_known_at_the_edges_of_aws_leaves_no_wrong_sure_answer(case: str) -> None:
    make, *ends = ESTATES[case]
    things = make()
    known = ask(things, *ends).verdict
    wrong = []
    for what, without in holes(things):
        found = ask(without, *ends)
        if found.verdict not in (known, "depends") or (found.verdict == "depends" and not found.depends_on):
            wrong.append(f"{what}: {known} when it is known, {found.verdict} when it is not")
    assert wrong == []
