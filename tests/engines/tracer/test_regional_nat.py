"""Regional NAT gateways: whom they serve, by which zone, and what of it is not known."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import Things, ask, deny, guard, machine, neighbours, subnet, table

from nephograph.engines.tracer.question import Reach
from nephograph.model.value import Reason, Unknown

OUT = "198.51.100.7"
HERE = [{"zone": "eu-west-1a", "zone_id": "euw1-az1", "public_ips": ["203.0.113.7"]}]
THERE = [{"zone": "eu-west-1b", "zone_id": "euw1-az2", "public_ips": ["203.0.113.8", "203.0.113.9"]}]


def reason(found: Reach) -> str:
    return str(found.shown.drop.reason) if found.shown is not None and found.shown.drop is not None else ""


def behind(zones: object = None, auto: object = None, **more: object) -> Things:
    """`a`, in zone a, has a route to the gateway and no public address."""
    things = neighbours()
    things["aws_subnet.a"]["availability_zone"] = "eu-west-1a"
    things["aws_nat_gateway.n"] = {
        "vpc": "@aws_vpc.v",
        "availability": "regional",
        "connectivity": "public",
        "zones": zones,
        "auto_zones": auto,
        **more,
    }
    table(things, "a", ["a"], {"0.0.0.0/0": "aws_nat_gateway.n"})
    return things


def test_from_a_zone_with_an_address_it_leads_out_as_a_zonal_one_does() -> None:
    found = ask(behind(HERE, False), "aws_instance.a", OUT)
    assert found.verdict == "yes"
    assert [hop.kind for hop in found.forward.hops if hop.decision == "rewrites"] == ["NAT gateway", "internet gateway"]
    assert found.back.hops[-1].decision == "delivers"
    assert "NAT gateway" in [hop.kind for hop in found.back.hops]


def test_by_hand_a_zone_without_an_address_is_not_served() -> None:
    found = ask(behind(THERE, False), "aws_instance.a", OUT)
    assert (found.verdict, reason(found)) == ("no", "nat-not-in-zone")
    assert ask(behind([], False), "aws_instance.a", OUT).verdict == "no"
    assert ask(behind(THERE), "aws_instance.a", OUT).verdict == "no"


@pytest.mark.parametrize("zones", [None, THERE])
def test_where_aws_takes_in_new_zones_another_zone_carries_it_until_then(zones: object) -> None:
    assert ask(behind(zones, True), "aws_instance.a", OUT).verdict == "yes"


def test_without_zones_written_by_hand_aws_takes_in_new_ones() -> None:
    assert ask(behind(), "aws_instance.a", OUT).verdict == "yes"


@pytest.mark.parametrize(
    ("zones", "auto", "zone"),
    [
        (THERE, False, None),
        (THERE, False, Unknown(Reason.NO_VALUE, "var.zone")),
        ([{"zone": Unknown(Reason.NO_VALUE, "var.zone")}], False, "eu-west-1a"),
        ([{"zone_id": "euw1-az2"}], False, "eu-west-1a"),
        ([Unknown(Reason.NO_VALUE, "var.zones")], False, "eu-west-1a"),
        (Unknown(Reason.NO_VALUE, "var.zones"), False, "eu-west-1a"),
        (Unknown(Reason.NO_VALUE, "var.zones"), None, "eu-west-1a"),
        (THERE, Unknown(Reason.NO_VALUE, "var.zones"), "eu-west-1a"),
    ],
)
def test_a_zone_that_is_not_known_leaves_the_answer_open_and_the_gateway_is_named(
    zones: object, auto: object, zone: object
) -> None:
    things = behind(zones, auto)
    things["aws_subnet.a"]["availability_zone"] = zone
    found = ask(things, "aws_instance.a", OUT)
    assert (found.verdict, found.depends_on) == (
        "depends",
        ("whether regional NAT gateway n serves the zone of a",),
    )


def test_zones_are_compared_by_their_ids_where_names_are_not_said() -> None:
    things = behind([{"zone_id": "euw1-az1"}], False)
    things["aws_subnet.a"].update(zone_id="euw1-az1")
    assert ask(things, "aws_instance.a", OUT).verdict == "yes"
    things["aws_subnet.a"].update(zone_id="euw1-az3")
    assert ask(things, "aws_instance.a", OUT).verdict == "no"


def test_no_list_of_a_subnet_stands_at_it_but_that_of_the_sender_does() -> None:
    things = behind(HERE, False)
    guard(things, "a", deny(f"{OUT}/32"), [])
    found = ask(things, "aws_instance.a", OUT)
    assert (found.verdict, reason(found), found.forward.verdict) == ("no", "network-list-refuses", "yes")


def test_it_needs_an_internet_gateway_and_serves_its_own_vpc() -> None:
    things = behind(HERE, False)
    del things["aws_internet_gateway.g"]
    found = ask(things, "aws_instance.a", OUT)
    assert (found.verdict, reason(found)) == ("no", "attachment-not-active")
    things = behind(HERE, False, vpc="@aws_vpc.w")
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"]}
    found = ask(things, "aws_instance.a", OUT)
    assert (found.verdict, reason(found)) == ("no", "attachment-not-active")
    found = ask(behind(HERE, False, vpc=Unknown(Reason.NO_VALUE, "var.vpc")), "aws_instance.a", OUT)
    assert (found.verdict, "var.vpc" in found.depends_on[0]) == ("depends", True)


def test_nobody_comes_in_through_it_and_no_answer_leaves_by_it() -> None:
    things = behind(HERE, False)
    assert ask(things, "internet", "aws_instance.a").verdict == "no"
    things["aws_instance.a"]["public_ip"] = "203.0.113.70"
    found = ask(things, "internet", "aws_instance.a")
    assert (found.verdict, reason(found)) == ("no", "answer-from-another-address")


@pytest.mark.parametrize(
    ("zone", "lets_in", "verdict"),
    [
        ("a", "203.0.113.7/32", "yes"),
        ("a", "203.0.113.8/31", "no"),
        ("b", "203.0.113.7/32", "no"),
        ("b", "203.0.113.8/32", "depends"),
        ("b", "203.0.113.8/31", "yes"),
    ],
)
def test_one_of_the_addresses_of_its_zone_is_what_others_see(zone: str, lets_in: str, verdict: str) -> None:
    things = behind(HERE + THERE, False)
    things["aws_subnet.a"]["availability_zone"] = f"eu-west-1{zone}"
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"]}
    things["aws_internet_gateway.w"] = {"vpc": "@aws_vpc.w"}
    subnet(things, "far", "10.9.1.0/24", vpc="w")
    machine(things, "far", "far", "10.9.1.10", public_ip="203.0.113.90")
    table(things, "far", ["far"], {"0.0.0.0/0": "aws_internet_gateway.w"}, vpc="w")
    things["aws_security_group.far"]["ingress"] = [
        {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr": lets_in}
    ]
    assert ask(things, "aws_instance.a", "aws_instance.far").verdict == verdict


def test_its_own_route_table_decides_where_it_leads() -> None:
    things = behind(HERE, False, route_table="@aws_route_table.n")
    table(things, "n", [], {})
    found = ask(things, "aws_instance.a", OUT)
    assert (found.verdict, reason(found), found.forward.dropped_at) == ("no", "no-route", "aws_route_table.n")
    table(things, "n", [], {"0.0.0.0/0": "aws_internet_gateway.g"})
    found, unsaid = (ask(t, "aws_instance.a", OUT) for t in (things, behind(HERE, False)))
    assert found.verdict == "yes"
    assert [hop.text for hop in found.back.hops] == [hop.text for hop in unsaid.back.hops]
    things["aws_route_table.n"]["routes"][0].update(target=None, blackhole=True)
    found = ask(things, "aws_instance.a", OUT)
    assert (found.verdict, reason(found)) == ("no", "blackhole")


def test_a_table_that_is_not_in_the_data_leaves_the_answer_open() -> None:
    found = ask(behind(HERE, False, route_table="@aws_route_table.n"), "aws_instance.a", OUT)
    assert (found.verdict, found.depends_on) == ("depends", ("the route table of regional NAT gateway n",))


def test_what_was_written_into_the_table_aws_makes_is_not_followed_and_open() -> None:
    things = behind(HERE, False, routes=[{"destination": "198.51.100.0/24"}])
    found = ask(things, "aws_instance.a", OUT)
    assert (found.verdict, found.depends_on) == ("depends", ("the route table of regional NAT gateway n",))
    assert ask(things, "aws_instance.a", "203.0.113.9").verdict == "yes"
    things["aws_nat_gateway.n"]["routes"] = [{"destination": "10.0.0.0/24"}]
    assert ask(things, "aws_instance.a", OUT).verdict == "depends"
    for routes in (Unknown(Reason.NO_VALUE, "var.x"), [{"destination": Unknown(Reason.NO_VALUE, "var.x")}]):
        things["aws_nat_gateway.n"]["routes"] = routes
        assert ask(things, "aws_instance.a", OUT).verdict == "depends"


def test_what_it_does_inside_the_vpc_is_open_as_it_has_no_private_connectivity() -> None:
    things = behind(HERE, False)
    table(things, "a", ["a"], {"10.0.1.0/24": "aws_nat_gateway.n"})
    found = ask(things, "aws_instance.a", "aws_instance.b")
    assert (found.verdict, found.depends_on) == (
        "depends",
        ("what regional NAT gateway n does with what is not for the internet",),
    )
