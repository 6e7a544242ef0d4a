"""Which registration a balancer sends to where not all are known, and which zones a group's own switch crosses."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_machines import ONE, on_one
from test_rules_of_rewriting import APP, CLIENT, behind, chained, lets
from test_tasks_on_machines import SERVICE
from written_estates import ANY, Things, ask, subnet

from nephograph.engines.tracer.question import Traced
from nephograph.model.value import Reason, Unknown

HOLE = Unknown(Reason.NO_VALUE, "var.hole")
FRONT, MIDDLE = "10.0.1.0/24", "10.0.3.0/24"


def by_nlb(things: Things) -> Traced:
    """The way by the network balancer."""
    (one,) = [t for t in ask(things, CLIENT, APP).traced if t.candidate.through == "nlb"]
    return one


def lost(targets: Any, target_type: str = "alb") -> Things:
    """What stands in the network balancer's group is not known."""
    things = chained()
    things["aws_lb_target_group.nlb"] |= {"target_type": target_type, "targets": targets}
    return things


@pytest.mark.parametrize(
    ("target_type", "cidr", "verdict"),
    [("alb", MIDDLE, "depends"), ("alb", FRONT, "no"), ("instance", FRONT, "depends"), ("instance", MIDDLE, "no")],
)
def test_a_group_of_balancers_holds_balancers_and_one_of_machines_machines(
    target_type: str, cidr: str, verdict: str
) -> None:
    """elasticloadbalancing/latest/network/application-load-balancer-target.html"""
    things = lets(lost([{"target": HOLE, "port": 80}], target_type), cidr=cidr)
    assert by_nlb(things).judged.verdict == verdict


def test_a_balancer_that_may_be_a_target_has_to_listen_on_the_port_of_the_registration() -> None:
    things = lost([{"target": HOLE, "port": 80}])
    assert by_nlb(things).judged.verdict == "depends"
    things["aws_lb_listener.alb"]["port"] = 81
    assert by_nlb(things).judged.verdict == "no"


def test_what_is_not_known_of_registrations_is_told() -> None:
    found = ask(lost([{"target": HOLE, "port": 80}]), CLIENT, APP)
    (way,) = [t for t in found.traced if t.candidate.through == "nlb"]
    texts = {hop.text for walk in way.cases.walks for hop in walk.forward}
    assert any(text.startswith("nlb sends it on to alb port 80 of nlb") for text in texts)


def test_a_classic_balancer_is_no_target_of_another_one() -> None:
    things = lets(lost([{"target": HOLE, "port": 80}]), cidr="10.0.4.0/24")
    subnet(things, "old", "10.0.4.0/24")
    things["aws_security_group.old"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": [ANY]}
    things["aws_elb.old"] = {
        "scheme": "internal",
        "subnets": ["@aws_subnet.old"],
        "security_groups": ["@aws_security_group.old"],
        "listeners": [{"port": 80, "protocol": "TCP", "instance_port": 80}],
        "instances": [f"@{APP}"],
    }
    assert by_nlb(things).judged.verdict == "no"


def test_where_a_listener_forwards_to_is_not_known_it_may_be_a_group_of_an_inner_balancer() -> None:
    things = lets(chained(), cidr=MIDDLE)
    things["aws_lb_listener.nlb"]["actions"] = HOLE
    assert by_nlb(things).judged.verdict == "depends"


@pytest.mark.parametrize(("port", "verdict"), [(33000, "no"), (40000, "yes")])
def test_a_machine_that_is_registered_is_sent_to_on_its_own_port(port: int, verdict: str) -> None:
    """AmazonECS/latest/developerguide/load-balancer-types.html: what is real says the port Docker has given."""
    things = on_one()
    things["aws_security_group.machine"]["ingress"][0].update(from_port=40000, to_port=40000)
    assert ask(things, "internet", SERVICE).verdict == "depends"
    things["aws_lb_target_group.web"]["targets"] = [{"target": f"@{ONE}", "port": port, "health": "healthy"}]
    assert ask(things, "internet", SERVICE).verdict == verdict


def zoned(balancer: Any, group: Any, *more: Any) -> dict[str, str]:
    """The verdict by the node of each zone; the machine stands in zone b."""
    things = behind("network", cross_zone=group)
    things["aws_subnet.back"]["availability_zone"] = "eu-west-1b"
    subnet(things, "front-b", "10.0.5.0/24", zone="b")
    things["aws_lb.nlb"] |= {"subnets": ["@aws_subnet.front", "@aws_subnet.front-b", *more], "cross_zone": balancer}
    found = [t for t in ask(things, CLIENT, APP).traced if t.candidate.through and not t.candidate.public]
    nodes = [(t.candidate.door.subnet, t.judged.verdict) for t in found if t.candidate.door is not None]
    return {where.label: verdict for where, verdict in nodes if where is not None}


@pytest.mark.parametrize(
    ("balancer", "group", "verdict"),
    [
        (False, None, "no"),
        (True, None, "yes"),
        (False, "true", "yes"),
        (False, True, "yes"),
        (True, "false", "no"),
        (True, False, "no"),
        (True, "use_load_balancer_configuration", "yes"),
        (False, "use_load_balancer_configuration", "no"),
    ],
)
def test_a_group_says_whether_zones_are_crossed_or_leaves_it_to_its_balancer(
    balancer: Any, group: Any, verdict: str
) -> None:
    """elasticloadbalancing/latest/network/target-group-cross-zone.html"""
    assert zoned(balancer, group) == {"front": verdict, "front-b": "yes"}


def test_another_subnet_that_is_not_known_makes_no_node_cross_zones() -> None:
    assert zoned(False, None, HOLE)["front"] == "no"
