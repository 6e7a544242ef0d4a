"""Machines that tasks run on: by their group, their launch template or configuration, and what of it is not known."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_tasks_on_machines import SERVICE, shared
from written_estates import Things, ask, machine

from nephograph.model.value import Reason, Unknown

HOLE = Unknown(Reason.NO_VALUE, "var.hole")
ONE = "aws_instance.one"


def on_one() -> Things:
    """The group holds one instance that is in the data."""
    things = shared()
    machine(things, "one", "back")
    things[ONE]["security_groups"] = ["@aws_security_group.machine"]
    things["aws_autoscaling_group.m"]["instances"] = [f"@{ONE}"]
    return things


def test_where_the_subnet_of_a_machine_is_not_known_the_machine_is_named() -> None:
    assert ask(on_one(), "internet", SERVICE).verdict == "yes"
    things = on_one()
    things[ONE]["subnet"] = HOLE
    found = ask(things, SERVICE, "198.51.100.7")
    assert (found.verdict, found.depends_on[0]) == ("depends", "the subnet of one")


@pytest.mark.parametrize(
    ("groups", "verdict"), [(["@aws_security_group.machine"], "yes"), ([], "no"), (HOLE, "depends")]
)
def test_a_launch_configuration_says_the_groups_of_its_machines(groups: Any, verdict: str) -> None:
    """autoscaling/ec2/userguide/launch-configurations.html"""
    things = shared()
    things["aws_launch_configuration.m"] = {"security_groups": groups}
    things["aws_autoscaling_group.m"]["launch_configuration"] = "@aws_launch_configuration.m"
    del things["aws_autoscaling_group.m"]["launch_template"]
    assert ask(things, "internet", SERVICE).verdict == verdict


def test_a_cluster_that_is_not_in_the_data_is_named() -> None:
    things = shared()
    del things["aws_ecs_cluster.c"]
    found = ask(things, "internet", SERVICE)
    assert found.verdict == "depends"
    assert any("(aws_ecs_cluster.c is not in the data)" in text for text in found.depends_on)
    things = shared()
    things["aws_ecs_cluster.c"]["capacity_providers"] = []
    found = ask(things, "internet", SERVICE)
    assert any(
        text.endswith("no Auto Scaling group of a capacity provider is in the data") for text in found.depends_on
    )


def test_tasks_of_fargate_run_on_no_machine() -> None:
    """AmazonECS/latest/developerguide/AWS_Fargate.html"""
    assert ask(shared(launch_type="EC2"), "internet", SERVICE).traced
    assert not ask(shared(launch_type="FARGATE"), "internet", SERVICE).traced
