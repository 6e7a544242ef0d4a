"""NAT64: machines with IPv6 alone reach the IPv4 internet through a NAT gateway."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import ANY, ANY6, Things, ask, deny, guard, machine, neighbours, subnet, table

from nephograph.engines.tracer.question import Reach

HOST = "64:ff9b::c633:6407"
"""198.51.100.7."""
NAT64 = "64:ff9b::/96"


def reason(found: Reach) -> str:
    return str(found.shown.drop.reason) if found.shown is not None and found.shown.drop is not None else ""


def six_alone(**gateway: Any) -> Things:
    """`a` has an IPv6 address and leads NAT64 to a gateway in a subnet that has IPv4 alone."""
    things = neighbours()
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f00::/56"]
    things["aws_subnet.a"].update(ipv6_cidr="2600:1f00:0:1::/64", availability_zone="eu-west-1a")
    things["aws_instance.a"]["ipv6_addresses"] = ["2600:1f00:0:1::10"]
    things["aws_security_group.a"].update(ingress=[], egress=[ANY6])
    subnet(things, "front", "10.0.5.0/24")
    zonal = {"subnet": "@aws_subnet.front", "private_ip": "10.0.5.4", "public_ip": "203.0.113.7"}
    things["aws_nat_gateway.n"] = {"connectivity": "public", **(gateway or zonal)}
    table(things, "front", ["front"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    table(things, "a", ["a"], {NAT64: "aws_nat_gateway.n"})
    return things


@pytest.mark.parametrize("regional", [False, True])
def test_a_packet_to_an_address_of_nat64_becomes_ipv4_and_its_answer_ipv6_again(regional: bool) -> None:
    more = {"vpc": "@aws_vpc.v", "availability": "regional"} if regional else {}
    found = ask(six_alone(**more), "aws_instance.a", HOST)
    assert found.verdict == "yes"
    assert [hop.kind for hop in found.forward.hops if hop.decision == "rewrites"] == ["NAT gateway", "internet gateway"]
    assert [hop.kind for hop in found.back.hops if hop.decision == "rewrites"] == ["internet gateway", "NAT gateway"]
    assert (found.back.hops[-1].decision, found.back.hops[-1].component) == ("delivers", "aws_instance.a")


def test_the_internet_is_reached_by_nat64_where_nothing_else_leads_there() -> None:
    things = six_alone()
    found = ask(things, "aws_instance.a", "internet")
    assert found.verdict == "yes"
    assert found.candidate is not None
    assert found.candidate.version == 6
    table(things, "a", ["a"], {"::/0": "aws_nat_gateway.n"})
    assert ask(things, "aws_instance.a", "internet").verdict == "yes"
    table(things, "a", ["a"], {})
    assert ask(things, "aws_instance.a", "internet").verdict == "no"


def test_it_is_asked_for_under_addresses_of_nat64_where_something_leads_them_to_nat() -> None:
    things = six_alone()
    for routes, asked in (
        ({NAT64: "aws_nat_gateway.n"}, True),
        ({"::/0": "aws_nat_gateway.n"}, True),
        ({"::/0": "aws_internet_gateway.g"}, False),
        ({"2600:1f00:9::/48": "aws_nat_gateway.n"}, False),
        ({"0.0.0.0/0": "aws_nat_gateway.n"}, False),
    ):
        table(things, "a", ["a"], routes)
        ends = [one.candidate.goal for one in ask(things, "aws_instance.a", "internet").traced]
        assert any(getattr(end, "ranges", ()) == (NAT64,) for end in ends) is asked


def test_icmp_is_icmp_behind_the_gateway_and_icmpv6_before_it() -> None:
    for protocol, verdict in (("icmp", "no"), ("icmpv6", "yes")):
        things = six_alone()
        guard(things, "front", [], deny("198.51.100.0/24", protocol=protocol, from_port=-1, to_port=-1, icmp_type=-1))
        assert ask(things, "aws_instance.a", HOST, "icmp", None).verdict == verdict


def test_the_answer_goes_to_the_port_of_whoever_asked() -> None:
    things = six_alone()
    ports = {"protocol": "tcp", "from_port": 1024, "to_port": 39999}
    guard(things, "a", deny(NAT64, **ports), [])
    assert ask(things, "aws_instance.a", HOST).verdict == "yes"
    guard(things, "a", deny(NAT64, **{**ports, "to_port": 40000}), [])
    assert ask(things, "aws_instance.a", HOST).verdict == "no"


@pytest.mark.parametrize(
    ("protocol", "port", "verdict"),
    [("tcp", 443, "yes"), ("udp", 53, "yes"), ("icmp", None, "yes"), ("47", None, "no")],
)
def test_nat64_translates_tcp_udp_and_the_echo_of_icmp(protocol: str, port: int | None, verdict: str) -> None:
    assert ask(six_alone(), "aws_instance.a", HOST, protocol, port).verdict == verdict


def test_other_messages_of_icmp_are_open() -> None:
    found = ask(six_alone(), "aws_instance.a", HOST, "icmp", 1)
    assert (found.verdict, found.depends_on) == ("depends", (f"what NAT64 of n makes of {HOST}",))


def test_behind_the_gateway_lists_and_routes_are_those_of_ipv4_and_before_it_those_of_ipv6() -> None:
    things = six_alone()
    guard(things, "front", [], deny("198.51.100.0/24"))
    found = ask(things, "aws_instance.a", HOST)
    assert (found.verdict, reason(found), found.forward.dropped_at) == (
        "no",
        "network-list-refuses",
        "aws_network_acl.front",
    )
    things = six_alone()
    guard(things, "front", deny("2600:1f00:0:1::/64"), [])
    assert ask(things, "aws_instance.a", HOST).forward.dropped_at == "aws_network_acl.front"
    things = six_alone()
    guard(things, "a", deny("198.51.100.0/24"), [])
    assert ask(things, "aws_instance.a", HOST).verdict == "yes"
    guard(things, "a", deny("64:ff9b::c633:6400/120"), [])
    found = ask(things, "aws_instance.a", HOST)
    assert (found.verdict, found.forward.verdict, found.back.dropped_at) == ("no", "yes", "aws_network_acl.a")
    things = six_alone()
    table(things, "front", ["front"], {"::/0": "aws_internet_gateway.g"})
    assert reason(ask(things, "aws_instance.a", HOST)) == "no-route"


def test_of_a_range_what_each_rule_refuses_is_left_out() -> None:
    things = six_alone()
    guard(things, "front", [], deny("198.51.100.0/25"))
    found = ask(things, "aws_instance.a", "64:ff9b::c633:6400/120")
    assert found.verdict == "yes"
    (target,) = {walk.box["target"] for one in found.traced for walk in one.cases.walks if walk.passed}
    assert target == ((0x64FF9B << 96) + 0xC6336480, (0x64FF9B << 96) + 0xC63364FF)


def test_a_group_speaks_of_the_address_as_it_is_written_before_the_gateway() -> None:
    things = six_alone()
    rule = {"protocol": "tcp", "from_port": 443, "to_port": 443}
    things["aws_security_group.a"]["egress"] = [{**rule, "cidr": "64:ff9b::/96"}]
    assert ask(things, "aws_instance.a", HOST).verdict == "yes"
    things["aws_security_group.a"]["egress"] = [ANY]
    assert reason(ask(things, "aws_instance.a", HOST)) == "group-refuses"


def test_a_private_gateway_leads_nowhere_and_other_gateways_do_no_nat64() -> None:
    things = six_alone(subnet="@aws_subnet.front", private_ip="10.0.5.4", connectivity="private")
    assert reason(ask(things, "aws_instance.a", HOST)) == "no-public-address-out"
    things["aws_egress_only_internet_gateway.e"] = {"vpc": "@aws_vpc.v"}
    for gateway in ("aws_egress_only_internet_gateway.e", "aws_internet_gateway.g"):
        table(things, "a", ["a"], {NAT64: gateway})
        found = ask(things, "aws_instance.a", HOST)
        assert (found.verdict, reason(found)) == ("no", "nobody-home")


def test_what_nat64_makes_of_addresses_of_the_estate_is_open() -> None:
    things = six_alone()
    found = ask(things, "aws_instance.a", "64:ff9b::a00:10a")
    assert (found.verdict, found.depends_on) == ("depends", ("what NAT64 of n makes of 64:ff9b::a00:10a",))
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"]}
    subnet(things, "far", "10.9.1.0/24", vpc="w")
    machine(things, "far", "far", "10.9.1.10", public_ip="198.51.100.7")
    found = ask(things, "aws_instance.a", HOST)
    assert (found.verdict, found.depends_on) == ("depends", (f"what NAT64 of n makes of {HOST}",))
