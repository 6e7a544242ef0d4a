"""What gateways carry: NAT, egress-only gateways and IPv6, internet gateways, peerings."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import ANY, Things, ask, machine, neighbours, subnet, table

from nephograph.engines.tracer.question import Reach
from nephograph.model.value import Reason, Unknown


def reason(found: Reach) -> str:
    return str(found.shown.drop.reason) if found.shown is not None and found.shown.drop is not None else ""


def six() -> Things:
    """`a` has an IPv6 address alone that leads anywhere; its VPC has an egress-only gateway."""
    things = neighbours()
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f00::/56"]
    things["aws_egress_only_internet_gateway.e"] = {"vpc": "@aws_vpc.v"}
    for number, name in enumerate("ab"):
        things[f"aws_subnet.{name}"]["ipv6_cidr"] = f"2600:1f00:0:{number}::/64"
        things[f"aws_instance.{name}"]["ipv6_addresses"] = [f"2600:1f00:0:{number}::10"]
    return things


ONLY_OUT = {"::/0": "aws_egress_only_internet_gateway.e"}
BOTH_WAYS = {"::/0": "aws_internet_gateway.g"}


def test_an_egress_only_gateway_lets_connections_out_and_their_answers_in() -> None:
    things = six()
    assert ask(things, "aws_instance.a", "internet").verdict == "no"
    table(things, "a", ["a"], ONLY_OUT)
    found = ask(things, "aws_instance.a", "internet")
    assert (found.verdict, found.candidate.version if found.candidate else 0) == ("yes", 6)
    assert ask(things, "internet", "aws_instance.a").verdict == "no"
    del things["aws_internet_gateway.g"]
    found = ask(things, "internet", "2600:1f00:0:0::10")
    assert (found.verdict, reason(found)) == ("no", "gateway-starts-only-outward")


def test_an_answer_by_an_egress_only_gateway_to_what_came_in_by_another_is_lost() -> None:
    things = six()
    table(things, "a", ["a"], ONLY_OUT)
    found = ask(things, "internet", "2600:1f00::10")
    assert (found.verdict, reason(found)) == ("no", "gateway-starts-only-outward")
    table(things, "a", ["a"], BOTH_WAYS)
    assert ask(things, "internet", "2600:1f00::10").verdict == "yes"


def test_an_egress_only_gateway_carries_nothing_of_another_vpc() -> None:
    things = six()
    table(things, "a", ["a"], ONLY_OUT)
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"]}
    things["aws_egress_only_internet_gateway.e"]["vpc"] = "@aws_vpc.w"
    found = ask(things, "aws_instance.a", "internet")
    assert (found.verdict, reason(found)) == ("no", "attachment-not-active")
    things["aws_egress_only_internet_gateway.e"]["vpc"] = Unknown(Reason.NO_VALUE, "var.vpc")
    found = ask(things, "aws_instance.a", "internet")
    assert (found.verdict, "var.vpc" in found.depends_on[0]) == ("depends", True)


def test_ipv6_needs_its_own_rules_and_routes() -> None:
    things = six()
    table(things, "a", ["a"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    assert ask(things, "internet", "2600:1f00::10").verdict == "no"
    table(things, "a", ["a"], BOTH_WAYS)
    things["aws_security_group.a"]["ingress"] = [ANY]
    found = ask(things, "internet", "2600:1f00::10")
    assert (found.verdict, found.forward.dropped_at) == ("no", "aws_security_group.a")


def behind_nat(**more: object) -> Things:
    things = six()
    subnet(things, "front", "10.0.5.0/24")
    things["aws_nat_gateway.n"] = {
        "subnet": "@aws_subnet.front",
        "private_ip": "10.0.5.4",
        "public_ip": "203.0.113.7",
        "connectivity": "public",
        **more,
    }
    table(things, "front", ["front"], {"0.0.0.0/0": "aws_internet_gateway.g", **BOTH_WAYS})
    table(things, "a", ["a"], dict.fromkeys(("0.0.0.0/0", "::/0", "64:ff9b::/96"), "aws_nat_gateway.n"))
    return things


def test_a_nat_gateway_carries_ipv6_only_to_addresses_of_nat64() -> None:
    things = behind_nat()
    assert ask(things, "aws_instance.a", "198.51.100.7").verdict == "yes"
    found = ask(things, "aws_instance.a", "2001:db8::7")
    assert (found.verdict, reason(found)) == ("no", "protocol-not-carried")
    assert ask(things, "aws_instance.a", "64:ff9b::c633:6407").verdict == "yes"


@pytest.mark.parametrize(
    ("protocol", "verdict"), [("tcp", "yes"), ("udp", "yes"), ("icmp", "yes"), ("47", "no"), ("50", "no")]
)
def test_a_nat_gateway_carries_tcp_udp_and_icmp(protocol: str, verdict: str) -> None:
    port = None if protocol.isdigit() else 8 if protocol == "icmp" else 443
    assert ask(behind_nat(), "aws_instance.a", "198.51.100.7", protocol, port).verdict == verdict


def test_a_nat_gateway_whose_subnet_nobody_says_leaves_the_answer_open_and_is_named() -> None:
    found = ask(behind_nat(subnet=None, vpc="@aws_vpc.v"), "aws_instance.a", "198.51.100.7")
    assert (found.verdict, found.depends_on) == ("depends", ("which subnet NAT gateway n stands in",))


def test_a_nat_gateway_that_failed_or_stands_elsewhere_carries_nothing() -> None:
    found = ask(behind_nat(state="failed"), "aws_instance.a", "198.51.100.7")
    assert (found.verdict, reason(found)) == ("no", "component-not-active")
    things = behind_nat(subnet="@aws_subnet.far")
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"]}
    subnet(things, "far", "10.9.1.0/24", vpc="w")
    found = ask(things, "aws_instance.a", "198.51.100.7")
    assert (found.verdict, reason(found)) == ("no", "attachment-not-active")


def test_a_peering_carries_only_what_is_between_its_two_vpcs() -> None:
    things = neighbours()
    things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"]}
    things["aws_vpc.x"] = {"cidrs": ["10.2.0.0/16"]}
    for name, vpc, cidr in (("far", "w", "10.1.1.0/24"), ("further", "x", "10.2.1.0/24")):
        subnet(things, name, cidr, vpc=vpc)
        machine(things, name, name, cidr.replace(".0/24", ".10"))
    things["aws_vpc_peering_connection.p"] = {"vpc": "@aws_vpc.v", "peer_vpc": "@aws_vpc.w", "status": "active"}
    things["aws_vpc_peering_connection.q"] = {"vpc": "@aws_vpc.w", "peer_vpc": "@aws_vpc.x", "status": "active"}
    to = "aws_vpc_peering_connection.p"
    table(things, "a", ["a"], {"10.1.0.0/16": to, "10.2.0.0/16": to})
    table(things, "far", ["far"], {"10.0.0.0/16": to, "10.2.0.0/16": "aws_vpc_peering_connection.q"}, vpc="w")
    table(things, "further", ["further"], dict.fromkeys(["10.1.0.0/16"], "aws_vpc_peering_connection.q"), vpc="x")
    assert ask(things, "aws_instance.a", "aws_instance.far").verdict == "yes"
    assert ask(things, "aws_instance.far", "aws_instance.further").verdict == "yes"
    found = ask(things, "aws_instance.a", "aws_instance.further")
    assert (found.verdict, reason(found)) == ("no", "peering-not-transitive")


@pytest.mark.parametrize("status", ["deleted", "rejected", "pending-acceptance", "expired"])
def test_a_peering_that_is_not_active_carries_nothing(status: str) -> None:
    things = neighbours()
    things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"]}
    subnet(things, "far", "10.1.1.0/24", vpc="w")
    machine(things, "far", "far", "10.1.1.10")
    things["aws_vpc_peering_connection.p"] = {"vpc": "@aws_vpc.v", "peer_vpc": "@aws_vpc.w", "status": status}
    table(things, "a", ["a"], {"10.1.0.0/16": "aws_vpc_peering_connection.p"})
    table(things, "far", ["far"], {"10.0.0.0/16": "aws_vpc_peering_connection.p"}, vpc="w")
    found = ask(things, "aws_instance.a", "aws_instance.far")
    assert (found.verdict, reason(found)) == ("no", "component-not-active")


def test_a_rule_that_is_for_nobody_lets_nobody_in() -> None:
    things = neighbours()
    things["aws_security_group.b"]["ingress"] = [{**ANY, "cidr": None, "itself": False}]
    things["aws_instance.a"]["security_groups"] = ["@aws_security_group.b"]
    things["aws_security_group.b"]["egress"] = [ANY]
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == "no"
    things["aws_security_group.b"]["ingress"] = [{**ANY, "cidr": None, "itself": True}]
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == "yes"


def test_a_default_vpc_leads_to_the_internet_where_no_table_is_said_and_another_one_nowhere() -> None:
    for default, verdict in ((True, "yes"), (False, "no")):
        things: Things = {"aws_vpc.v": {"cidrs": ["172.31.0.0/16"], "default": default}}
        subnet(things, "s", "172.31.0.0/20")
        machine(things, "a", "s", "172.31.0.10", public_ip=True)
        things["aws_internet_gateway.g"] = {"vpc": "@aws_vpc.v"}
        assert ask(things, "aws_instance.a", "198.51.100.7").verdict == verdict


def test_a_list_whose_subnets_are_not_known_may_guard_any_of_its_own_vpc_and_no_other() -> None:
    things = neighbours()
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"]}
    shut = {"subnets": Unknown(Reason.NO_VALUE, "var.subnets"), "ingress": [], "egress": []}
    things["aws_network_acl.l"] = {"vpc": "@aws_vpc.w", **shut}
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == "yes"
    things["aws_network_acl.l"] = {"vpc": "@aws_vpc.v", **shut}
    found = ask(things, "aws_instance.a", "aws_instance.b")
    assert (found.verdict, "whether l guards" in found.depends_on[0]) == ("depends", True)
    # The default list guards what no other one names: that is known.
    things["aws_network_acl.l"]["default"] = True
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == "no"


def test_of_two_routes_of_one_range_the_one_somebody_wrote_beats_the_one_that_was_learnt() -> None:
    things = neighbours()
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": "@aws_instance.a"}
    learnt = {"destination": "0.0.0.0/0", "target": "@aws_instance.b", "propagated": True}
    written = {"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.g"}
    things["aws_route_table.m"]["routes"] = [learnt, written]
    assert ask(things, "aws_instance.a", "198.51.100.7").verdict == "yes"


def test_a_default_vpc_has_its_internet_gateway_even_where_nobody_says_so() -> None:
    for default, verdict in ((True, "yes"), (False, "no")):
        things: Things = {"aws_vpc.v": {"cidrs": ["172.31.0.0/16"], "default": default}}
        subnet(things, "s", "172.31.0.0/20")
        machine(things, "a", "s", "172.31.0.10", public_ip=True)
        assert ask(things, "internet", "aws_instance.a").verdict == verdict
