"""What stands behind balancers: tasks of ECS, other balancers, targets whose health nobody told."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import ANY, Things, ask, deny, guard, machine, subnet, table

from nephograph.model.value import Reason, Unknown


def balancer(things: Things, name: str, kind: str, port: int, subnets: list[str], **group: Any) -> None:
    """A balancer that faces the internet, with a listener and a target group of its own name."""
    things[f"aws_lb.{name}"] = {
        "type": kind,
        "scheme": "internet-facing",
        "subnets": [f"@aws_subnet.{one}" for one in subnets],
        "security_groups": [],
    }
    if kind == "application":
        things[f"aws_security_group.{name}"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": [ANY]}
        things[f"aws_lb.{name}"]["security_groups"] = [f"@aws_security_group.{name}"]
    things[f"aws_lb_listener.{name}"] = {
        "load_balancer": f"@aws_lb.{name}",
        "port": port,
        "protocol": "HTTP" if kind == "application" else "TCP",
        "actions": [{"type": "forward", "target_group": f"@aws_lb_target_group.{name}"}],
    }
    things[f"aws_lb_target_group.{name}"] = {
        "vpc": "@aws_vpc.v",
        "protocol": "HTTP" if kind == "application" else "TCP",
        "port": 80,
        "targets": [],
        **group,
    }


def network() -> Things:
    things: Things = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}, "aws_internet_gateway.g": {"vpc": "@aws_vpc.v"}}
    subnet(things, "front", "10.0.1.0/24")
    subnet(things, "back", "10.0.2.0/24")
    subnet(things, "other", "10.0.3.0/24", zone="b")
    table(things, "front", ["front", "other"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    things["aws_route_table.m"] = {"vpc": "@aws_vpc.v", "main": True, "subnets": [], "routes": []}
    return things


def tasks() -> Things:
    """A service of ECS whose tasks are registered on port 8080, behind an application balancer on port 443."""
    things = network()
    balancer(things, "web", "application", 443, ["front", "other"], target_type="ip")
    things["aws_security_group.task"] = {
        "vpc": "@aws_vpc.v",
        "ingress": [{"protocol": "tcp", "from_port": 8080, "to_port": 8080, "group": "@aws_security_group.web"}],
        "egress": [],
    }
    things["aws_ecs_service.task"] = {
        "subnets": ["@aws_subnet.back"],
        "security_groups": ["@aws_security_group.task"],
        "load_balancers": [
            {"target_group": "@aws_lb_target_group.elsewhere", "container": "metrics", "port": 9090},
            {"target_group": "@aws_lb_target_group.web", "container": "web", "port": 8080},
        ],
    }
    return things


def test_tasks_are_reached_through_their_balancer_on_the_port_of_their_container() -> None:
    found = ask(tasks(), "internet", "aws_ecs_service.task", port=443)
    assert (found.verdict, found.candidate.through if found.candidate else "") == ("yes", "web")
    assert any("task port 8080" in hop.text for hop in found.forward.hops)
    assert ask(tasks(), "internet", "aws_ecs_service.task", port=8080).verdict == "no"


def test_tasks_whose_group_knows_another_port_only_are_not_reached() -> None:
    things = tasks()
    things["aws_security_group.task"]["ingress"][0].update(from_port=80, to_port=80)
    found = ask(things, "internet", "aws_ecs_service.task", port=443)
    assert (found.verdict, found.forward.dropped_at) == ("no", "aws_security_group.task")


def test_tasks_that_are_in_no_group_of_the_balancer_are_not_its_targets() -> None:
    things = tasks()
    things["aws_ecs_service.task"]["load_balancers"] = []
    assert ask(things, "internet", "aws_ecs_service.task", port=443).verdict == "no"


def nested(keeps: bool | None = None) -> Things:
    """A machine behind an application balancer (port 8080), behind a network balancer (port 443)."""
    things = network()
    machine(things, "app", "back", "10.0.2.10")
    balancer(things, "inner", "application", 8080, ["front", "other"])
    things["aws_lb.inner"]["scheme"] = "internal"
    things["aws_lb_target_group.inner"]["targets"] = [{"target": "@aws_instance.app", "port": 80, "health": "healthy"}]
    balancer(things, "outer", "network", 443, ["front", "other"], target_type="alb", preserve_client_ip=keeps)
    things["aws_lb_target_group.outer"]["targets"] = [{"target": "@aws_lb.inner", "port": 8080, "health": "healthy"}]
    return things


@pytest.mark.parametrize("keeps", [None, True, False])
def test_a_machine_behind_two_balancers_answers_through_both(keeps: bool | None) -> None:
    things = nested(keeps)
    found = ask(things, "internet", "aws_instance.app", port=443)
    assert (found.verdict, found.candidate.through if found.candidate else "") == ("yes", "outer")
    handed = [hop.name for hop in (*found.forward.hops, *found.back.hops) if hop.reason == "balances"]
    assert handed == ["outer", "inner", "inner", "outer"]
    assert ask(things, "internet", "aws_lb.inner", port=443).verdict == "yes"
    assert ask(things, "internet", "aws_instance.app", port=8080).verdict == "no"


@pytest.mark.parametrize(("keeps", "verdict"), [(None, "no"), (True, "no"), (False, "yes")])
def test_the_inner_balancer_sees_the_client_unless_the_outer_one_does_not_keep_it(
    keeps: bool | None, verdict: str
) -> None:
    things = nested(keeps)
    things["aws_security_group.inner"]["ingress"] = [{**ANY, "cidr": "10.0.0.0/16"}]
    found = ask(things, "internet", "aws_instance.app", port=443)
    assert found.verdict == verdict
    if verdict == "no":
        assert str(found.shown.drop.reason if found.shown and found.shown.drop else "") == "client-address-kept"


def test_an_inner_balancer_that_listens_elsewhere_ends_the_packet() -> None:
    things = nested()
    things["aws_lb_listener.inner"]["port"] = 9999
    found = ask(things, "internet", "aws_instance.app", port=443)
    assert (found.verdict, found.forward.dropped_at) == ("no", "aws_lb.inner")


def straight(**target: Any) -> Things:
    """A machine behind a network balancer."""
    things = network()
    machine(things, "app", "back", "10.0.2.10")
    balancer(things, "nlb", "network", 443, ["front"])
    things["aws_lb_target_group.nlb"]["targets"] = [{"target": "@aws_instance.app", "port": 80, **target}]
    return things


@pytest.mark.parametrize(
    ("health", "verdict"),
    [("healthy", "yes"), ("initial", "yes"), ("unhealthy", "no"), ("draining", "no"), ("unused", "no")],
)
def test_only_healthy_targets_are_sent_to(health: str, verdict: str) -> None:
    things = straight(health=health)
    things["aws_lb_target_group.nlb"]["targets"].append({"target": "10.0.2.99", "port": 80, "health": "healthy"})
    assert ask(things, "internet", "aws_instance.app").verdict == verdict


@pytest.mark.parametrize(
    ("health", "other", "verdict"),
    [
        ("unhealthy", None, "yes"),
        ("unhealthy", "unhealthy", "yes"),
        ("unhealthy", "draining", "yes"),
        ("unhealthy", "initial", "no"),
        ("unhealthy", Unknown(Reason.NOT_SEEN, "health"), "depends"),
        ("draining", None, "no"),
        ("unused", "unhealthy", "no"),
    ],
)
def test_where_no_target_is_healthy_all_that_are_unhealthy_are_sent_to(health: str, other: Any, verdict: str) -> None:
    """elasticloadbalancing/latest/application|network/target-group-health-checks.html: it fails open."""
    things = straight(health=health)
    if other is not None:
        things["aws_lb_target_group.nlb"]["targets"].append({"target": "10.0.2.99", "port": 80, "health": other})
    found = ask(things, "internet", "aws_instance.app")
    assert found.verdict == verdict
    if verdict == "yes":
        assert "no target of nlb is healthy: the balancer then sends to all of them" in found.assumptions


def test_health_that_is_not_known_leaves_it_open_and_is_named() -> None:
    found = ask(straight(health=Unknown(Reason.NOT_SEEN, "health")), "internet", "aws_instance.app")
    assert (found.verdict, found.depends_on) == ("depends", ("the health of the target in nlb",))


def test_code_has_no_health_and_the_answer_says_what_it_takes_for_granted() -> None:
    found = ask(straight(), "internet", "aws_instance.app")
    assert found.verdict == "yes"
    assert "the targets of nlb are healthy" in found.assumptions


def test_the_answer_to_a_kept_client_goes_back_through_the_balancer_whatever_the_routes_of_the_target_say() -> None:
    things = straight(health="healthy")
    # The target's subnet leads nowhere; its own machine is not asked for a public address either.
    assert ask(things, "internet", "aws_instance.app").verdict == "yes"
    # The lists of both subnets look at the answer: between the subnets it is for the client, too.
    for name, way in (("back", "egress"), ("front", "ingress")):
        shut = straight(health="healthy")
        guard(shut, name, deny("0.0.0.0/0") if way == "ingress" else [], deny("0.0.0.0/0") if way == "egress" else [])
        if name == "front":
            # What comes in from the internet is for the listener; what the target answers is from its port.
            shut["aws_network_acl.front"]["ingress"][0].update(protocol="tcp", from_port=40000, to_port=40000)
        assert ask(shut, "internet", "aws_instance.app").verdict == "no", (name, way)


@pytest.mark.parametrize(
    ("group", "whole", "verdict"),
    [
        ("true", False, "yes"),
        ("false", True, "no"),
        (True, False, "yes"),
        (False, True, "no"),
        ("use_load_balancer_configuration", True, "yes"),
        ("use_load_balancer_configuration", False, "no"),
        (None, True, "yes"),
        (None, None, "no"),
    ],
)
def test_a_target_in_another_zone_is_sent_to_where_its_group_or_else_the_balancer_crosses_zones(
    group: Any, whole: bool | None, verdict: str
) -> None:
    things = straight(health="healthy")
    things["aws_subnet.back"]["availability_zone"] = "eu-west-1b"
    things["aws_lb.nlb"]["subnets"] = ["@aws_subnet.front", "@aws_subnet.other"]
    # The node in the target's own zone is out of the internet's reach.
    table(things, "front", ["front"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    things["aws_lb.nlb"]["cross_zone"] = whole
    things["aws_lb_target_group.nlb"]["cross_zone"] = group
    assert ask(things, "internet", "aws_instance.app").verdict == verdict
