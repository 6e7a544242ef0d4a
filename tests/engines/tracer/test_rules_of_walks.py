"""What a packet on its way remembers, whom groups know, and whose answer is taken: rule by rule."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_gateways import six
from test_rules_of_packets import over_a_hub
from test_rules_of_stations import by_group, two
from test_targets_of_balancers import balancer, straight
from written_estates import ANY, Things, ask, deny, guard, machine, neighbours, subnet, table, world

from nephograph.engines.tracer.addresses import domain, public_of
from nephograph.engines.tracer.axes import Axis, Course, Symbol
from nephograph.engines.tracer.came import Came, Outside
from nephograph.engines.tracer.explore import Cases, explore, judge
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.hop import Walk
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


def behind_a_balancer(**group: Any) -> Things:
    """`app` behind an application balancer of the VPC that takes port 443 and sends to port 8080; `cli` asks it."""
    things: Things = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}}
    subnet(things, "front", "10.0.1.0/24")
    subnet(things, "back", "10.0.2.0/24")
    table(things, "m", [], {}, main=True)
    balancer(things, "web", "application", 443, ["front"], **group)
    things["aws_lb.web"]["scheme"] = "internal"
    things["aws_lb_target_group.web"]["targets"] = [{"target": "@aws_instance.app", "port": 8080, "health": "healthy"}]
    machine(things, "app", "back", "10.0.2.10")
    machine(things, "cli", "back", "10.0.2.20")
    return things


def stood_behind(things: Things) -> list[str]:
    """What else the refusal on the way through the balancer tells."""
    found = ask(things, "aws_instance.cli", "aws_instance.app")
    (way,) = [t for t in found.traced if t.candidate.through]
    assert way.judged.verdict == "no"
    return [one.reason for one in way.cases.walks[0].forward[-1].because]


def rule(port: int, **peer: Any) -> dict[str, Any]:
    return {"protocol": "tcp", "from_port": port, "to_port": port, **peer}


def test_a_target_that_knows_the_client_alone_is_told_that_the_balancer_writes_its_own_address() -> None:
    things = behind_a_balancer()
    things["aws_security_group.app"]["ingress"] = [rule(8080, group="@aws_security_group.cli")]
    assert stood_behind(things) == ["nat-writes-its-address"]
    things["aws_security_group.app"]["ingress"] = [rule(8080, cidr="10.0.2.20/32")]
    assert stood_behind(things) == ["nat-writes-its-address"]
    things["aws_security_group.app"]["ingress"] = [rule(8080, cidr="10.0.2.21/32")]
    assert stood_behind(things) == []


@pytest.mark.parametrize("peer", [{"cidr": "10.0.2.0/24"}, {"group": "@aws_security_group.app"}])
def test_a_balancer_that_lets_out_the_port_it_listens_on_alone_is_told_that_it_sends_to_another(
    peer: dict[str, str],
) -> None:
    things = behind_a_balancer()
    things["aws_security_group.web"]["egress"] = [rule(443, **peer)]
    (why,) = stood_behind(things)
    assert "port" in why
    things["aws_security_group.web"]["egress"] = [rule(443, cidr="10.0.9.0/24")]
    assert stood_behind(things) == []


@pytest.mark.parametrize(("low", "high", "first"), [(0, 4, None), (0, 5, 5), (9, 20, 9), (10, 20, None), (6, 7, 6)])
def test_the_first_value_of_an_axis_lies_in_its_domain(low: int, high: int, first: int | None) -> None:
    assert Axis("x", ((5, 9),), True, "x").first(low, high) == first


def test_a_route_of_a_subnet_whose_vpc_is_not_known_leads_where_nobody_knows() -> None:
    things = two("peering")
    things["aws_subnet.a"]["vpc"] = Unknown(Reason.NO_VALUE, "var.vpc")
    found = ask(things, A, B)
    assert (found.verdict, found.depends_on) == ("depends", ("the VPC of subnet a",))


def test_what_a_gateway_of_an_unknown_kind_does_with_packets_is_open() -> None:
    things = neighbours()
    things["aws_customer_gateway.c"] = {}
    table(things, "a", ["a"], {"198.51.100.0/24": "aws_customer_gateway.c"})
    found = ask(things, A, "198.51.100.7")
    assert (found.verdict, found.depends_on) == ("depends", ("what c (aws_customer_gateway) does with packets",))


def test_inside_a_vpc_that_is_not_in_the_data_nothing_is_known() -> None:
    one = walker(neighbours(), Outside("internet", "internet"))
    one.local(None, None)
    assert [hop.decision for hop in one.hops] == ["depends", "delivers"]


def test_without_a_table_neighbours_meet_even_where_the_range_of_their_vpc_is_not_known() -> None:
    things = neighbours()
    del things["aws_route_table.m"]
    assert ask(things, A, B).verdict == "yes"
    things["aws_vpc.v"]["cidrs"] = Unknown(Reason.NO_VALUE, "var.range")
    assert ask(things, A, B).verdict == "yes"
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"]}
    subnet(things, "far", "10.9.1.0/24", vpc="w")
    machine(things, "far", "far", "10.9.1.10")
    assert ask(things, A, "aws_instance.far").verdict == "no"


def test_the_main_table_of_a_default_vpc_leads_ipv6_nowhere() -> None:
    things: Things = {"aws_vpc.v": {"cidrs": ["172.31.0.0/16"], "ipv6_cidrs": ["2600:1f00::/56"], "default": True}}
    subnet(things, "s", "172.31.0.0/20", ipv6_cidr="2600:1f00::/64")
    machine(things, "a", "s", "172.31.0.10", public_ip=True, ipv6_addresses=["2600:1f00::10"])
    found = ask(things, A, "internet")
    assert {t.candidate.version: t.judged.verdict for t in found.traced} == {4: "yes", 6: "no"}


@pytest.mark.parametrize(
    ("low", "high", "inside", "carries"),
    [(0, 100, True, (10, 90)), (50, 50, True, (50, 50)), (20, 49, False, (50, 90)), (51, 60, False, (10, 50))],
)
def test_an_answer_carries_exactly_as_far_as_it_stays_the_same(
    low: int, high: int, inside: bool, carries: tuple[int, int]
) -> None:
    course = Course({"x": (50, 90)}, {"x": Axis("x", ((10, 90),), True, "x")})
    symbol = course.take(Axis("x", ((10, 90),), True, "x"))
    course.box["x"] = (10, 90)
    assert (symbol.value, course.within(symbol, low, high), course.box["x"]) == (50, inside, carries)


def passing(course: Course, *passes: int) -> Walk:
    """Gets through where something nobody knows has one of these values."""
    symbol = course.take(Axis("thing", ((0, 2),), False, "the thing"))
    through = any(course.within(symbol, value, value) for value in passes)
    return Walk(through, (), (), None, course.box, None)  # type: ignore[arg-type]


def test_cases_that_were_not_walked_may_be_those_that_do_not_pass() -> None:
    for passes, limit, verdict in (((0,), 400, "depends"), ((0, 1, 2), 400, "yes"), ((0, 1), 2, "depends")):
        found = judge(explore(lambda course, passes=passes: passing(course, *passes), limit))  # type: ignore[misc]
        assert found.verdict == verdict
        assert any("were not walked" in text for text in found.depends_on) == (limit == 2)


def test_what_an_answer_hangs_on_is_what_alone_makes_a_difference() -> None:
    hidden = {name: Axis(name, ((0, 1),), False, name) for name in ("one", "two")}
    axes = {**hidden, "port": Axis("port", ((0, 20),), True, "port")}

    def case(passed: bool, **box: tuple[int, int]) -> Walk:
        return Walk(passed, (), (), None, box, None)  # type: ignore[arg-type]

    low = {"port": (0, 10)}
    good = case(True, one=(0, 0), two=(0, 0), **low)
    cases = Cases(
        (good, case(False, one=(1, 1), **low), case(False, two=(1, 1), port=(0, 20))), axes, frozenset(), False
    )
    assert judge(cases).depends_on == ("one", "two")
    cases = cases._replace(walks=(good, case(False, one=(1, 1), **low), case(False, two=(1, 1), port=(11, 20))))
    assert judge(cases).depends_on == ("one",)
    both = case(False, one=(1, 1), two=(1, 1), **low)
    assert judge(cases._replace(walks=(good, both))).depends_on == ("which case is the one that holds",)


def six_ways(things: Things, goal: str) -> list[str]:
    """The verdicts of the ways to it by IPv6."""
    return [t.judged.verdict for t in ask(things, A, goal).traced if t.candidate.version == 6]


def test_who_has_an_ipv6_address_is_asked_by_it() -> None:
    things = six()
    assert six_ways(things, B) == ["yes"]
    for fields, verdict in (
        ({}, "no"),
        ({"ipv6_address_count": 0}, "no"),
        ({"ipv6_address_count": 1}, "yes"),
        ({"ipv6_address_count": Unknown(Reason.NO_VALUE, "var.count")}, "depends"),
    ):
        things = six()
        del things[B]["ipv6_addresses"]
        things[B] |= fields
        assert six_ways(things, B) == [verdict], fields
    things["aws_subnet.b"]["ipv6_on_launch"] = True
    del things[B]["ipv6_address_count"]
    assert six_ways(things, B) == ["yes"]


def test_whether_tasks_have_an_ipv6_address_is_open_and_of_a_balancer_its_type_says() -> None:
    things = six()
    things["aws_ecs_service.t"] = {"subnets": ["@aws_subnet.b"], "security_groups": ["@aws_security_group.b"]}
    assert six_ways(things, "aws_ecs_service.t") == ["depends"]
    for kind, verdict in (("dualstack", "yes"), ("ipv4", "no"), (Unknown(Reason.NO_VALUE, "var.type"), "depends")):
        things = six()
        balancer(things, "web", "application", 443, ["b"])
        things["aws_lb.web"] |= {"scheme": "internal", "ip_address_type": kind}
        things["aws_security_group.web"]["ingress"] = [ANY, {**ANY, "cidr": "::/0"}]
        assert six_ways(things, "aws_lb.web") == [verdict], kind


def test_an_address_that_is_not_said_lies_in_the_subnet_or_else_in_the_vpc_or_anywhere() -> None:
    things = neighbours()
    things["aws_vpc.v"]["cidrs"] = ["10.0.0.0/16", "10.9.0.0/16", "10.5.0.0/16"]
    ground = Ground(world(things))
    (a,) = interfaces_of(ground, ground.estate.resources[A])
    start = int.from_bytes(bytes([10, 0, 0, 0]), "big")
    assert domain(ground, a, 4) == ((start + 4, start + 254),)
    ranges = tuple((start + (at << 16), start + (at << 16) + 65535) for at in (0, 5, 9))
    assert domain(ground, a._replace(subnet=None), 4) == ranges
    assert domain(ground, a._replace(subnet=None, vpc=None), 4) == ((0, 2**32 - 1),)


@pytest.mark.parametrize("kind", ["application", "network"])
def test_a_balancer_that_is_asked_by_ipv6_speaks_ipv4_to_who_has_nothing_else(kind: str) -> None:
    things = six()
    del things[B]["ipv6_addresses"]
    balancer(things, "web", kind, 443, ["b"], preserve_client_ip=True)
    things["aws_lb.web"] |= {"scheme": "internal", "ip_address_type": "dualstack"}
    if kind == "application":
        things["aws_security_group.web"]["ingress"] = [{**ANY, "cidr": "::/0"}]
    things["aws_lb_target_group.web"]["targets"] = [{"target": "@aws_instance.b", "port": 80, "health": "healthy"}]
    things["aws_security_group.b"]["ingress"] = [rule(80, cidr="10.0.1.0/24")]
    found = ask(things, A, B)
    (way,) = [t for t in found.traced if t.candidate.through and t.candidate.version == 6]
    assert way.judged.verdict == "yes", [w.drop.reason for w in way.cases.walks if w.drop]
    things["aws_security_group.b"]["ingress"] = [rule(80, cidr="::/0")]
    (way,) = [t for t in ask(things, A, B).traced if t.candidate.through and t.candidate.version == 6]
    assert way.judged.verdict == "no"
