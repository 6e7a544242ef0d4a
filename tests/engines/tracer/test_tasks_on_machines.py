"""Tasks of ECS on the network of their machine: behind a balancer, on the ports their machine has for them."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_targets_of_balancers import balancer, network
from written_estates import ANY, Things, ask, machine, subnet

from nephograph.engines.tracer.question import Reach
from nephograph.model.value import Reason, Ref, Unknown

VAR = Unknown(Reason.NO_VALUE, "var.x")
SERVICE = "aws_ecs_service.app"


def reason(found: Reach) -> str:
    return str(found.shown.drop.reason) if found.shown is not None and found.shown.drop is not None else ""


def shared(mode: Any = "bridge", host: Any = None, low: int = 32768, high: int = 65535, **service: Any) -> Things:
    """A service behind a balancer on port 443; its machines' group lets the balancer in to some ports."""
    things = network()
    balancer(things, "web", "application", 443, ["front", "other"])
    rule = {"protocol": "tcp", "from_port": low, "to_port": high, "group": "@aws_security_group.web"}
    things["aws_security_group.machine"] = {"vpc": "@aws_vpc.v", "ingress": [rule], "egress": [ANY]}
    things["aws_launch_template.m"] = {"versions": [{"security_groups": ["@aws_security_group.machine"]}]}
    things["aws_autoscaling_group.m"] = {
        "name": "m",
        "launch_template": "@aws_launch_template.m",
        "subnets": ["@aws_subnet.back"],
    }
    things["aws_ecs_capacity_provider.m"] = {"name": "m", "autoscaling_group": "@aws_autoscaling_group.m"}
    things["aws_ecs_cluster.c"] = {"name": "c", "capacity_providers": ["FARGATE", "m"]}
    things["aws_ecs_task_definition.app"] = {
        "network_mode": mode,
        "containers": [{"name": "web", "ports": [{"container": "8080", "host": host, "protocol": "tcp"}]}],
    }
    things[SERVICE] = {
        "cluster": "@aws_ecs_cluster.c",
        "cluster_name": "c",
        "task_definition": "@aws_ecs_task_definition.app",
        "load_balancers": [{"target_group": "@aws_lb_target_group.web", "container": "web", "port": 8080}],
        **service,
    }
    return things


@pytest.mark.parametrize("mode", ["bridge", None, "default"])
@pytest.mark.parametrize("host", [None, "0"])
def test_docker_gives_a_port_and_the_group_of_the_machine_has_to_let_in_all_it_may_give(mode: Any, host: Any) -> None:
    assert ask(shared(mode, host), "internet", SERVICE, port=443).verdict == "yes"
    found = ask(shared(mode, host, 32768, 40000), "internet", SERVICE, port=443)
    assert (found.verdict, found.depends_on) == ("depends", ("the port that container web of app has on its machine",))
    assert ask(shared(mode, host, 8080, 8080), "internet", SERVICE, port=443).verdict == "no"


@pytest.mark.parametrize(
    ("mode", "host", "port"), [("bridge", "9000", 9000), ("host", None, 8080), ("host", "8080", 8080)]
)
def test_a_port_that_is_written_is_the_one(mode: str, host: Any, port: int) -> None:
    found = ask(shared(mode, host, port, port), "internet", SERVICE, port=443)
    assert found.verdict == "yes"
    assert any(f"app port {port}" in hop.text for hop in found.forward.hops)
    other = ask(shared(mode, host, port + 1, port + 1), "internet", SERVICE, port=443)
    assert (other.verdict, other.forward.dropped_at) == ("no", "aws_security_group.machine")


def test_a_port_that_is_not_known_leaves_it_open() -> None:
    for containers in (VAR, [], [{"name": "web", "ports": VAR}], [{"name": "web", "ports": [{"container": VAR}]}]):
        things = shared()
        things["aws_ecs_task_definition.app"]["containers"] = containers
        assert ask(things, "internet", SERVICE, port=443).verdict == "depends"
        things["aws_security_group.machine"]["ingress"][0].update(from_port=1)
        assert ask(things, "internet", SERVICE, port=443).verdict == "yes"


