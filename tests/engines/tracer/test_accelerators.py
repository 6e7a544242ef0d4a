"""Global Accelerator leads the internet into private subnets, out and back.

Source: https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.sipp-caveats.html
"""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_targets_of_balancers import balancer
from written_estates import ANY, Things, ask, machine, subnet

from nephograph.engines.tracer.question import Reach
from nephograph.model.value import Reason, Unknown

VAR = Unknown(Reason.NO_VALUE, "var.x")
GROUP = "aws_globalaccelerator_endpoint_group.e"
EDGE = "aws_globalaccelerator_accelerator.edge"
LISTENER = "aws_globalaccelerator_listener.l"


def accelerated(endpoint: str = "aws_lb.web", **group: Any) -> Things:
    """An internal balancer on port 80 in front of a machine; an accelerator leads to one of them on port 443."""
    things: Things = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}, "aws_internet_gateway.g": {"vpc": "@aws_vpc.v"}}
    subnet(things, "back", "10.0.2.0/24")
    things["aws_route_table.m"] = {"vpc": "@aws_vpc.v", "main": True, "subnets": [], "routes": []}
    balancer(things, "web", "application", 80, ["back"])
    things["aws_lb.web"]["scheme"] = "internal"
    machine(things, "app", "back", "10.0.2.10")
    things["aws_lb_target_group.web"]["targets"] = [{"target": "@aws_instance.app"}]
    things[EDGE] = {"enabled": True}
    things[LISTENER] = {"accelerator": f"@{EDGE}", "protocol": "TCP", "ports": [{"from_port": 440, "to_port": 450}]}
    things[GROUP] = {
        "listener": f"@{LISTENER}",
        "endpoints": [{"endpoint": f"@{endpoint}", "weight": 100}],
        "traffic_dial": 100,
        "port_overrides": [{"listener_port": 443, "endpoint_port": 80}],
        **group,
    }
    return things


def reason(found: Reach) -> str:
    return [hop.reason for hop in (*found.forward.hops, *found.back.hops)][-1]


def test_an_internal_balancer_is_led_to_and_answers_by_the_accelerator() -> None:
    found = ask(accelerated(), "internet", "aws_instance.app", port=443)
    assert found.verdict == "yes"
    kinds = [hop.kind for hop in (*found.forward.hops, *found.back.hops)]
    assert kinds.count("accelerator") == 2
    assert "internet gateway" not in kinds
    assert ask(accelerated(), "internet", "aws_instance.app", port=444).verdict == "no"
    assert ask(accelerated(), "internet", "aws_lb.web", port=443).verdict == "yes"


def test_an_instance_is_led_to_on_the_port_that_was_asked() -> None:
    things = accelerated("aws_instance.app", port_overrides=[])
    assert ask(things, "internet", "aws_instance.app", port=445).verdict == "yes"
    assert ask(things, "internet", "aws_instance.app", port=451).verdict == "no"
    things["aws_security_group.app"]["ingress"] = [{**ANY, "cidr": "203.0.113.0/24"}]
    assert ask(things, "203.0.113.9", "aws_instance.app", port=445).verdict == "yes"
    assert ask(things, "198.51.100.9", "aws_instance.app", port=445).verdict == "no"


def changed(key: str, **more: Any) -> Things:
    things = accelerated()
    things[key] = {**things[key], **more}
    return things


@pytest.mark.parametrize(
    ("things", "verdict", "why"),
    [
        (changed("aws_internet_gateway.g", vpc=None), "no", "attachment-not-active"),
        (changed("aws_internet_gateway.g", vpc=VAR), "depends", ""),
        (changed(EDGE, enabled=False), "no", "accelerator-sends-nothing"),
        (changed(EDGE, enabled=VAR), "depends", ""),
        (changed(GROUP, traffic_dial=0), "no", "accelerator-sends-nothing"),
        (changed(GROUP, endpoints=[{"endpoint": "@aws_lb.web", "weight": 0}]), "no", "accelerator-sends-nothing"),
        (changed(GROUP, endpoints=[{"endpoint": "@aws_lb.web", "weight": VAR}]), "depends", ""),
        (changed(GROUP, port_overrides=[]), "no", "balancer-listens-elsewhere"),
        (changed(GROUP, port_overrides=VAR), "depends", ""),
        (changed(LISTENER, protocol="UDP"), "no", "accelerator-sends-nothing"),
        (changed(LISTENER, protocol=VAR), "depends", ""),
        (changed(LISTENER, ports=[{"from_port": VAR, "to_port": VAR}]), "depends", ""),
        (changed("aws_security_group.web", ingress=[]), "no", "group-has-no-rules"),
    ],
)
def test_every_part_of_the_way_leads_on(things: Things, verdict: str, why: str) -> None:
    found = ask(things, "internet", "aws_lb.web", port=443)
    assert found.verdict == verdict
    assert not why or why in {hop.reason for one in found.traced for w in one.cases.walks for hop in w.forward}


def test_where_the_client_is_not_kept_nobody_knows_the_address_groups_see() -> None:
    things = accelerated(endpoints=[{"endpoint": "@aws_lb.web", "weight": 1, "preserve_client_ip": False}])
    things["aws_lb.web"]["scheme"] = "internet-facing"
    assert ask(things, "internet", "aws_lb.web", port=443).verdict == "yes"
    things["aws_security_group.web"]["ingress"] = [{**ANY, "cidr": "203.0.113.0/24"}]
    assert ask(things, "203.0.113.9", "aws_lb.web", port=443).verdict == "depends"


def test_what_goes_out_passes_the_acl_and_what_comes_in_may() -> None:
    things = accelerated()
    out = {**ANY, "number": 100, "action": "allow"}
    things["aws_network_acl.p"] = {
        "vpc": "@aws_vpc.v",
        "subnets": [{"subnet": "@aws_subnet.back"}],
        "ingress": [],
        "egress": [out],
    }
    assert ask(things, "internet", "aws_lb.web", port=443).verdict == "depends"
    things["aws_network_acl.p"]["ingress"] = [out]
    assert ask(things, "internet", "aws_lb.web", port=443).verdict == "yes"
    things["aws_network_acl.p"]["egress"] = []
    assert ask(things, "internet", "aws_lb.web", port=443).verdict == "no"


def test_block_public_access_holds_for_accelerators() -> None:
    things = accelerated()
    things["aws_vpc_block_public_access_options.o"] = {"internet_gateway_block_mode": "block-ingress"}
    found = ask(things, "internet", "aws_lb.web", port=443)
    assert found.verdict == "no"
    assert "public-access-blocked" in {h.reason for one in found.traced for w in one.cases.walks for h in w.forward}
