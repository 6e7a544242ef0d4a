"""Ends that are asked once for all that are alike: what tells two of them apart, what does not, how many are asked."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_sets import crowd, question
from written_estates import ANY, Things, world

from nephograph.engines.tracer import sets
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.sets import each, put_for_all, thinned

CROWD, GOAL = "aws_subnet.a", "aws_instance.goal"


def alike(things: Things, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The machines of the crowd that are asked as one, told by their names without a blank."""
    monkeypatch.setattr(sets, "FEW", 0)
    ground = Ground(world(things))
    asked = thinned(ground, question(ground, CROWD, GOAL))
    return {" ".join(one.resource.label for one in ends) for ends in asked.sources.values()}


ALL, EACH, ALONE = {"m0 m1 m2"}, {"m0", "m1", "m2"}, {"m0 m2", "m1"}


def rule(cidr: str) -> dict[str, Any]:
    return {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr": cidr}


def test_names_and_the_order_of_what_is_said_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    things = crowd(3)
    for at, named in enumerate("xyz"):
        things[f"aws_instance.m{at}"]["tags"] = {"Name": named}
        things[f"aws_instance.m{at}"]["root_block_device"] = {"name": named, "encrypted": True}
    things["aws_instance.m1"] = dict(reversed(things["aws_instance.m1"].items()))
    assert alike(things, monkeypatch) == ALL


def test_what_one_says_of_itself_makes_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    things = crowd(3)
    for at in range(3):
        things[f"aws_instance.m{at}"]["metadata_options"] = {"name": "same", "http_endpoint": "enabled"}
    things["aws_instance.m1"]["metadata_options"]["http_endpoint"] = "disabled"
    assert alike(things, monkeypatch) == ALONE


@pytest.mark.parametrize(
    ("cidr", "classes"),
    [
        ("10.0.0.5/32", EACH),
        ("10.0.0.4/31", {"m0 m1", "m2"}),
        ("10.0.0.6/31", {"m0 m1", "m2"}),
        ("10.0.0.4/30", ALL),
        ("10.0.0.128/25", ALL),
    ],
)
def test_an_address_between_two_that_is_written_makes_a_difference(
    cidr: str, classes: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    things = crowd(3)
    things["aws_security_group.goal"]["ingress"].append(rule(cidr))
    assert alike(things, monkeypatch) == classes


def test_addresses_in_descriptions_are_no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    things = crowd(3)
    things["aws_security_group.goal"]["description"] = "not for 10.0.0.5"
    assert alike(things, monkeypatch) == ALL


def test_a_bare_address_that_is_written_elsewhere_makes_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    things = crowd(3)
    things["aws_lb_target_group.t"] = {"vpc": "@aws_vpc.v", "target_type": "ip", "targets": [{"id": "10.0.0.5"}]}
    assert alike(things, monkeypatch) == EACH


def test_a_range_that_one_of_their_kind_has_makes_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    things = crowd(3)
    things[GOAL]["secondary_ranges"] = ["10.0.0.5/32"]
    assert alike(things, monkeypatch) == EACH


def test_addresses_in_the_text_of_firewall_rules_make_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    things = crowd(3)
    text = "drop tcp [10.0.0.5,192.0.2.0/24] any -> any any (sid:1;)"
    things["aws_networkfirewall_rule_group.r"] = {"rules": text}
    assert alike(things, monkeypatch) == EACH


def test_what_names_one_makes_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere, and no field of its own says so."""
    things = crowd(3)
    targets = [{"target": "@aws_instance.m1"}]
    things["aws_lb_target_group.t"] = {"vpc": "@aws_vpc.v", "target_type": "instance", "targets": targets}
    assert alike(things, monkeypatch) == ALONE


def test_a_further_interface_makes_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says itself whose it is, and stands in another subnet."""
    things = crowd(3)
    attached = [{"instance": "@aws_instance.m1", "device_index": 1}]
    things["aws_network_interface.i"] = {
        "subnet": "@aws_subnet.b",
        "private_ips": ["10.0.4.9"],
        "attachments": attached,
    }
    assert alike(things, monkeypatch) == ALONE


def test_few_are_asked_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    ground = Ground(world(crowd(3)))
    for few, asked in ((3, 3), (2, 1)):
        monkeypatch.setattr(sets, "FEW", few)
        found, _ = put_for_all(ground, question(ground, CROWD, GOAL))
        assert len(each(found)) == asked


def test_who_is_like_nobody_is_not_asked_about_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each class of several a second one asks, for the first is who is asked."""
    monkeypatch.setattr(sets, "FEW", 0)
    things = crowd(3)
    things["aws_instance.m1"]["security_groups"] = ["@aws_security_group.let"]
    ground = Ground(world(things))
    asked = thinned(ground, question(ground, CROWD, CROWD))
    assert [one.resource.label for one in asked.question.source] == ["m0", "m1", "m2"]
    assert [one.resource.label for one in asked.question.target] == ["m0", "m1"]


def strangers(count: int) -> Things:
    """Machines in a group each."""
    things = crowd(count)
    for at in range(count):
        things[f"aws_security_group.g{at}"] = {"vpc": "@aws_vpc.v", "ingress": [], "egress": [ANY]}
        things[f"aws_instance.m{at}"]["security_groups"] = [f"@aws_security_group.g{at}"]
    return things


def test_a_yes_of_too_many_says_that_not_all_were_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "FEW", 0)
    monkeypatch.setattr(sets, "MOST", 2)
    things = strangers(4)
    things["aws_instance.m0"]["security_groups"] = ["@aws_security_group.let"]
    ground = Ground(world(things))
    found, _ = put_for_all(ground, question(ground, CROWD, GOAL))
    assert found.verdict == "yes"
    told = "nothing of 2 of 4 pairs of ends, which were not looked at: name narrower ends"
    assert told in found.assumptions


def test_the_longer_side_is_cut_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "FEW", 0)
    monkeypatch.setattr(sets, "MOST", 3)
    ground = Ground(world(strangers(5)))
    for source, target, sizes in ((CROWD, GOAL, (3, 1)), (GOAL, CROWD, (1, 3))):
        asked = thinned(ground, question(ground, source, target))
        assert (len(asked.question.source), len(asked.question.target), asked.left) == (*sizes, 2)