def test_a_service_that_names_its_provider_runs_on_its_machines_and_on_no_others() -> None:
    things = shared(capacity_providers=["@aws_ecs_capacity_provider.own"])
    things["aws_autoscaling_group.own"] = {
        "launch_template": "@aws_launch_template.own",
        "subnets": ["@aws_subnet.back"],
    }
    things["aws_security_group.own"] = {"vpc": "@aws_vpc.v", "ingress": [], "egress": [ANY]}
    things["aws_launch_template.own"] = {"versions": [{"security_groups": ["@aws_security_group.own"]}]}
    things["aws_ecs_capacity_provider.own"] = {"name": "own", "autoscaling_group": "@aws_autoscaling_group.own"}
    found = ask(things, "internet", SERVICE, port=443)
    assert (found.verdict, found.forward.dropped_at) == ("no", "aws_security_group.own")
    machine(things, "beside", "back", "10.0.2.10", user_data="ECS_CLUSTER=c")
    assert ask(things, "internet", SERVICE, port=443).verdict == "no"
    things["aws_security_group.own"]["ingress"] = [ANY]
    assert ask(things, "internet", SERVICE, port=443).verdict == "yes"


def test_providers_that_the_cluster_does_not_name_are_none_of_its_own() -> None:
    things = shared()
    things["aws_security_group.shut"] = {"vpc": "@aws_vpc.v", "ingress": [], "egress": []}
    things["aws_launch_template.x"] = {"versions": [{"security_groups": ["@aws_security_group.shut"]}]}
    things["aws_autoscaling_group.x"] = {"launch_template": "@aws_launch_template.x", "subnets": ["@aws_subnet.back"]}
    things["aws_ecs_capacity_provider.x"] = {"name": "x", "autoscaling_group": "@aws_autoscaling_group.x"}
    made = Unknown(Reason.AFTER_APPLY, "", Ref("aws_ecs_capacity_provider.m", ("name",)))
    for names in (["FARGATE", "m"], [made]):
        things["aws_ecs_cluster.c"]["capacity_providers"] = names
        assert ask(things, "internet", SERVICE, port=443).verdict == "yes"
    things["aws_ecs_cluster.c"]["capacity_providers"] = ["m", "x"]
    assert ask(things, "internet", SERVICE, port=443).verdict == "depends"


def test_where_subnets_of_the_machines_differ_it_depends_on_the_one() -> None:
    things = shared()
    subnet(things, "lost", "10.0.9.0/24", zone="c")
    things["aws_autoscaling_group.m"]["subnets"].append("@aws_subnet.lost")
    found = ask(things, "internet", SERVICE, port=443)
    assert (found.verdict, found.depends_on) == ("depends", ("which machine tasks of app run on",))
    things["aws_autoscaling_group.m"]["subnets"] = ["@aws_subnet.lost"]
    assert ask(things, "internet", SERVICE, port=443).verdict == "no"


@pytest.mark.parametrize("text", ["#!/bin/sh\necho ECS_CLUSTER=c >> /etc/ecs/ecs.config", 'ECS_CLUSTER="c"'])
def test_machines_whose_user_data_joins_the_cluster_run_its_tasks(text: str) -> None:
    things = shared()
    del things["aws_ecs_capacity_provider.m"]
    things["aws_ecs_cluster.c"]["capacity_providers"] = []
    things["aws_launch_template.m"]["versions"][0]["user_data"] = text
    assert ask(things, "internet", SERVICE, port=443).verdict == "yes"
    things["aws_launch_template.m"]["versions"][0]["user_data"] = "ECS_CLUSTER=c-other"
    found = ask(things, "internet", SERVICE, port=443)
    assert (found.verdict, found.depends_on[0].startswith("the machines that tasks of app run on")) == ("depends", True)
    machine(things, "one", "back", "10.0.2.10", user_data=text)
    found = ask(things, "internet", SERVICE, port=443)
    assert found.verdict == "yes"


def test_the_instances_of_a_group_that_are_known_are_its_machines() -> None:
    things = shared(low=1, high=1)
    machine(things, "one", "back", "10.0.2.10")
    things["aws_autoscaling_group.m"]["instances"] = ["@aws_instance.one"]
    found = ask(things, "internet", SERVICE, port=443)
    assert (found.verdict, found.back.hops[0].component) == ("yes", SERVICE)
    things["aws_network_interface.one"] = {
        "subnet": "@aws_subnet.back",
        "security_groups": ["@aws_security_group.machine"],
        "private_ips": ["10.0.2.11"],
    }
    things["aws_instance.one"]["interfaces"] = [{"interface": "@aws_network_interface.one"}]
    assert ask(things, "internet", SERVICE, port=443).verdict == "no"
    things["aws_security_group.machine"]["ingress"] = [ANY]
    found = ask(things, "internet", SERVICE, port=443)
    assert (found.verdict, any("10.0.2.11" in hop.text for hop in found.back.hops)) == ("yes", True)


