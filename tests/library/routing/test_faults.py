"""Faults of a network's design, at their boundaries."""

from __future__ import annotations

from typing import Any

import pytest

from nephograph.engines.facts import EstateFacts
from nephograph.lenses.routes import faults
from nephograph.library.routing.ranges import Box, left_of, parse
from nephograph.model.value import Reason, Unknown
from scripts.net_oracle.things import Things, estate_of


def found(things: Things) -> list[tuple[str, str, str]]:
    """(kind, verdict, message) of every fault."""
    return sorted((f.kind, f.verdict.answer, f.message) for f in faults(EstateFacts(estate_of(things))))


def kinds(things: Things) -> set[str]:
    return {kind for kind, _, _ in found(things)}


def rule(low: int, high: int, cidr: str, protocol: str = "tcp", **more: Any) -> dict[str, Any]:
    return {"protocol": protocol, "from_port": low, "to_port": high, "cidr": cidr, **more}


def group(*ingress: dict[str, Any]) -> Things:
    things: Things = {"aws_security_group.g": {"ingress": list(ingress), "egress": []}}
    things["aws_instance.i"] = {"security_groups": ["@aws_security_group.g"]}
    return things


@pytest.mark.parametrize(
    ("one", "other", "covered"),
    [
        (rule(80, 80, "10.0.0.0/24"), rule(80, 80, "10.0.0.0/16"), True),
        (rule(80, 80, "10.0.0.0/24"), rule(80, 80, "10.0.1.0/24"), False),
        (rule(80, 81, "10.0.0.0/24"), rule(80, 80, "10.0.0.0/16"), False),
        (rule(80, 80, "10.0.0.0/24"), rule(0, 65535, "10.0.0.0/24", "all"), True),
        (rule(80, 80, "10.0.0.0/24"), rule(80, 80, "10.0.0.0/16", "udp"), False),
        (rule(80, 80, "10.0.0.0/24"), rule(80, 80, "10.0.0.0/24"), True),
        (rule(80, 80, "10.0.0.0/24"), rule(80, 80, "::/0"), False),
    ],
)
def test_a_rule_does_nothing_when_one_other_rule_holds_all_of_it(
    one: dict[str, Any], other: dict[str, Any], covered: bool
) -> None:
    assert ("unused" in kinds(group(one, other))) is covered
    assert len(found(group(one, other))) == covered


def test_rules_for_groups_are_compared_with_rules_for_the_same_group_only() -> None:
    wide = {"protocol": "all", "from_port": 0, "to_port": 65535}
    things = group({**wide, "group": "@aws_security_group.g"}, {**wide, "itself": True}, rule(22, 22, "10.0.0.0/8"))
    assert "unused" not in kinds(things)


def test_a_rule_that_is_not_known_in_full_is_not_compared() -> None:
    unknown: Any = Unknown(Reason.NO_VALUE, "var.range")
    assert "unused" not in kinds(group(rule(80, 80, unknown), rule(0, 65535, "0.0.0.0/0", "all")))


def acl(ingress: list[dict[str, Any]], egress: list[dict[str, Any]]) -> Things:
    return {"aws_network_acl.n": {"ingress": ingress, "egress": egress, "subnets": []}}


def entry(number: int, action: str, low: int, high: int, cidr: str, protocol: str = "tcp") -> dict[str, Any]:
    return rule(low, high, cidr, protocol, number=number, action=action)


ANSWERS = [entry(100, "allow", 1024, 65535, "0.0.0.0/0")]


def test_two_entries_together_hide_a_third() -> None:
    halves = [entry(1, "allow", 80, 80, "10.0.0.0/25"), entry(2, "deny", 80, 80, "10.0.0.128/25")]
    assert kinds(acl([*halves, entry(3, "allow", 80, 80, "10.0.0.0/24")], ANSWERS)) == {"shadowed"}
    assert kinds(acl([*halves, entry(3, "allow", 80, 81, "10.0.0.0/24")], ANSWERS)) == set()


def test_the_number_decides_the_order_not_the_place() -> None:
    wide, narrow = entry(200, "allow", 0, 65535, "0.0.0.0/0", "all"), entry(100, "deny", 22, 22, "10.0.0.0/8")
    assert kinds(acl([wide, narrow], ANSWERS)) == set()
    assert kinds(acl([{**wide, "number": 50}, narrow], ANSWERS)) == {"shadowed"}


def test_a_list_that_lets_no_answer_back() -> None:
    ask = [entry(100, "allow", 443, 443, "10.0.0.0/8")]
    assert kinds(acl(ask, ANSWERS)) == set()
    assert kinds(acl(ask, [entry(100, "allow", 1023, 1023, "0.0.0.0/0")])) == {"one-way"}
    assert kinds(acl(ask, [entry(100, "allow", 1024, 65535, "10.9.0.0/16")])) == set()
    assert kinds(acl(ask, [entry(90, "deny", 1024, 65535, "10.0.0.0/7"), *ANSWERS])) == {"one-way"}


