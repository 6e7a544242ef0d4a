"""Prefix lists, blackholes, routes that are learnt, ports and types of rules, tables of hubs: rule by rule."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_gateways import six
from test_services_of_aws import gateway
from written_estates import ANY, Things, ask, guard, neighbours

from nephograph.engines.tracer.question import Reach
from nephograph.model.value import Reason, Unknown

A, B = "aws_instance.a", "aws_instance.b"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")
FAR = "198.51.100.7"


def reason(found: Reach) -> str:
    return str(found.shown.drop.reason) if found.shown is not None and found.shown.drop is not None else ""


def web(*routes: dict[str, Any], entries: object = None) -> Things:
    """`a` has an Elastic IP; the main table has these routes, of which some name the list `l`."""
    things = neighbours()
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": "@aws_instance.a"}
    things["aws_route_table.m"]["routes"] = list(routes)
    if entries is not None:
        things["aws_ec2_managed_prefix_list.l"] = {"entries": entries}
    return things


BY_LIST = {"prefix_list": "@aws_ec2_managed_prefix_list.l", "target": "@aws_internet_gateway.g"}
OUT = {"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.g"}


@pytest.mark.parametrize(
    ("entries", "verdict"),
    [
        ([{"cidr": "198.51.100.0/24"}], "yes"),
        ([{"cidr": "192.0.2.0/24"}, {"cidr": "198.51.100.7/32"}], "yes"),
        ([{"cidr": "192.0.2.0/24"}], "no"),
        ([{"cidr": "2000::/3"}], "no"),
        ([{"cidr": "2000::/3"}, {"cidr": "198.51.100.0/24"}], "yes"),
        ([{"cidr": HOLE}], "depends"),
        ([{"cidr": HOLE}, {"cidr": "192.0.2.0/24"}], "depends"),
        (HOLE, "depends"),
        (None, "depends"),
    ],
)
def test_a_route_for_a_prefix_list_is_one_for_each_of_its_entries(entries: object, verdict: str) -> None:
    assert ask(web(BY_LIST, entries=entries), A, FAR).verdict == verdict


def test_a_list_of_ipv6_ranges_carries_ipv6_and_nothing_else() -> None:
    things = six()
    things["aws_ec2_managed_prefix_list.l"] = {"entries": [{"cidr": "2001:db8::/32"}, {"cidr": "198.51.100.0/24"}]}
    things["aws_route_table.m"]["routes"] = [BY_LIST]
    assert ask(things, A, "2001:db8::7").verdict == "yes"
    assert ask(things, A, "2001:db9::7").verdict == "no"


def test_a_written_route_goes_before_one_of_a_list_and_both_before_a_learnt_one() -> None:
    dead = {"destination": "198.51.100.0/24", "target": None, "blackhole": True}
    entries = [{"cidr": "198.51.100.0/24"}]
    assert reason(ask(web(BY_LIST, dead, entries=entries), A, FAR)) == "blackhole"
    learnt = {**dead, "propagated": True}
    assert ask(web(learnt, BY_LIST, entries=entries), A, FAR).verdict == "yes"


@pytest.mark.parametrize("kind", ["Gateway", "GatewayLoadBalancer"])
def test_the_list_of_a_gateway_endpoint_holds_its_service_and_nothing_else(kind: str) -> None:
    things = gateway()
    things["aws_internet_gateway.g"] = {"vpc": "@aws_vpc.v"}
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": "@aws_instance.app"}
    things["aws_route_table.m"]["routes"] = [OUT, {"prefix_list": "pl-6ea54007", "target": "@aws_vpc_endpoint.s3"}]
    things["aws_vpc_endpoint.s3"]["type"] = kind
    assert ask(things, "aws_instance.app", FAR).verdict == ("yes" if kind == "Gateway" else "depends")
    things["aws_route_table.m"]["routes"][1]["target"] = "@aws_internet_gateway.g"
    assert ask(things, "aws_instance.app", FAR).verdict in ("yes", "depends")


def test_a_route_that_says_local_stays_in_the_vpc() -> None:
    things = web({"destination": "10.0.0.0/16", "target": "local"}, OUT)
    assert ask(things, A, B).verdict == "yes"
    assert ask(things, A, FAR).verdict == "yes"


@pytest.mark.parametrize(("fields", "verdict"), [({"blackhole": True}, "no"), ({}, "depends")])
def test_a_route_without_a_target_is_a_blackhole_where_it_says_so_and_open_otherwise(
    fields: dict[str, Any], verdict: str
) -> None:
    found = ask(web({"destination": "0.0.0.0/0", "target": None, **fields}), A, FAR)
    assert found.verdict == verdict
    assert (reason(found) == "blackhole") == (verdict == "no")


def premises(*destinations: str, routes: object = (), dead: str = "") -> Things:
    """A network behind a VPN whose gateway tells the main table what it learns."""
    things = neighbours()
    things["aws_vpn_gateway.g"] = {"vpc": "@aws_vpc.v"}
    things["aws_vpn_connection.n"] = {
        "vpn_gateway": "@aws_vpn_gateway.g",
        "static_routes_only": True,
        "routes": [{"destination": one} for one in destinations],
        "state": dead or "available",
    }
    things["aws_route_table.m"] |= {"propagating_gateways": ["@aws_vpn_gateway.g"], "routes": list(routes)}  # type: ignore[call-overload]
    return things


@pytest.mark.parametrize(
    ("destinations", "verdict"),
    [(("192.168.0.0/16",), "yes"), (("192.168.7.0/24",), "yes"), (("192.168.8.0/24",), "no"), (("2000::/3",), "no")],
)
def test_what_a_vpn_says_of_its_premises_is_learnt_by_the_table(destinations: tuple[str, ...], verdict: str) -> None:
    assert ask(premises(*destinations), A, "192.168.7.7").verdict == verdict


def test_a_learnt_route_gives_way_to_a_written_one_and_both_to_a_longer_one() -> None:
    dead = {"destination": "192.168.0.0/16", "target": None, "blackhole": True}
    assert reason(ask(premises("192.168.0.0/16", routes=[dead]), A, "192.168.7.7")) == "blackhole"
    assert ask(premises("192.168.7.0/24", routes=[dead]), A, "192.168.7.7").verdict == "yes"
    # A table that lists what it learnt is not told of it twice.
    listed = {"destination": "192.168.8.0/24", "target": "@aws_vpn_gateway.g", "propagated": True}
    assert ask(premises("192.168.0.0/16", routes=[listed]), A, "192.168.7.7").verdict == "no"


@pytest.mark.parametrize(
    ("rule", "protocol", "port", "verdict"),
    [
        ({"protocol": "50"}, "50", None, "yes"),
        ({"protocol": "50", "from_port": 7, "to_port": 7}, "50", None, "yes"),
        ({"protocol": "51"}, "50", None, "no"),
        ({"protocol": "6", "from_port": 443, "to_port": 443}, "tcp", 443, "yes"),
        ({"protocol": "17", "from_port": 443, "to_port": 443}, "tcp", 443, "no"),
        ({"protocol": None}, "tcp", 443, "yes"),
        ({"protocol": "-1", "from_port": 80, "to_port": 80}, "tcp", 443, "yes"),
        ({"protocol": "tcp", "from_port": None, "to_port": 443}, "tcp", 443, "yes"),
        ({"protocol": "tcp", "from_port": 444, "to_port": None}, "tcp", 443, "no"),
        ({"protocol": "tcp", "from_port": 443, "to_port": None}, "tcp", 443, "yes"),
        ({"protocol": "tcp", "from_port": 0, "to_port": 442}, "tcp", 443, "no"),
        ({"protocol": "tcp", "from_port": -1, "to_port": 0}, "tcp", 0, "yes"),
        ({"protocol": "tcp", "from_port": 500, "to_port": 400}, "tcp", 443, "depends"),
        ({"protocol": "tcp", "from_port": HOLE, "to_port": 443}, "tcp", 443, "depends"),
        ({"protocol": "tcp", "from_port": 443, "to_port": HOLE}, "tcp", 443, "depends"),
        ({"protocol": HOLE}, "tcp", 443, "depends"),
        ({"protocol": "icmp", "from_port": 8, "to_port": 0}, "icmp", 8, "yes"),
        ({"protocol": "icmp", "from_port": 3, "to_port": 0}, "icmp", 8, "no"),
        ({"protocol": "icmp", "from_port": -1, "to_port": -1}, "icmp", 8, "yes"),
        ({"protocol": "icmp", "from_port": None, "to_port": None}, "icmp", 8, "yes"),
        ({"protocol": "icmp", "from_port": 0, "to_port": 65535}, "icmp", 8, "yes"),
        ({"protocol": "icmp", "from_port": 0, "to_port": 0}, "icmp", 8, "no"),
        ({"protocol": "icmp", "from_port": 0, "to_port": 0}, "icmp", 0, "yes"),
        ({"protocol": "icmp", "from_port": HOLE}, "icmp", 8, "depends"),
        ({"protocol": "1", "from_port": 8, "to_port": 8}, "icmp", 8, "yes"),
    ],
)
def test_what_a_rule_of_a_group_says_of_traffic(
    rule: dict[str, Any], protocol: str, port: int | None, verdict: str
) -> None:
    things = neighbours()
    things["aws_security_group.b"]["ingress"] = [{"cidr": "0.0.0.0/0", **rule}]
    assert ask(things, A, B, protocol, port).verdict == verdict


@pytest.mark.parametrize(
    ("rule", "kind", "verdict"),
    [
        ({"icmp_type": 8}, 8, "yes"),
        ({"icmp_type": -1}, 8, "yes"),
        ({"icmp_type": None}, 8, "yes"),
        ({"icmp_type": 3}, 8, "no"),
        ({"icmp_type": 0, "to_port": 65535, "from_port": 0}, 8, "no"),
        ({"icmp_type": HOLE}, 8, "depends"),
    ],
)
def test_what_an_entry_of_a_list_says_of_icmp(rule: dict[str, Any], kind: int, verdict: str) -> None:
    things = neighbours()
    guard(things, "b", [], [])
    allow = {"protocol": "icmp", "cidr": "0.0.0.0/0", "number": 10, "action": "allow", **rule}
    things["aws_network_acl.b"]["ingress"] = [allow]
    assert ask(things, A, B, "icmp", kind).verdict == verdict


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({}, "yes"),
        ({"number": HOLE}, "depends"),
        ({"action": HOLE}, "depends"),
        ({"action": "deny"}, "no"),
        ({"cidr": HOLE}, "depends"),
        ({"cidr": "not one"}, "depends"),
        ({"cidr": "2000::/3"}, "no"),
        ({"protocol": "udp"}, "no"),
    ],
)
def test_the_only_entry_of_a_list_decides(fields: dict[str, Any], verdict: str) -> None:
    things = neighbours()
    guard(things, "b", [], [])
    things["aws_network_acl.b"]["ingress"] = [{**ANY, "number": 10, "action": "allow", **fields}]
    assert ask(things, A, B).verdict == verdict


@pytest.mark.parametrize("items", [HOLE, [HOLE]])
def test_entries_that_are_not_known_leave_it_open(items: object) -> None:
    things = neighbours()
    guard(things, "b", [], [])
    things["aws_network_acl.b"]["ingress"] = items
    assert ask(things, A, B).verdict == "depends"


@pytest.mark.parametrize(("list_vpc", "verdict"), [("@aws_vpc.v", "depends"), (HOLE, "depends"), ("@aws_vpc.w", "yes")])
def test_a_list_may_guard_a_subnet_of_its_own_vpc_or_of_one_that_is_not_known(list_vpc: object, verdict: str) -> None:
    things = neighbours()
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"]}
    things["aws_network_acl.l"] = {"vpc": list_vpc, "subnets": HOLE, "ingress": [], "egress": []}
    assert ask(things, A, B).verdict == verdict
    things["aws_subnet.b"]["vpc"] = HOLE
    assert ask(things, A, B).verdict == "depends"


@pytest.mark.parametrize(
    ("entries", "verdict"),
    [
        ([{"cidr": "10.0.0.0/24"}], "yes"),
        ([{"cidr": "10.9.0.0/24"}, {"cidr": "10.0.0.10/32"}], "yes"),
        (["10.0.0.0/24"], "yes"),
        ([{"cidr": "10.9.0.0/24"}], "no"),
        ([], "no"),
        ([{"cidr": HOLE}], "depends"),
        (None, "depends"),
        (HOLE, "depends"),
    ],
)
def test_a_rule_for_a_prefix_list_is_one_for_each_of_its_entries(entries: object, verdict: str) -> None:
    things = neighbours()
    if entries is not None:
        things["aws_ec2_managed_prefix_list.l"] = {"entries": entries}
    rule = {**ANY, "cidr": None, "prefix_list": "@aws_ec2_managed_prefix_list.l"}
    things["aws_security_group.b"]["ingress"] = [rule]
    assert ask(things, A, B).verdict == verdict


def test_in_a_range_that_is_known_the_longer_route_wins_whatever_other_ranges_there_are() -> None:
    things = neighbours()
    things["aws_vpc.v"]["cidrs"] = ["10.0.0.0/16", HOLE]
    dead = {"destination": "10.0.1.0/24", "target": None, "blackhole": True}
    things["aws_route_table.m"]["routes"] = [dead]
    assert ask(things, A, B).verdict == "no"
