"""Balancers, addresses of both versions and cases: where a question ends and what its answer hangs on."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_gateways import six
from test_rules_of_stations import two
from test_rules_of_walks import walker
from test_targets_of_balancers import balancer, straight
from written_estates import ANY, Things, ask, deny, guard, machine, neighbours, subnet, table, world

from nephograph.engines.tracer.addresses import domain, public_of
from nephograph.engines.tracer.axes import Axis, Course
from nephograph.engines.tracer.balancing import answer
from nephograph.engines.tracer.came import Outside
from nephograph.engines.tracer.explore import Cases, explore, judge
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.hop import Walk
from nephograph.engines.tracer.packet import address
from nephograph.engines.tracer.places import Interface, interfaces_of
from nephograph.engines.tracer.question import Question, put
from nephograph.engines.tracer.reasons import Reason as Why
from nephograph.engines.tracer.walk import Ended
from nephograph.model.source import Said
from nephograph.model.value import Reason, Unknown

A, B = "aws_instance.a", "aws_instance.b"


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


@pytest.mark.parametrize(("bits", "low", "high"), [(27, 4, 30), (28, 4, 14), (29, 0, 7)])
def test_aws_keeps_the_first_four_addresses_of_a_subnet_and_the_last(bits: int, low: int, high: int) -> None:
    things = neighbours()
    things["aws_subnet.a"]["cidr"] = f"10.0.0.0/{bits}"
    ground = Ground(world(things))
    (a,) = interfaces_of(ground, ground.estate.resources[A])
    start = int.from_bytes(bytes([10, 0, 0, 0]), "big")
    assert domain(ground, a, 4) == ((start + low, start + high),)


@pytest.mark.parametrize(
    ("said", "verdict"), [("code", "depends"), ("plan", "depends"), ("dump", "no"), ("state", "no")]
)
def test_what_a_subnet_gives_an_interface_of_its_own_is_open_while_it_is_wanted_only(said: Said, verdict: str) -> None:
    things = neighbours()
    things["aws_subnet.a"]["public_ip_on_launch"] = True
    things["aws_route_table.m"]["routes"] = [{"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.g"}]
    groups = things[A]["security_groups"]
    eni = {"subnet": "@aws_subnet.a", "security_groups": groups, "private_ip": "10.0.0.10"}
    things["aws_network_interface.a"] = eni
    things[A] = {"interfaces": [{"interface": "@aws_network_interface.a"}]}
    assert ask(things, A, "198.51.100.7", said=said).verdict == verdict


def test_an_address_of_several_that_is_not_known_leaves_the_others_known() -> None:
    things = neighbours()
    del things[B]["private_ip"]
    things[B]["private_ips"] = [Unknown(Reason.NO_VALUE, "var.address"), "10.0.1.10"]
    assert ask(things, A, "10.0.1.10").verdict == "yes"


def test_nobody_asks_himself() -> None:
    found = ask(neighbours(), A, A)
    assert (found.verdict, found.traced, found.shown) == ("no", (), None)


def test_the_case_that_is_shown_gets_through_even_if_another_one_goes_further() -> None:
    things = neighbours()
    subnet(things, "box", "10.0.9.0/24")
    machine(things, "box", "box", "10.0.9.10", source_dest_check=False)
    detour = {"destination": Unknown(Reason.NO_VALUE, "var.range"), "target": "@aws_instance.box"}
    things["aws_route_table.b"] = {"vpc": "@aws_vpc.v", "subnets": [{"subnet": "@aws_subnet.b"}], "routes": [detour]}
    dead = {"destination": "10.0.0.0/24", "target": None, "blackhole": True}
    things["aws_route_table.box"] = {"vpc": "@aws_vpc.v", "subnets": [{"subnet": "@aws_subnet.box"}], "routes": [dead]}
    found = ask(things, A, B)
    assert found.verdict == "depends"
    assert found.shown is not None
    assert found.shown.passed


@pytest.mark.parametrize(("source", "verdict"), [("internet", "yes"), ("machine", "no")])
def test_whoever_connects_from_the_internet_chooses_its_port_and_a_machine_does_not(source: str, verdict: str) -> None:
    things = neighbours()
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": A}
    things["aws_eip.p"]["instance"] = f"@{A}"
    things["aws_route_table.m"]["routes"] = [{"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.g"}]
    guard(things, "a", [], [*deny("0.0.0.0/0", protocol="udp", from_port=1024, to_port=65535)])
    start = "internet" if source == "internet" else B
    assert ask(things, start, A, "udp", 53).verdict == verdict


def classic() -> Things:
    """`app` behind a classic balancer of its own subnet."""
    things: Things = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}}
    subnet(things, "front", "10.0.1.0/24")
    subnet(things, "back", "10.0.2.0/24")
    table(things, "m", [], {}, main=True)
    machine(things, "app", "front", "10.0.1.10")
    machine(things, "cli", "back", "10.0.2.20")
    things["aws_security_group.elb"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": [ANY]}
    things["aws_elb.old"] = {
        "scheme": "internal",
        "subnets": ["@aws_subnet.front"],
        "security_groups": ["@aws_security_group.elb"],
        "listeners": [{"port": 443, "protocol": "TCP", "instance_port": 8080, "instance_protocol": "TCP"}],
        "instances": ["@aws_instance.app"],
    }
    return things


@pytest.mark.parametrize("way", ["ingress", "egress"])
def test_a_classic_balancer_asks_the_list_of_its_subnet_for_instances_in_it(way: str) -> None:
    def through(things: Things) -> Any:
        found = ask(things, "aws_instance.cli", "aws_instance.app")
        (one,) = [t for t in found.traced if t.candidate.through]
        return one

    assert through(classic()).judged.verdict == "yes"
    things = classic()
    refused = deny("10.0.1.0/24", protocol="tcp", from_port=8080, to_port=8080)
    guard(things, "front", refused if way == "ingress" else [], refused if way == "egress" else [])
    one = through(things)
    assert one.judged.verdict == "no"
    assert {str(w.drop.reason) for w in one.cases.walks} == {"classic-balancer-acl"}


def test_a_balancer_that_knows_of_no_connection_answers_none() -> None:
    one = walker(neighbours())
    assert isinstance(one.goal, Interface)
    with pytest.raises(Ended) as found:
        answer(one, one.goal)
    assert found.value.drop.reason == Why.ANSWER_FROM_ANOTHER_ADDRESS


@pytest.mark.parametrize(
    ("said", "first"),
    [
        (["203.0.113.9", "203.0.113.7"], "203.0.113.7"),
        (["203.0.113.7", "203.0.113.9"], "203.0.113.7"),
        (["203.0.113.7", Unknown(Reason.NO_VALUE, "var.address")], "1.0.0.0"),
        (Unknown(Reason.NO_VALUE, "var.addresses"), "1.0.0.0"),
    ],
)
def test_a_regional_gateway_has_one_of_the_addresses_of_the_zone(said: object, first: str) -> None:
    things = neighbours()
    things["aws_nat_gateway.n"] = {"vpc": "@aws_vpc.v", "availability": "regional", "connectivity": "public"}
    things["aws_nat_gateway.n"]["zones"] = [{"zone": "eu-west-1a", "public_ips": said}]
    ground = Ground(world(things))
    gateway = ground.estate.resources["aws_nat_gateway.n"]
    (a,) = interfaces_of(ground, ground.estate.resources[A])
    node = a._replace(urn="aws_nat_gateway.n#zone 0", resource=gateway, eni=None)
    found = public_of(Course({}, {}), ground, node)
    assert found is not None
    assert address(4, found.value) == first


def test_an_address_of_an_interface_that_is_not_known_leaves_the_others_known() -> None:
    things = neighbours()
    addresses = [Unknown(Reason.NO_VALUE, "var.address"), "10.0.1.10"]
    groups = things[B]["security_groups"]
    things["aws_network_interface.b"] = {"subnet": "@aws_subnet.b", "security_groups": groups, "private_ips": addresses}
    things[B] = {"interfaces": [{"interface": "@aws_network_interface.b"}]}
    assert ask(things, A, "10.0.1.10").verdict == "yes"


def test_a_target_may_name_the_group_of_a_balancer_that_keeps_the_client() -> None:
    """elasticloadbalancing/latest/network/load-balancer-security-groups.html: rules of targets name the balancer's."""
    things = straight(health="healthy")
    things["aws_security_group.nlb"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": [ANY]}
    things["aws_lb.nlb"]["security_groups"] = ["@aws_security_group.nlb"]
    things["aws_lb_target_group.nlb"]["preserve_client_ip"] = True
    things["aws_security_group.app"]["ingress"] = [rule(80, group="@aws_security_group.nlb")]
    assert ask(things, "internet", "aws_instance.app").verdict == "yes"


def test_what_another_end_hangs_on_is_not_told_where_one_is_reached() -> None:
    things = neighbours()
    subnet(things, "c", "10.0.2.0/24")
    machine(things, "c", "c", "10.0.2.10")
    things["aws_security_group.c"]["ingress"] = Unknown(Reason.NO_VALUE, "var.rules")
    ground = Ground(world(things))
    a, b, c = (tuple(interfaces_of(ground, ground.estate.resources[f"aws_instance.{name}"])) for name in "abc")
    found = put(ground, Question(a, (*b, *c), "tcp", (443, 443)))
    assert (found.verdict, found.depends_on) == ("yes", ())
    found = put(ground, Question(a, c, "tcp", (443, 443)))
    assert (found.verdict, len(found.depends_on)) == ("depends", 1)


def test_a_balancer_without_ipv6_is_no_way_by_ipv6() -> None:
    things = six()
    subnet(things, "front", "10.0.5.0/24")
    balancer(things, "web", "application", 443, ["front"])
    things["aws_lb.web"]["scheme"] = "internal"
    things["aws_lb_target_group.web"]["targets"] = [{"target": "@aws_instance.b", "port": 80, "health": "healthy"}]
    ways = [(t.candidate.version, t.candidate.through) for t in ask(things, A, B).traced]
    assert ways == [(4, ""), (4, "web"), (6, "")]