def test_a_list_with_an_entry_that_is_not_known_is_not_judged() -> None:
    unknown: Any = Unknown(Reason.NO_VALUE, "var.range")
    assert kinds(acl([entry(1, "allow", 443, 443, unknown)], [])) == set()


def two_vpcs(cidr: str = "10.1.0.0/16") -> Things:
    things: Things = {"aws_vpc.a": {"cidrs": ["10.0.0.0/16"]}, "aws_vpc.b": {"cidrs": [cidr]}}
    base = cidr.rsplit(".", 2)[0]
    for name, net in (("a", "10.0.1.0/24"), ("b", f"{base}.1.0/24")):
        things[f"aws_subnet.{name}"] = {"vpc": f"@aws_vpc.{name}", "cidr": net, "availability_zone": "eu-west-1a"}
        things[f"aws_route_table.{name}"] = {
            "vpc": f"@aws_vpc.{name}",
            "subnets": [{"subnet": f"@aws_subnet.{name}"}],
            "routes": [],
        }
    things["aws_vpc_peering_connection.p"] = {"vpc": "@aws_vpc.a", "peer_vpc": "@aws_vpc.b", "status": "active"}
    things["aws_ec2_transit_gateway.t"] = {}
    for name in "ab":
        things[f"aws_ec2_transit_gateway_attachment.{name}"] = {
            "transit_gateway": "@aws_ec2_transit_gateway.t",
            "type": "vpc",
            "resource": f"@aws_vpc.{name}",
            "subnets": [f"@aws_subnet.{name}"],
        }
    return things


def lead(things: Things, name: str, destination: str, target: str) -> None:
    things[f"aws_route_table.{name}"]["routes"].append({"destination": destination, "target": f"@{target}"})


PEERING, HUB = "aws_vpc_peering_connection.p", "aws_ec2_transit_gateway.t"


def test_the_way_back_has_to_be_the_way_there() -> None:
    things = two_vpcs()
    lead(things, "a", "10.1.0.0/16", HUB)
    assert kinds(things) == {"asymmetric"}
    lead(things, "b", "10.0.0.0/8", HUB)
    assert kinds(things) == set()
    lead(things, "b", "10.0.0.0/16", PEERING)
    assert kinds(things) == {"asymmetric"}


def test_a_route_back_that_is_not_known_leaves_it_open() -> None:
    things = two_vpcs()
    lead(things, "a", "10.1.0.0/16", PEERING)
    things["aws_route_table.b"]["routes"] = Unknown(Reason.NO_VALUE, "var.routes")
    assert [(kind, verdict) for kind, verdict, _ in found(things)] == [("asymmetric", "depends")]


def test_a_longer_route_elsewhere_decides_the_way_there() -> None:
    things = two_vpcs()
    lead(things, "a", "10.1.0.0/16", PEERING)
    lead(things, "a", "10.1.1.0/24", HUB)
    lead(things, "b", "10.0.0.0/16", HUB)
    assert kinds(things) == set()


def test_ranges_that_meet_are_told_of_every_joint() -> None:
    assert [kind for kind, _, _ in found(two_vpcs("10.0.0.0/17"))] == ["overlapping", "overlapping"]


def test_a_peering_that_is_gone_is_a_dead_route_and_joins_nothing() -> None:
    things = two_vpcs("10.0.0.0/17")
    things = {key: config for key, config in things.items() if "transit" not in key}
    things[PEERING]["status"] = "deleted"
    lead(things, "a", "10.9.0.0/16", PEERING)
    assert kinds(things) == {"blackhole"}


def test_a_route_to_a_hub_the_vpc_is_not_attached_to_is_dead() -> None:
    things = two_vpcs()
    del things["aws_ec2_transit_gateway_attachment.a"]
    lead(things, "a", "10.9.0.0/16", HUB)
    assert kinds(things) == {"blackhole"}


def test_a_route_whose_target_is_not_in_the_data_is_quiet() -> None:
    things = two_vpcs()
    lead(things, "a", "10.9.0.0/16", "aws_vpc_peering_connection.elsewhere")
    assert kinds(things) == set()


def test_what_is_left_of_a_rectangle() -> None:
    whole, part = parse("10.0.0.0/24"), parse("10.0.0.64/26")
    assert whole is not None
    assert part is not None
    box, hole = Box("tcp", (1, 10), whole), Box("tcp", (3, 5), part)
    left = left_of(box, [hole])
    size = sum((b - a + 1) * (d - c + 1) for (a, b), (c, d) in left)
    assert size == 10 * 256 - 3 * 64
    assert left_of(box, [hole, Box("all", (0, 65535), box.range)]) == []
    assert left_of(box, [Box("udp", (0, 65535), box.range)]) == [((1, 10), (box.range.low, box.range.high))]
