"""Both engines on the small estates of rules that AWS's pages decided: versions of groups, kept clients, hubs."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "tracer"))
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from agreement import Comparison
from test_network_balancers import grouped, to
from test_several_interfaces import two
from test_versions_of_targets import FOUR, SIX, dual
from test_zones_of_hubs import attached, shut, two_subnets
from written_estates import ANY, ANY6, machine, world

from nephograph.model.value import Reason, Unknown

HOLE = Unknown(Reason.NO_VALUE, "var.type")


@pytest.mark.parametrize("kind", ["application", "network"])
@pytest.mark.parametrize("type_", [None, "ipv4", "ipv6", HOLE])
@pytest.mark.parametrize("keeps", [False, True])
def test_of_versions_of_target_groups(kind: str, type_: Any, keeps: bool) -> None:
    for ingress in (FOUR, SIX, [*FOUR, *SIX], [ANY, ANY6]):
        things = dual(kind, ip_address_type=type_, target_type="ip", preserve_client_ip=keeps)
        machine(things, "client", "other", "10.0.3.10", ipv6_addresses=["2600:1f00:0:2::10"])
        things["aws_lb.lb"]["cross_zone"] = True
        things["aws_security_group.app"]["ingress"] = ingress
        assert list(Comparison(world(things), filled=True).differences()) == []


@pytest.mark.parametrize("said", [None, True, False])
def test_of_udp_whose_client_is_always_kept(said: bool | None) -> None:
    things = dual("network", protocol="UDP", target_type="ip", preserve_client_ip=said)
    machine(things, "client", "other", "10.0.3.10")
    things["aws_lb.lb"]["cross_zone"] = True
    things["aws_lb_listener.lb"]["protocol"] = "UDP"
    things["aws_security_group.app"]["ingress"] = [{**ANY, "cidr": "10.0.3.0/24"}]
    assert list(Comparison(world(things), filled=False).differences()) == []


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize("egress", [[], to(80, cidr="10.0.2.0/24"), to(80, group="@aws_security_group.app"), [ANY]])
@pytest.mark.parametrize("group", ["client", "nlb"])
def test_of_groups_of_a_balancer_and_behind_it(keeps: bool, egress: Any, group: str) -> None:
    things = grouped(egress, preserve_client_ip=keeps)
    things["aws_security_group.app"]["ingress"] = to(80, group=f"@aws_security_group.{group}")
    assert list(Comparison(world(things), filled=True).differences()) == []


@pytest.mark.parametrize("zone", ["eu-west-1a", "eu-west-1c", None])
@pytest.mark.parametrize("order", [("x0", "x1"), ("x1", "x0")])
@pytest.mark.parametrize("closed", ["", "x0", "x1"])
def test_of_subnets_by_which_a_hub_hands_over(zone: Any, order: tuple[str, str], closed: str) -> None:
    things = attached(two_subnets(zone), *order)
    if closed:
        shut(things, closed)
    assert list(Comparison(world(things), filled=True).differences()) == []


@pytest.mark.parametrize("open_", [["10.0.1.0/24"], ["10.0.3.0/24"]])
def test_of_several_interfaces(open_: list[str]) -> None:
    things = two()
    machine(things, "client", "other", "10.0.3.99")
    things["aws_lb.nlb"] |= {"cross_zone": True, "subnets": ["@aws_subnet.front", "@aws_subnet.other"]}
    things["aws_security_group.app"]["ingress"] = [{**ANY, "cidr": cidr} for cidr in open_]
    assert list(Comparison(world(things), filled=True).differences()) == []


@pytest.mark.parametrize("health", ["healthy", "unhealthy", "draining"])
@pytest.mark.parametrize("other", ["healthy", "unhealthy", "draining", HOLE, None])
def test_of_targets_that_are_not_healthy(health: str, other: Any) -> None:
    things = grouped([ANY], preserve_client_ip=False)
    targets = things["aws_lb_target_group.nlb"]["targets"]
    targets[0]["health"] = health
    machine(things, "beside", "back", "10.0.2.99")
    targets += [{"target": "@aws_instance.beside", "port": 80, "health": other}] if other is not None else []
    assert list(Comparison(world(things), filled=True).differences()) == []
