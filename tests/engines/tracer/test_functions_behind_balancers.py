"""An Application Load Balancer invokes a function; nothing of a network stands between the two.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_targets_of_balancers import balancer, network
from written_estates import ANY, Things, machine, world

from nephograph.engines.tracer.came import Outside
from nephograph.engines.tracer.ends import of_resource
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, Reach, put
from nephograph.model.value import Reason, Unknown

LET = {"action": "lambda:InvokeFunction", "principal": "elasticloadbalancing.amazonaws.com"}
HOLE = Unknown(Reason.NO_VALUE, "var.hole")


def function(**more: Any) -> Things:
    """A function behind a balancer that listens on port 443."""
    things = network()
    balancer(things, "web", "application", 443, ["front", "other"], target_type="lambda")
    things["aws_lb_target_group.web"]["targets"] = [{"target": "@aws_lambda_function.f"}]
    things["aws_lambda_function.f"] = {"permissions": [LET], **more}
    return things


def asked(things: Things, source: str = "internet", port: int = 443) -> Reach:
    ground = Ground(world(things))
    found = ground.estate.resources.get(source)
    start = tuple(of_resource(ground, found)) if found is not None else (Outside("internet", "internet"),)
    goal = tuple(of_resource(ground, ground.estate.resources["aws_lambda_function.f"], goal=True))
    return put(ground, Question(start, goal, "tcp", (port, port)))


def reasons(found: Reach) -> list[str]:
    return [hop.reason for hop in (*found.forward.hops, *found.back.hops)]


def test_a_function_is_invoked_and_answers_by_the_balancer() -> None:
    found = asked(function())
    assert found.verdict == "yes"
    assert reasons(found).count("balances") == 2
    assert asked(function(), port=80).verdict == "no"


def test_groups_and_subnets_of_a_function_let_nothing_in_and_need_not() -> None:
    things = function(subnets=["@aws_subnet.back"], security_groups=["@aws_security_group.shut"])
    things["aws_security_group.shut"] = {"vpc": "@aws_vpc.v", "ingress": [], "egress": []}
    things["aws_security_group.web"]["egress"] = []
    assert asked(things).verdict == "yes"


def test_a_machine_inside_gets_to_it_by_an_internal_balancer() -> None:
    things = function()
    things["aws_lb.web"]["scheme"] = "internal"
    machine(things, "a", "back", "10.0.2.10")
    assert asked(things, "aws_instance.a").verdict == "yes"
    assert asked(things).verdict == "no"


def test_a_network_balancer_in_front_of_the_application_balancer_leads_to_it() -> None:
    things = function()
    things["aws_lb.web"]["scheme"] = "internal"
    balancer(things, "door", "network", 443, ["front", "other"], target_type="alb")
    things["aws_lb_target_group.door"] |= {"port": 443, "targets": [{"target": "@aws_lb.web"}]}
    assert asked(things).verdict == "yes"


@pytest.mark.parametrize(
    ("permissions", "verdict"),
    [
        ([], "no"),
        ([{**LET, "principal": "apigateway.amazonaws.com"}], "no"),
        ([{**LET, "action": "lambda:InvokeFunctionUrl"}], "no"),
        ([{**LET, "principal": "*"}], "yes"),
        ([{**LET, "action": "lambda:*"}], "yes"),
        ([{**LET, "organization": "o-1"}], "no"),
        ([{**LET, "source_account": "999999999999"}], "no"),
        ([{**LET, "source_account": "111122223333"}], "yes"),
        ([HOLE], "depends"),
        (HOLE, "depends"),
        ([{**LET, "action": HOLE}], "depends"),
        ([{**LET, "source_arn": HOLE}], "depends"),
        ([{**LET, "action": HOLE, "principal": "s3.amazonaws.com"}], "no"),
        ([{**LET, "action": "lambda:GetFunction"}, LET], "yes"),
    ],
)
def test_the_policy_of_the_function_has_to_let_the_balancer_in(permissions: Any, verdict: str) -> None:
    found = asked(function(permissions=permissions))
    assert found.verdict == verdict
    if verdict == "no":
        assert reasons(found)[-1] == "function-not-permitted"


def test_a_function_behind_nothing_takes_no_connections() -> None:
    things = function(subnets=["@aws_subnet.back"], security_groups=["@aws_security_group.open"])
    things["aws_security_group.open"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": [ANY]}
    things["aws_lb_target_group.web"]["targets"] = []
    machine(things, "a", "back", "10.0.2.10")
    found = asked(things, "aws_instance.a")
    assert (found.verdict, reasons(found)[-1]) == ("no", "target-answers-nobody")
