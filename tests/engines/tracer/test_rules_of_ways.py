"""How the answers of several ways and cases are put together: what is shown, what is allowed, what it hangs on."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_nat64 import NAT64, six_alone
from test_rules_of_gateways import six
from test_rules_of_questions import rule, web
from test_rules_of_routes import premises
from test_services_of_aws import closed, endpoint
from written_estates import ANY, Things, ask, deny, guard, machine, neighbours, subnet, table, world

from nephograph.engines.tracer.axes import Symbol
from nephograph.engines.tracer.ends import of_resource
from nephograph.engines.tracer.explore import Cases, judge
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.hop import Hop, Walk
from nephograph.engines.tracer.packet import Packet, address
from nephograph.engines.tracer.question import Candidate, Question, Reach, Traced, put, together
from nephograph.model.value import Reason, Unknown

A, B = "aws_instance.a", "aws_instance.b"
DB = "aws_db_instance.d"


def database() -> Things:
    """A database in one of two subnets of its group; `a` asks it.

    AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html: AWS chooses the subnet of the group.
    """
    things = neighbours()
    for name, cidr in (("left", "10.0.5.0/24"), ("right", "10.0.6.0/24")):
        subnet(things, name, cidr)
    things["aws_db_subnet_group.d"] = {"name": "d", "subnets": ["@aws_subnet.left", "@aws_subnet.right"]}
    things["aws_security_group.d"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": []}
    things[DB] = {"subnet_group": "@aws_db_subnet_group.d", "security_groups": ["@aws_security_group.d"], "port": 5432}
    return things


def test_where_one_of_several_places_is_refused_both_legs_are_open_and_the_place_is_named() -> None:
    assert ask(database(), A, DB, port=5432).verdict == "yes"
    things = database()
    guard(things, "left", deny("10.0.0.0/24"), [])
    found = ask(things, A, DB, port=5432)
    assert (found.verdict, found.forward.verdict) == ("depends", "depends")
    assert found.depends_on == ("which subnet of its group d sits in",)


def test_where_every_place_is_as_open_the_place_is_not_named() -> None:
    things = database()
    things["aws_security_group.d"]["ingress"] = Unknown(Reason.NO_VALUE, "var.rules")
    found = ask(things, A, DB, port=5432)
    assert found.verdict == "depends"
    assert not any("which subnet" in text for text in found.depends_on)


def hop(decision: str) -> Hop:
    return Hop("x", "x", "x", decision, "x", "x")  # type: ignore[arg-type]


def shown(*walks: tuple[bool, str, int]) -> int:
    """Which of some cases is shown: each passes or not, its hops say a word, and there are so many back."""
    packet = Packet(4, "tcp", Symbol(5), Symbol(6), Symbol(40000), Symbol(443), A)
    made = tuple(Walk(passed, (hop(word),), (hop(word),) * back, None, {}, packet) for passed, word, back in walks)
    cases = Cases(made, {}, frozenset(), False)
    things = neighbours()
    ground = Ground(world(things))
    a, b = (of_resource(ground, ground.estate.resources[urn])[0] for urn in (A, B))
    found = together([Traced(Candidate(a, b, 4, None, False), "tcp", cases, judge(cases))])
    return next(at for at, one in enumerate(made) if one is found.shown)


@pytest.mark.parametrize(
    ("walks", "which"),
    [
        (((True, "depends", 1), (True, "passes", 1)), 1),
        (((True, "passes", 1), (True, "depends", 1)), 0),
        # What hangs on nothing is shown before what does; what gets through before what gets further.
        (((False, "passes", 9), (True, "depends", 1)), 1),
        (((False, "passes", 9), (True, "passes", 1)), 1),
        (((False, "passes", 1), (False, "passes", 2)), 1),
    ],
)
def test_the_case_that_is_shown_gets_through_and_hangs_on_as_little_as_can_be(
    walks: tuple[tuple[bool, str, int], ...], which: int
) -> None:
    assert shown(*walks) == which


def test_where_it_is_open_whether_a_packet_arrives_that_is_said_of_the_way_out() -> None:
    things = neighbours()
    things["aws_customer_gateway.c"] = {}
    table(things, "a", ["a"], {"198.51.100.0/24": "aws_customer_gateway.c"})
    found = ask(things, A, "198.51.100.7")
    assert (found.verdict, found.forward.verdict, found.back.verdict) == ("depends", "depends", "depends")


def to_both(things: Things, ports: tuple[int, int] | None = None) -> Reach:
    """`a` asks `b` and `c`."""
    ground = Ground(world(things))
    a, b, c = (tuple(of_resource(ground, ground.estate.resources[f"aws_instance.{name}"])) for name in "abc")
    return put(ground, Question(a, (*b, *c), "tcp", ports))


@pytest.mark.parametrize(
    ("low", "high", "ports"),
    [(83, 90, [(80, 90)]), (86, 90, [(80, 90)]), (88, 90, [(80, 85), (88, 90)]), (80, 85, [(80, 85)])],
)
def test_what_passes_to_several_ends_is_told_as_one_set(low: int, high: int, ports: list[tuple[int, int]]) -> None:
    things = neighbours()
    subnet(things, "c", "10.0.2.0/24")
    machine(things, "c", "c", "10.0.2.10")
    things["aws_security_group.b"]["ingress"] = [rule(80, 85)]
    things["aws_security_group.c"]["ingress"] = [rule(low, high)]
    assert [(one.low, one.high) for one in to_both(things).allowed] == ports


@pytest.mark.parametrize(
    ("cidrs", "ranges"),
    [
        (["198.51.100.0/25", "198.51.100.128/25"], [("198.51.100.0", "198.51.100.255")]),
        (["198.51.100.0/25", "198.51.100.129/32"], [("198.51.100.0", "198.51.100.127"), ("198.51.100.129",) * 2]),
        # The first address of the internet after 0.0.0.0/8, and the last one before 10.0.0.0/8.
        (["1.0.0.0/32"], [("1.0.0.0", "1.0.0.0")]),
        (["9.255.255.255/32"], [("9.255.255.255", "9.255.255.255")]),
    ],
)
def test_sources_beside_each_other_are_told_as_one_and_single_ones_are_not_lost(
    cidrs: list[str], ranges: list[tuple[str, str]]
) -> None:
    found = ask(web(*(rule(443, 443, cidr) for cidr in cidrs)), "internet", A)
    (one,) = found.allowed
    assert [(address(4, low), address(4, high)) for low, high in one.sources] == ranges


def test_a_range_that_cannot_be_read_is_nobody_s() -> None:
    things = premises("192.168.7.0/24", "every one of them")
    assert ask(things, "aws_vpn_connection.n", A).verdict == "yes"


def ways(found: Reach) -> list[tuple[int, str, bool]]:
    """Version, balancer or endpoint, and public or not, of every way."""
    return [(t.candidate.version, t.candidate.through, t.candidate.public) for t in found.traced]


def test_nobody_outside_is_led_through_the_nat64_of_the_estate() -> None:
    found = ask(six_alone(), "2600:9::1", "internet")
    assert NAT64 not in {text for t in found.traced for text in getattr(t.candidate.goal, "ranges", ())}


def test_nobody_on_the_internet_is_asked_for_by_way_of_an_endpoint() -> None:
    assert ways(ask(endpoint(closed()), "internet", "sqs")) == [(4, "", False), (6, "", False)]


def test_an_endpoint_without_ipv6_is_no_way_by_ipv6() -> None:
    things = endpoint(closed())
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f00::/56"]
    things["aws_subnet.work"]["ipv6_cidr"] = "2600:1f00::/64"
    things["aws_instance.app"]["ipv6_addresses"] = ["2600:1f00::10"]
    assert ways(ask(things, "aws_instance.app", "sqs")) == [(4, "", False), (4, "end", False), (6, "", False)]


def test_an_ipv6_address_is_the_same_one_inside_and_outside_and_is_asked_once() -> None:
    things = six()
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"], "ipv6_cidrs": ["2600:1f00:9::/56"]}
    subnet(things, "far", "10.9.1.0/24", vpc="w", ipv6_cidr="2600:1f00:9::/64")
    machine(things, "far", "far", "10.9.1.10", ipv6_addresses=["2600:1f00:9::10"])
    asked: list[Any] = [way for way in ways(ask(things, A, "aws_instance.far")) if way[0] == 6]
    assert asked == [(6, "", False)]
