"""Whatever one does not know of an estate, a sure answer is the one that is given when it is known.

Every value of small estates is taken away, one at a time: as a whole field, as an element of a list, as a field of an
element, and, where it names another resource, by naming one that is not in the data. What was there is one of the
things that could be there: a yes or a no that differs from the answer about it would be wrong.
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterator

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_answers_read import WRITTEN
from written_estates import ask

from tests.support.holes import holes


def _wrong(case: str) -> Iterator[str]:
    """What is wrong with every hole of an estate that is answered otherwise."""
    things, *question = WRITTEN[case]()
    known = ask(things, *question).verdict
    for what, without in holes(things):
        found = ask(without, *question)
        if found.verdict not in (known, "depends"):
            yield f"{what}: {known} when it is known, {found.verdict} when it is not"
        elif found.verdict == "depends" and not found.depends_on:
            yield f"{what}: depends on nothing"


@pytest.mark.parametrize("case", WRITTEN)
def test_a_sure_answer_is_the_one_that_is_given_when_all_is_known(case: str) -> None:
    assert list(_wrong(case)) == []


BEHIND = {
    "aws_lb_listener.web actions": "where web of web forwards to",
    "aws_lb_listener.web actions.0.target_group": "where web of web forwards to",
    "aws_lb_listener.web load_balancer": "whether web is a listener of web",
    "aws_ecs_service.task load_balancers": "whether task registers its tasks in web",
    "aws_ecs_service.task load_balancers.1": "whether task registers its tasks in web",
    "aws_ecs_service.task load_balancers.1.port": "the port task has in web",
    "aws_lb.web subnets.0": "the zones of web",
}


@pytest.mark.parametrize("what", BEHIND)
def test_what_is_not_known_of_a_balancer_is_named(what: str) -> None:
    things, *question = WRITTEN["tasks behind a balancer"]()
    without = dict(holes(things))[what]
    assert any(text.startswith(BEHIND[what]) and "var.hole" in text for text in ask(without, *question).depends_on)
