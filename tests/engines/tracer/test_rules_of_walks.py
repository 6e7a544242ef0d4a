"""What a packet on its way remembers, whom groups know, and whose answer is taken: rule by rule."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_packets import over_a_hub
from test_rules_of_stations import by_group, two
from test_targets_of_balancers import straight
from written_estates import ANY, Things, ask, deny, guard, machine, neighbours, subnet, table, world

from nephograph.engines.tracer.addresses import public_of
from nephograph.engines.tracer.axes import Axis, Course, Symbol
from nephograph.engines.tracer.came import Came, Outside
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.packet import Packet
from nephograph.engines.tracer.places import Interface, interfaces_of
from nephograph.engines.tracer.question import Reach
from nephograph.engines.tracer.reasons import Reason as Why
from nephograph.engines.tracer.walk import Ended, Walker
from nephograph.model.value import Reason, Unknown

A, B = "aws_instance.a", "aws_instance.b"


def reason(found: Reach) -> str:
    return str(found.shown.drop.reason) if found.shown is not None and found.shown.drop is not None else ""


def walker(things: Things, outside: Outside | None = None) -> Walker:
    """On the way from `a` to `b`, with TCP to port 443."""
    ground = Ground(world(things))
    a, b = (interfaces_of(ground, ground.estate.resources[urn])[0] for urn in (A, B))
    ends = Symbol(5), Symbol(6)
    course = Course({}, {name: Axis(name, ((0, 9),), False, name) for name in "xy"})
    return Walker(ground, course, a, outside or b, Packet(4, "tcp", *ends, Symbol(40000), Symbol(443), A))


X = Symbol(5, "x", "u")


@pytest.mark.parametrize(
    ("asked", "answers", "taken"),
    [
        (Symbol(5), Symbol(5), True),
        (Symbol(5), Symbol(6), False),
        (Symbol(5, "", "u"), Symbol(6, "", "u"), False),
        (X, Symbol(9, "x", "u"), True),
        (X, Symbol(5, "x", "other"), False),
        (X, Symbol(5, "y", "u"), False),
        (X, Symbol(5, "", "u"), False),
        (Symbol(5, "", "u"), X, False),
    ],
)
def test_an_answer_is_taken_from_the_address_that_was_asked_alone(asked: Symbol, answers: Symbol, taken: bool) -> None:
    for end in (None, Outside("internet", "internet")):
        one = walker(neighbours(), end)
        one.first = one.packet._replace(target=asked)
        one.packet = one.packet._replace(source=answers)
        one.deliver(one.goal)  # on the way out nobody has been asked yet
        one.back = True
        if taken:
            one.deliver(one.goal)
            assert one.hops[-1].decision == "delivers"
            continue
        with pytest.raises(Ended) as found:
            one.deliver(one.goal)
        assert found.value.drop.reason == Why.ANSWER_FROM_ANOTHER_ADDRESS
        assert found.value.drop.component == (B if end is None else "internet")
        # What something unknown wrote as source nobody can say.
        one.guessed = "something"
        one.deliver(one.goal)
        assert one.hops[-1].decision == "delivers"


def test_who_forgot_first_whom_a_packet_comes_from_is_remembered() -> None:
    one = walker(neighbours())
    one.forget(Why.GROUP_REFERENCE_LOST)
    one.forget(Why.GROUP_REFERENCE_NOT_SUPPORTED)
    assert one.packet.forgot == (A, str(Why.GROUP_REFERENCE_LOST))


def test_what_was_not_known_first_is_what_the_answer_is_not_known_for() -> None:
    one = walker(neighbours(), Outside("internet", "internet"))
    one.unknown("this", "there", "thing")
    one.unknown("that", "there", "thing")
    assert one.guessed == "this"
    assert [hop.decision for hop in one.hops] == ["depends", "delivers", "depends", "delivers"]


def test_behind_something_unknown_the_end_is_entered_even_if_its_address_is_nobodys() -> None:
    things = neighbours()
    guard(things, "b", deny("0.0.0.0/0"), [])
    one = walker(things)
    with pytest.raises(Ended) as found:
        one.unknown("this", "there", "thing")
    assert found.value.drop.reason == Why.NETWORK_LIST_REFUSES


def test_a_router_whose_subnet_is_not_in_the_data_leaves_it_open() -> None:
    one = walker(neighbours(), Outside("internet", "internet"))
    one.router(Came(None, None))
    assert [hop.decision for hop in one.hops] == ["depends", "delivers"]


def test_what_encloses_a_hop_is_told_from_the_outside_in() -> None:
    found = ask(neighbours(), A, B)
    assert found.forward.hops[0].inside == ("account 111122223333 · eu-west-1", "VPC v", "subnet a")
    things = neighbours()
    things[B]["subnet"] = Unknown(Reason.NO_VALUE, "var.subnet")
    found = ask(things, B, A)
    assert found.forward.hops[0].inside == ("account 111122223333 · eu-west-1",)


def test_where_the_way_out_is_not_known_the_answer_s_is_said_of_who_would_send_it() -> None:
    things = two("peering")
    things["aws_vpc_peering_connection.p"]["peer_vpc"] = Unknown(Reason.NO_VALUE, "var.peer")
    found = ask(things, A, B)
    assert (found.verdict, found.back.hops[-1].component, found.back.hops[-1].decision) == ("depends", B, "depends")
    found = ask(things, A, "10.1.7.7")
    assert (found.verdict, found.back.hops[-1].component) == ("depends", "10.1.7.7")


def test_a_client_s_address_that_is_kept_is_the_reason_only_where_the_balancer_s_own_is_let_in() -> None:
    for ingress, why in (([{**ANY, "cidr": "10.0.0.0/16"}], "client-address-kept"), ([], "group-has-no-rules")):
        things = straight(health="healthy")
        things["aws_lb_target_group.nlb"]["preserve_client_ip"] = True
        things["aws_security_group.app"]["ingress"] = ingress
        found = ask(things, "internet", "aws_instance.app")
        assert (found.verdict, reason(found)) == ("no", why)


def test_whom_a_hub_forgot_is_no_reason_for_what_a_box_behind_it_does_not_let_out() -> None:
    things = two("transit")
    things["aws_ec2_transit_gateway.t"]["security_group_referencing"] = False
    subnet(things, "box", "10.1.9.0/24", vpc="w")
    machine(things, "box", "box", "10.1.9.10", source_dest_check=False)
    things["aws_ec2_transit_gateway_attachment.w"]["subnets"] = ["@aws_subnet.box"]
    table(things, "box", ["box"], {"10.1.1.0/24": "aws_instance.box"}, vpc="w")
    by_group(things, "box", "egress", "a")
    found = ask(things, A, B)
    assert (found.verdict, reason(found), found.forward.dropped_at) == ("no", "group-refuses", "aws_security_group.box")


def test_a_group_that_is_not_in_the_data_is_open_and_shown_at_the_machine() -> None:
    things = neighbours()
    things[B]["security_groups"] = ["@aws_security_group.gone"]
    found = ask(things, A, B)
    assert found.verdict == "depends"
    assert {hop.component for hop in found.forward.hops if hop.kind == "security group"} == {"aws_security_group.a", B}


def test_who_was_given_no_group_has_the_default_one_of_the_vpc() -> None:
    things = neighbours()
    things[B]["security_groups"] = []
    found = ask(things, A, B)
    assert (found.verdict, found.forward.hops[-1].text.split(" lets ")[0]) == (
        "no",
        "no rule of the default security group of b",
    )


def test_a_rule_for_a_group_that_is_known_is_no_rule_for_an_unknown_one() -> None:
    things = neighbours()
    things["aws_security_group.other"] = {"vpc": "@aws_vpc.v", "ingress": [], "egress": []}
    for direction, holder in (("ingress", "b"), ("egress", "a")):
        found = ask(by_group({**things, f"aws_security_group.{holder}": {**ANY}}, holder, direction, "other"), A, B)
        assert reason(found) in ("group-refuses", "group-has-no-rules")


@pytest.mark.parametrize(("direction", "holder"), [("ingress", "b"), ("egress", "a")])
def test_a_refusal_tells_of_a_rule_whose_group_is_not_in_the_data(direction: str, holder: str) -> None:
    things = neighbours()
    things["aws_security_group.other"] = {"vpc": "@aws_vpc.v", "ingress": [], "egress": []}
    known = by_group(things, holder, direction, "other")
    assert reason(ask(known, A, B)) == "group-refuses"
    unknown = by_group(things, holder, direction, "gone")
    found = ask(unknown, A, B)
    drops = {str(w.drop.reason) for t in found.traced for w in t.cases.walks if w.drop is not None}
    assert (found.verdict, drops) == ("depends", {"group-reference-unknown-peer"})


@pytest.mark.parametrize("rule", [Unknown(Reason.NO_VALUE, "var.rule"), {**ANY, "itself": None, "cidr": None}])
def test_a_rule_that_is_not_known_is_open_and_one_for_nobody_is_none(rule: object) -> None:
    things = neighbours()
    things["aws_security_group.b"]["ingress"] = [rule]
    assert ask(things, A, B).verdict == ("depends" if isinstance(rule, Unknown) else "no")


@pytest.mark.parametrize(
    ("version", "protocol", "kind", "reply"),
    [(4, "icmp", 8, 0), (4, "icmp", 3, 3), (6, "icmpv6", 128, 129), (6, "icmpv6", 1, 1)],
)
def test_an_echo_is_answered_by_its_reply_and_other_types_by_themselves(
    version: int, protocol: str, kind: int, reply: int
) -> None:
    packet = Packet(version, protocol, Symbol(1), Symbol(2), Symbol(0), Symbol(kind), "a", "b", ("c", "why"))
    answer = packet.answer()
    assert (answer.source, answer.target, answer.target_port.value) == (Symbol(2), Symbol(1), reply)
    assert (answer.sender, answer.receiver, answer.forgot) == ("b", "a", ("", ""))


def test_the_list_of_the_subnet_of_an_address_nobody_is_known_to_have_is_asked() -> None:
    things = neighbours()
    guard(things, "b", deny("10.0.0.0/24"), [])
    assert ask(things, A, "10.0.1.77").verdict == "no"
    assert ask(things, A, "10.0.1.10").verdict == "no"


def test_what_may_be_in_a_subnet_is_said_of_that_subnet_alone() -> None:
    things = neighbours()
    subnet(things, "c", "10.0.2.0/24")
    subnet(things, "d", "10.0.3.0/24")
    guard(things, "d", deny("0.0.0.0/0"), [])
    (one,) = ask(things, A, "10.0.2.0/23").traced
    assert one.judged.verdict == "depends"
    low = int.from_bytes(bytes([10, 0, 2, 0]), "big")
    assert [box["target"] for box in one.judged.perhaps] == [(low, low + 255)]


def test_a_public_address_that_is_not_known_leads_out_even_from_the_same_subnet() -> None:
    things: Things = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}, "aws_internet_gateway.g": {"vpc": "@aws_vpc.v"}}
    subnet(things, "a", "10.0.1.0/24")
    machine(things, "a", "a", "10.0.1.10", public_ip=True)
    machine(things, "b", "a", "10.0.1.11", public_ip=True)
    table(things, "a", ["a"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    one = walker(things)
    assert isinstance(one.start, Interface)
    assert isinstance(one.goal, Interface)
    target = public_of(one.course, one.ground, one.goal)
    assert target is not None
    one.packet = one.packet._replace(target=target, source=Symbol(0x0A00010A, "", one.start.urn))
    one.send(one.start)
    assert [hop.kind for hop in one.hops].count("internet gateway") == 2


@pytest.mark.parametrize("cidrs", [["10.0.0.0/16"], ["203.0.113.0/24"], Unknown(Reason.NO_VALUE, "var.range")])
def test_neighbours_in_a_subnet_meet_no_list_whatever_the_range_of_their_vpc(cidrs: object) -> None:
    net = "203.0.113" if cidrs == ["203.0.113.0/24"] else "10.0.1"
    things: Things = {"aws_vpc.v": {"cidrs": cidrs}}
    subnet(things, "a", f"{net}.0/24")
    machine(things, "a", "a", f"{net}.10")
    machine(things, "b", "a", f"{net}.11")
    table(things, "a", ["a"], {})
    guard(things, "a", deny("0.0.0.0/0"), deny("0.0.0.0/0"))
    assert ask(things, A, B).verdict == "yes"


@pytest.mark.parametrize(
    ("own", "resource", "verdict"),
    [(False, None, "yes"), (True, False, "no"), (None, False, "yes"), (None, None, "no"), (None, True, "no")],
)
def test_the_check_is_that_of_the_interface_or_else_of_its_machine(own: object, resource: object, verdict: str) -> None:
    things = neighbours()
    subnet(things, "box", "10.0.9.0/24")
    machine(things, "box", "box", source_dest_check=resource)
    groups = ["@aws_security_group.box"]
    eni = {"subnet": "@aws_subnet.box", "security_groups": groups, "private_ip": "10.0.9.10", "source_dest_check": own}
    things["aws_network_interface.box"] = eni
    things["aws_instance.box"]["interfaces"] = [{"interface": "@aws_network_interface.box"}]
    table(things, "a", ["a"], {"10.0.1.0/24": "aws_network_interface.box"})
    found = ask(things, A, B)
    assert found.verdict == verdict
    if verdict == "no":
        assert found.forward.dropped_at == "aws_network_interface.box"


def test_groups_of_a_peered_vpc_in_another_region_are_not_known() -> None:
    elsewhere = {"aws_vpc.w": "us-east-1"}
    for direction, holder, other in (("ingress", "b", "a"), ("egress", "a", "b")):
        things = by_group(two("peering"), holder, direction, other)
        assert ask(things, A, B).verdict == "yes"
        found = ask(things, A, B, regions=elsewhere)
        assert (found.verdict, reason(found)) == ("no", "group-reference-lost")


def test_whom_a_group_knows_as_the_target_is_open_where_its_vpc_is_not_known() -> None:
    things = by_group(neighbours(), "a", "egress", "b")
    assert ask(things, A, B).verdict == "yes"
    things["aws_subnet.b"]["vpc"] = Unknown(Reason.NO_VALUE, "var.vpc")
    assert ask(things, A, B).verdict == "depends"
    things = by_group(neighbours(), "a", "egress", "b")
    things["aws_subnet.a"]["vpc"] = Unknown(Reason.NO_VALUE, "var.vpc")
    assert ask(things, A, B).verdict == "depends"


def test_a_list_is_shown_where_it_is_and_the_default_one_at_its_subnet() -> None:
    things = neighbours()
    guard(things, "b", [], [])
    found = ask(things, A, B)
    lists = [hop.component for hop in found.forward.hops if hop.kind == "network ACL"]
    assert lists == ["aws_subnet.a", "aws_network_acl.b"]


def test_a_hub_answers_in_the_zone_that_was_left_last() -> None:
    found = ask(over_a_hub(), A, B)
    assert (found.verdict, [h.text for h in found.back.hops if h.reason == "attachment"]) == (
        "yes",
        ["t hands it to VPC a in subnet alink2"],
    )
