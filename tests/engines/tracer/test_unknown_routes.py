"""Routes nobody knows may lead on, may lead nowhere, and may be about something else: never a plain yes or no."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_stations import two
from written_estates import Things, ask, neighbours

from nephograph.engines.tracer.axes import Course, Symbol
from nephograph.model.value import Reason, Unknown

ROUTES = Unknown(Reason.NO_VALUE, "var.routes")


def web(routes: object) -> Things:
    things = neighbours()
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": "@aws_instance.a"}
    things["aws_route_table.m"]["routes"] = routes
    return things


@pytest.mark.parametrize("routes", [ROUTES, [ROUTES]])
def test_a_table_whose_routes_are_not_known_leaves_it_open_and_is_named(routes: object) -> None:
    for found in (ask(web(routes), "aws_instance.a", "198.51.100.7"), ask(web(routes), "internet", "aws_instance.a")):
        assert found.verdict == "depends"
        assert [("var.routes" in text, " of m " in text) for text in found.depends_on] == [(True, True)]


def test_a_route_that_is_not_known_may_take_what_a_known_one_would_carry() -> None:
    out = {"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.g"}
    assert ask(web([out]), "aws_instance.a", "198.51.100.7").verdict == "yes"
    found = ask(web([out, ROUTES]), "aws_instance.a", "198.51.100.7")
    assert (found.verdict, len(found.depends_on)) == ("depends", 1)
    # It may not be the one for the packet, and it may lead on: the case that is shown is one of these.
    assert found.shown is not None
    assert found.shown.passed


def test_routes_of_a_hub_that_are_not_known_may_take_what_a_learnt_one_would_carry() -> None:
    things = two("transit")
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == "yes"
    things["aws_ec2_transit_gateway_route_table.t"]["routes"] = ROUTES
    found = ask(things, "aws_instance.a", "aws_instance.b")
    assert (found.verdict, len(found.depends_on), "var.routes" in found.depends_on[0]) == ("depends", 1, True)


def test_what_may_be_true_of_one_address_may_be_false_of_another() -> None:
    course = Course({"? it of 7": (1, 1)}, {})
    assert course.perhaps("it", Symbol(6))
    assert not course.perhaps("it", Symbol(7))
    assert course.perhaps("it", Symbol(7, "target"))
    assert course.perhaps("it")
    assert course.box == {"? it of 6": (0, 0), "? it of 7": (1, 1), "? it of target": (0, 0), "? it": (0, 0)}
