"""What checks and paths call exposed is what the tracer lets in from the internet, on estates in code."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from code_estates import CASES, CODES, HERE, load, read
from test_answers_read import WRITTEN
from written_estates import world

from nephograph.engines.network.network import Network
from nephograph.engines.tracer.came import Outside
from nephograph.engines.tracer.ends import of_resource
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.places import interfaces_of
from nephograph.engines.tracer.question import Question, put
from nephograph.estate.graph import Estate
from nephograph.model.verdict import any_of

ROOT = HERE.parents[2]
TREES = [
    *(path for code in CASES if any((path := CODES / code).glob("*.tf"))),
    HERE / "doors",
    ROOT / "examples" / "tiny",
    ROOT / "examples" / "shop",
    ROOT / "tests" / "examples" / "trees" / "network",
    *sorted({file.parent for file in (ROOT / "tests" / "scenarios").glob("*/*/main.tf")}),
]
NOT_CLIENTS = ("aws_nat_gateway", "aws_vpc_endpoint")
"""What the older engine has no doors for, because nobody connects to it from outside."""

ALSO = ("aws_lambda_function",)
"""What is reached without an interface of its own."""


def apart(estate: Estate) -> list[str]:
    """Resources with interfaces of which the two do not say the same."""
    network, ground = Network(estate), Ground(estate)
    found = []
    for resource in estate.resources.values():
        ends = tuple(of_resource(ground, resource, goal=True))
        if resource.kind not in ALSO and not interfaces_of(ground, resource):
            continue
        if resource.get("url") is not None:
            # (The URL of a function is no way of packets into the estate.)
            continue
        if not ends or resource.kind in NOT_CLIENTS:
            continue
        said = any_of(exposure.verdict for exposure in network.exposed(resource))
        traced = put(ground, Question((Outside("internet", "internet"),), ends))
        # Behind a middlebox the older engine says no more than that it depends on it.
        beside = said.answer == "depends" and all("lets in" in text for text in said.depends_on)
        if said.answer != traced.verdict and not beside:
            found.append(f"{resource.address}: {said.answer} {said.depends_on}, traced {traced.verdict}")
    return found


@pytest.mark.parametrize("tree", TREES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_is_exposed_is_what_is_let_in(tree: pathlib.Path) -> None:
    assert apart(load(tree) if tree.parent == CODES else read(tree)) == []


ILL = "a target that is not healthy"
"""What is exposed does not ask for the health of the day."""


@pytest.mark.parametrize("case", [case for case in WRITTEN if case != ILL])
def test_the_same_of_estates_written_as_data(case: str) -> None:
    things, *_ = WRITTEN[case]()
    assert apart(world(things)) == []
