"""Which target group a permission of a function is for: by its ARN, with wildcards, or by a reference of code."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import msgspec
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_functions_behind_balancers import LET, function, reasons
from written_estates import Things, world

from nephograph.engines.tracer.came import Outside
from nephograph.engines.tracer.ends import of_resource
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, Reach, put
from nephograph.estate.graph import Estate
from nephograph.model.value import Reason, Ref, Unknown

GROUP = "aws_lb_target_group.web"
ARN = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")


def asked(permissions: Any, arn: str = ARN, more: Things | None = None) -> Reach:
    """The internet asks the function, whose balancer's target group has that ARN."""
    made = world({**function(permissions=permissions), **(more or {})})
    resources = [msgspec.structs.replace(r, arn=arn) if r.urn == GROUP else r for r in made.resources.values()]
    ground = Ground(Estate(resources, made.edges, made.unlinked))
    goal = tuple(of_resource(ground, ground.estate.resources["aws_lambda_function.f"], goal=True))
    return put(ground, Question((Outside("internet", "internet"),), goal, "tcp", (443, 443)))


def of(said: Any) -> list[dict[str, Any]]:
    return [{**LET, "source_arn": said}]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (ARN, "yes"),
        ("*", "yes"),
        ("arn:aws:elasticloadbalancing:*", "yes"),
        ("arn:aws:elasticloadbalancing:*:targetgroup/web/*", "yes"),
        (ARN.replace("web", "we?"), "yes"),
        (ARN.replace("web", "w?"), "no"),
        (ARN.replace("web", "w.b"), "no"),
        (ARN + "0", "no"),
        ("arn:aws:elasticloadbalancing", "no"),
        ("arn:aws:elasticloadbalancing:*:targetgroup/other/*", "no"),
    ],
)
def test_a_permission_is_for_the_groups_its_arn_covers(said: str, verdict: str) -> None:
    """lambda/latest/dg/access-control-resource-based.html: the source ARN may hold wildcards."""
    found = asked(of(said))
    assert found.verdict == verdict
    assert verdict == "yes" or reasons(found)[-1] == "function-not-permitted"


def test_where_an_arn_is_not_known_it_is_open_what_it_covers() -> None:
    other = ARN.replace("web", "other")
    assert asked(of(other), arn="").verdict == "depends"
    assert asked(of(other), arn=ARN.replace("1111", HOLE.symbol)).verdict == "depends"
    assert asked(of(other.replace("1111", HOLE.symbol))).verdict == "depends"
    # Everything is everything, and one that is the same text is the same one.
    assert asked(of("*"), arn="").verdict == "yes"
    held = ARN.replace("1111", HOLE.symbol)
    assert asked(of(held), arn=held).verdict == "yes"


@pytest.mark.parametrize(
    ("address", "verdict"), [(GROUP, "yes"), ("aws_lb_target_group.other", "no"), ("x.y", "depends")]
)
def test_code_names_the_group_by_its_attribute(address: str, verdict: str) -> None:
    said = Unknown(Reason.AFTER_APPLY, f"{address}.arn", ref=Ref(address, ("arn",)))
    assert asked(of(said), more={"aws_lb_target_group.other": {"targets": []}}).verdict == verdict


def test_which_permission_lets_it_in_is_shown_and_without_any_none_does() -> None:
    found = asked([{**LET, "action": "lambda:GetFunction"}, *of(ARN)])
    (hop,) = [hop for hop in found.forward.hops if "invokes" in hop.text]
    assert hop.location is not None
    assert hop.location.file.endswith("permissions.1")
    for unsaid in (HOLE, [HOLE]):
        (hop,) = [hop for hop in asked(unsaid).forward.hops if "invokes" in hop.text]
        assert hop.location is None
    assert asked(None).verdict == "no"
