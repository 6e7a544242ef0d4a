"""Ends that are many: nobody is left out, and those that are asked once for all really have one answer."""

from __future__ import annotations

import pathlib
import random
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import ANY, world

from nephograph.engines.tracer import sets
from nephograph.engines.tracer.ends import of_resource
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, put
from nephograph.engines.tracer.sets import each, key, put_for_all, thinned


def crowd(count: int, groups: str = "crowd") -> dict[str, Any]:
    """A VPC with one database-like machine `goal`, and a subnet full of machines in one group."""
    things: dict[str, Any] = {
        "aws_vpc.v": {"cidrs": ["10.0.0.0/16"]},
        "aws_subnet.a": {"vpc": "@aws_vpc.v", "cidr": "10.0.0.0/22"},
        "aws_subnet.b": {"vpc": "@aws_vpc.v", "cidr": "10.0.4.0/24"},
        "aws_route_table.main": {"vpc": "@aws_vpc.v", "main": True, "subnets": [], "routes": []},
        "aws_security_group.crowd": {"vpc": "@aws_vpc.v", "ingress": [], "egress": [ANY]},
        "aws_security_group.let": {"vpc": "@aws_vpc.v", "ingress": [], "egress": [ANY]},
        "aws_security_group.goal": {
            "vpc": "@aws_vpc.v",
            "ingress": [{"protocol": "tcp", "from_port": 443, "to_port": 443, "group": "@aws_security_group.let"}],
            "egress": [],
        },
        "aws_instance.goal": {
            "subnet": "@aws_subnet.b",
            "private_ip": "10.0.4.7",
            "security_groups": ["@aws_security_group.goal"],
        },
    }
    for at in range(count):
        things[f"aws_instance.m{at}"] = {
            "subnet": "@aws_subnet.a",
            "private_ip": f"10.0.{at // 250}.{at % 250 + 4}",
            "security_groups": [f"@aws_security_group.{groups}"],
        }
    return things


def of(ground: Ground, urn: str) -> tuple[Any, ...]:
    return tuple(of_resource(ground, ground.estate.resources[urn]))


def question(ground: Ground, source: str, target: str) -> Question:
    return Question(of(ground, source), of(ground, target), "tcp", (443, 443), 40000)


def test_the_last_one_of_many_counts() -> None:
    things = crowd(400)
    things["aws_instance.m377"]["security_groups"] = ["@aws_security_group.let"]
    ground = Ground(world(things))
    found, asked = put_for_all(ground, question(ground, "aws_subnet.a", "aws_instance.goal"))
    assert found.verdict == "yes"
    assert asked.left == 0
    assert [(s.resource.urn, v) for s, _, v in each(found)] == [("aws_instance.m377", "yes"), ("aws_instance.m0", "no")]
    assert len(asked.sources["aws_instance.m0#aws_subnet.a"]) == 399


def test_a_rule_for_one_address_tells_it_from_the_others() -> None:
    things = crowd(400)
    rule = {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr": "10.0.1.100/32"}
    things["aws_security_group.goal"]["ingress"].append(rule)
    ground = Ground(world(things))
    found, asked = put_for_all(ground, question(ground, "aws_subnet.a", "aws_instance.goal"))
    (only,) = [s for s, _, v in each(found) if v == "yes"]
    assert (only.own.get("private_ip"), asked.left) == ("10.0.1.100", 0)


def test_members_of_one_group_are_asked_about_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "FEW", 10)
    things = crowd(40)
    mine = {"protocol": "all", "from_port": 0, "to_port": 65535, "group": "@aws_security_group.crowd"}
    things["aws_security_group.crowd"]["ingress"] = [mine]
    ground = Ground(world(things))
    found, asked = put_for_all(ground, question(ground, "aws_subnet.a", "aws_subnet.a"))
    assert (found.verdict, len(asked.question.source), asked.left) == ("yes", 2, 0)


def test_what_is_too_much_to_ask_is_no_sure_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "FEW", 10)
    monkeypatch.setattr(sets, "MOST", 10)
    things = crowd(40)
    for at in range(40):
        things[f"aws_security_group.g{at}"] = {"vpc": "@aws_vpc.v", "ingress": [], "egress": [ANY]}
        things[f"aws_instance.m{at}"]["security_groups"] = [f"@aws_security_group.g{at}"]
    ground = Ground(world(things))
    asked_for = question(ground, "aws_subnet.a", "aws_instance.goal")
    found, asked = put_for_all(ground, asked_for)
    assert (found.verdict, asked.left) == ("depends", 30)
    assert found.depends_on == ("30 of 40 pairs of ends, which were not looked at: name narrower ends",)
    monkeypatch.undo()
    assert put_for_all(ground, asked_for)[0].verdict == "no"


def mixed(seed: int) -> dict[str, Any]:
    """Machines in few groups, told apart by rules, entries and routes for parts of their subnet."""
    chance = random.Random(seed)
    things = crowd(24)
    for at, name in enumerate("pqr"):
        low = chance.choice((0, 8, 16))
        rule = {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr": f"10.0.0.{low}/{chance.choice((28, 29))}"}
        things[f"aws_security_group.{name}"] = {"vpc": "@aws_vpc.v", "ingress": [rule], "egress": [ANY] * (at != 1)}
    entry = {"number": 50, "action": "deny", "protocol": "all", "from_port": 0, "to_port": 65535}
    every = {"number": 100, "action": "allow", "protocol": "all", "from_port": 0, "to_port": 65535, "cidr": "0.0.0.0/0"}
    things["aws_network_acl.a"] = {
        "vpc": "@aws_vpc.v",
        "subnets": [{"subnet": "@aws_subnet.a"}],
        "ingress": [{**entry, "cidr": f"10.0.4.{chance.choice((0, 7))}/32"}, every],
        "egress": [{**entry, "cidr": "10.0.4.0/29"}, every] if chance.random() < 0.4 else [every],
    }
    rule = {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr": f"10.0.0.{chance.choice((0, 8))}/29"}
    things["aws_security_group.goal"]["ingress"].append(rule)
    for at in range(24):
        chosen = chance.sample(["crowd", "let", "p", "q", "r"], chance.choice((1, 1, 2)))
        things[f"aws_instance.m{at}"]["security_groups"] = [f"@aws_security_group.{name}" for name in chosen]
        if chance.random() < 0.2:
            del things[f"aws_instance.m{at}"]["private_ip"]
    return things


@pytest.mark.parametrize("seed", range(12))
def test_those_who_are_alike_have_one_answer(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "FEW", 10)
    ground = Ground(world(mixed(seed)))
    for source, target in (("aws_subnet.a", "aws_instance.goal"), ("aws_instance.goal", "aws_subnet.a")):
        whole = question(ground, source, target)
        asked = thinned(ground, whole)
        assert asked.left == 0
        merged = 0
        for start in asked.question.source:
            for goal in asked.question.target:
                verdicts = {
                    put(ground, Question((one,), (other,), "tcp", (443, 443), 40000)).verdict
                    for one in asked.sources[key(start)]
                    for other in asked.targets[key(goal)]
                }
                merged += len(asked.sources[key(start)]) * len(asked.targets[key(goal)]) - 1
                assert len(verdicts) == 1, (source, key(start), key(goal))
        assert merged > 0
