"""Exposure by Global Accelerator, which leads the internet into private subnets."""

from __future__ import annotations

from typing import Any

import pytest
from network_estates import allow, estate

from nephograph.engines.network.network import Network
from nephograph.model.value import Reason, Unknown

Things = dict[str, dict[str, Any]]
VAR = Unknown(Reason.NO_VALUE, "var.x")
SOME = "198.51.0.0/16"


def accelerated() -> Things:
    """An internal balancer on port 80 and the instance behind it, which an accelerator leads to on port 443."""
    return {
        "aws_vpc.v": {"cidrs": ["10.0.0.0/16"]},
        "aws_internet_gateway.g": {"vpc": "@aws_vpc.v"},
        "aws_subnet.p": {"vpc": "@aws_vpc.v", "cidr": "10.0.1.0/24"},
        "aws_security_group.lb": {
            "vpc": "@aws_vpc.v",
            "ingress": [allow("tcp", 80, 80, cidr=SOME)],
            "egress": [allow("all", 0, 65535, cidr="0.0.0.0/0")],
        },
        "aws_security_group.app": {
            "vpc": "@aws_vpc.v",
            "ingress": [allow("tcp", 8080, 8080, group="@aws_security_group.lb")],
        },
        "aws_lb.lb": {
            "scheme": "internal",
            "type": "application",
            "subnets": ["@aws_subnet.p"],
            "security_groups": ["@aws_security_group.lb"],
        },
        "aws_lb_listener.l": {
            "load_balancer": "@aws_lb.lb",
            "port": 80,
            "protocol": "HTTP",
            "actions": [{"type": "forward", "target_group": "@aws_lb_target_group.t"}],
        },
        "aws_lb_target_group.t": {"port": 8080, "protocol": "HTTP", "targets": [{"target": "@aws_instance.app"}]},
        "aws_instance.app": {"subnet": "@aws_subnet.p", "security_groups": ["@aws_security_group.app"]},
        "aws_globalaccelerator_accelerator.edge": {"enabled": True},
        "aws_globalaccelerator_listener.l": {
            "accelerator": "@aws_globalaccelerator_accelerator.edge",
            "protocol": "TCP",
            "ports": [{"from_port": 440, "to_port": 450}],
        },
        "aws_globalaccelerator_endpoint_group.e": {
            "listener": "@aws_globalaccelerator_listener.l",
            "endpoints": [{"endpoint": "@aws_lb.lb", "weight": 100}],
            "traffic_dial": 100,
            "port_overrides": [{"listener_port": 443, "endpoint_port": 80}],
        },
    }


def exposed(things: Things, key: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    built = estate(things)
    found = Network(built).exposed(built.resources[key])
    return [(e.door.partition(".")[2], str(e.ports), e.sources, e.verdict.answer) for e in found]


@pytest.mark.parametrize("key", ["aws_lb.lb", "aws_instance.app"])
def test_an_internal_balancer_is_reached_on_the_port_that_leads_to_its_own(key: str) -> None:
    assert exposed(accelerated(), key) == [("edge", "tcp/443", (SOME,), "yes")]


def with_(key: str, **more: Any) -> Things:
    things = accelerated()
    things[key] = {**things[key], **more}
    return things


GROUP = "aws_globalaccelerator_endpoint_group.e"


@pytest.mark.parametrize(
    ("things", "answer"),
    [
        (with_("aws_internet_gateway.g", vpc=None), "no"),
        (with_("aws_globalaccelerator_accelerator.edge", enabled=False), "no"),
        (with_("aws_globalaccelerator_accelerator.edge", enabled=VAR), "depends"),
        (with_(GROUP, traffic_dial=0), "no"),
        (with_(GROUP, endpoints=[{"endpoint": "@aws_lb.lb", "weight": 0}]), "no"),
        (with_(GROUP, endpoints=[{"endpoint": "@aws_lb.lb", "weight": VAR}]), "depends"),
        (with_(GROUP, port_overrides=[]), "no"),
        (with_("aws_globalaccelerator_listener.l", protocol="UDP"), "no"),
        (with_("aws_globalaccelerator_listener.l", ports=[{"from_port": VAR, "to_port": VAR}]), "depends"),
        (with_("aws_security_group.lb", ingress=[]), "no"),
    ],
)
def test_every_part_of_the_way_has_to_lead_on(things: Things, answer: str) -> None:
    assert {e[3] for e in exposed(things, "aws_lb.lb")} == ({answer} if answer != "no" else set())


def test_without_an_override_the_port_stays_the_same() -> None:
    things = with_(GROUP, port_overrides=[])
    things["aws_globalaccelerator_listener.l"]["ports"] = [{"from_port": 79, "to_port": 81}]
    assert exposed(things, "aws_lb.lb") == [("edge", "tcp/80", (SOME,), "yes")]


def test_groups_of_an_instance_see_the_client() -> None:
    things = with_(GROUP, endpoints=[{"endpoint": "@aws_instance.app", "weight": 1}], port_overrides=[])
    things["aws_security_group.app"]["ingress"].append(allow("tcp", 445, 460, cidr=SOME))
    assert exposed(things, "aws_instance.app") == [("edge", "tcp/445-450", (SOME,), "yes")]


def test_where_the_client_is_not_kept_nobody_knows_the_address_groups_see() -> None:
    things = with_(GROUP, endpoints=[{"endpoint": "@aws_lb.lb", "preserve_client_ip": False}])
    things["aws_lb.lb"]["scheme"] = "internet-facing"
    assert [e for e in exposed(things, "aws_lb.lb") if e[0] == "edge"] == [
        ("edge", "tcp/443", ("0.0.0.0/0",), "depends")
    ]
    things["aws_security_group.lb"]["ingress"] = [allow("tcp", 80, 80, cidr="0.0.0.0/0")]
    assert [e for e in exposed(things, "aws_lb.lb") if e[0] == "edge"] == [("edge", "tcp/443", ("0.0.0.0/0",), "yes")]


def test_what_goes_out_passes_the_acl_and_what_comes_in_may() -> None:
    things = accelerated()
    out = {"number": 100, "action": "allow", "protocol": "all", "from_port": 0, "to_port": 65535, "cidr": "0.0.0.0/0"}
    things["aws_network_acl.p"] = {
        "vpc": "@aws_vpc.v",
        "subnets": [{"subnet": "@aws_subnet.p"}],
        "ingress": [],
        "egress": [out],
    }
    assert exposed(things, "aws_lb.lb") == [("edge", "tcp/443", (SOME,), "depends")]
    things["aws_network_acl.p"]["ingress"] = [out]
    assert exposed(things, "aws_lb.lb") == [("edge", "tcp/443", (SOME,), "yes")]
    things["aws_network_acl.p"]["egress"] = []
    assert exposed(things, "aws_lb.lb") == []
