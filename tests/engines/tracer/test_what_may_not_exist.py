"""Tables, addresses and propagation that may not be there leave the answer open."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import msgspec
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_targets_of_balancers import network
from written_estates import Things, machine, world

from nephograph.engines.tracer.came import Outside
from nephograph.engines.tracer.ends import of_resource
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, put
from nephograph.estate.graph import Estate
from nephograph.model.value import Reason, Unknown

COUNT = Unknown(Reason.NO_VALUE, "var.count")


def verdict(things: Things, perhaps: str) -> Any:
    """Does the internet reach `web` where it is not known whether `perhaps` exists?"""
    made = world(things)
    resources = [
        msgspec.structs.replace(one, existence=COUNT) if urn == perhaps else one for urn, one in made.resources.items()
    ]
    ground = Ground(Estate(resources, made.edges, made.unlinked))
    goal = tuple(of_resource(ground, ground.estate.resources["aws_instance.web"]))
    return put(ground, Question((Outside("internet", "internet"),), goal, "tcp", (443, 443)))


def public(by: str) -> Things:
    things = network()
    machine(things, "web", "front", "10.0.1.10")
    if by == "main":
        # Nobody is associated: the main table serves the subnet.
        things["aws_route_table.m"] = {**things.pop("aws_route_table.front"), "main": True, "subnets": []}
    things["aws_eip.web"] = {"instance": "@aws_instance.web", "public_ip": "203.0.113.9"}
    return things


@pytest.mark.parametrize(("by", "perhaps"), [("eip", "aws_eip.web"), ("main", "aws_route_table.m")])
def test_what_may_not_exist_leaves_it_open(by: str, perhaps: str) -> None:
    assert verdict(public(by), "").verdict == "yes"
    found = verdict(public(by), perhaps)
    assert found.verdict == "depends"
    assert any("var.count" in text for text in found.depends_on)