@pytest.mark.parametrize(
    ("states", "verdict"),
    [(("unhealthy", "healthy"), "yes"), (("healthy", "unhealthy"), "yes"), (("unused", "draining"), "no")],
)
def test_of_several_registrations_of_a_machine_one_that_gets_through_is_enough(states: Any, verdict: str) -> None:
    things = shared(low=40000, high=40010)
    machine(things, "one", "back", "10.0.2.10")
    things["aws_autoscaling_group.m"]["instances"] = ["@aws_instance.one"]
    things["aws_lb_target_group.web"]["targets"] = [
        {"target": "@aws_instance.one", "port": 40001 + at, "health": state} for at, state in enumerate(states)
    ]
    for goal in ("aws_instance.one", SERVICE):
        assert ask(things, "internet", goal, port=443).verdict == verdict
    things["aws_security_group.one"]["ingress"] = [
        {"protocol": "tcp", "from_port": 40002, "to_port": 40002, "cidr": "10.0.0.0/16"}
    ]
    assert ask(things, "internet", "aws_instance.one", port=443).verdict == ("yes" if states[1] == "healthy" else "no")


def missing(part: str) -> Things:
    things = shared()
    if part == "definition":
        del things["aws_ecs_task_definition.app"]
    elif part == "mode":
        things["aws_ecs_task_definition.app"]["network_mode"] = VAR
    elif part == "provider":
        del things["aws_ecs_capacity_provider.m"]
    elif part == "group":
        del things["aws_autoscaling_group.m"]
    elif part == "template":
        del things["aws_launch_template.m"]
    elif part == "versions":
        things["aws_launch_template.m"]["versions"] *= 2
    elif part == "security group":
        del things["aws_security_group.machine"]
    else:
        things["aws_autoscaling_group.m"]["subnets"] = VAR
    return things


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("definition", "the task definition of app"),
        ("mode", "the network mode of app"),
        ("provider", "the machines that tasks of app run on"),
        ("group", "the machines that tasks of app run on"),
        ("template", "what machines of m are made from"),
        ("versions", "which version of m machines of m are made from"),
        ("security group", "the security groups of m"),
        ("subnets", "the subnets of m"),
    ],
)
def test_what_is_missing_leaves_it_open_and_is_named(part: str, named: str) -> None:
    found = ask(missing(part), "internet", SERVICE, port=443)
    assert found.verdict == "depends"
    assert any(why.startswith(named) for why in found.depends_on), found.depends_on


def test_tasks_of_fargate_and_tasks_without_a_network_have_no_machine() -> None:
    for things in (shared(launch_type="FARGATE"), shared("none"), shared("awsvpc")):
        assert ask(things, "internet", SERVICE, port=443).verdict == "no"


def test_a_public_address_of_the_machine_is_one_of_its_tasks() -> None:
    things = shared("host", low=8080, high=8080)
    things["aws_autoscaling_group.m"]["subnets"] = ["@aws_subnet.front"]
    rule = {"protocol": "tcp", "from_port": 8080, "to_port": 8080, "cidr": "0.0.0.0/0"}
    things["aws_security_group.machine"]["ingress"] = [rule]
    assert ask(things, "internet", SERVICE, port=8080).verdict == "no"
    things["aws_launch_template.m"]["versions"][0]["public_ip"] = True
    assert ask(things, "internet", SERVICE, port=8080).verdict == "yes"
    things["aws_launch_template.m"]["versions"][0]["public_ip"] = None
    things["aws_subnet.front"]["public_ip_on_launch"] = True
    assert ask(things, "internet", SERVICE, port=8080).verdict == "yes"
    things["aws_launch_template.m"]["versions"][0]["public_ip"] = VAR
    assert ask(things, "internet", SERVICE, port=8080).verdict == "depends"


def test_tasks_call_from_the_address_of_their_machine() -> None:
    things = shared()
    machine(things, "db", "back", "10.0.2.77")
    things["aws_security_group.db"]["ingress"] = [
        {"protocol": "tcp", "from_port": 5432, "to_port": 5432, "group": "@aws_security_group.machine"}
    ]
    assert ask(things, SERVICE, "aws_instance.db", port=5432).verdict == "yes"
    assert ask(things, SERVICE, "aws_instance.db", port=5433).verdict == "no"
