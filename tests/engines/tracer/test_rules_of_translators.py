"""NAT64 and regional NAT gateways: whose answers they take, what their tables lead to, and which routes are NAT64's."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_nat64 import HOST, NAT64, six_alone
from test_regional_nat import HERE, OUT, THERE, behind, reason
from written_estates import ANY6, ask, deny, guard, subnet, table

from nephograph.model.value import Reason, Unknown

A, NAT = "aws_instance.a", "aws_nat_gateway.n"


@pytest.mark.parametrize(
    ("destination", "asked"),
    [
        (NAT64, True),
        ("::/0", True),
        ("64:ff9b::/64", True),
        ("64:ff9b::/95", True),
        ("64:ff9b::c633:6400/120", True),
        ("::/10", False),
        ("64:ff9a::/32", False),
        ("64:ff9b:1::/48", False),
    ],
)
def test_routes_for_addresses_of_nat64_are_those_that_cover_them_or_lie_inside(destination: str, asked: bool) -> None:
    """vpc/latest/userguide/nat-gateway-nat64-dns64.html: 64:ff9b::/96."""
    things = six_alone()
    table(things, "a", ["a"], {destination: NAT})
    ends = [one.candidate.goal for one in ask(things, A, "internet").traced]
    assert any(getattr(end, "ranges", ()) == (NAT64,) for end in ends) is asked


def test_a_route_inside_the_range_is_nat64_s_whatever_it_leads_to_and_a_wider_one_only_to_nat() -> None:
    things = six_alone()
    for destination, asked in (("64:ff9b::/96", True), ("64:ff9b::/64", False)):
        table(things, "a", ["a"], {destination: "aws_internet_gateway.g"})
        ends = [one.candidate.goal for one in ask(things, A, "internet").traced]
        assert any(getattr(end, "ranges", ()) == (NAT64,) for end in ends) is asked


def test_the_reply_to_an_echo_comes_back_as_one_of_icmpv6() -> None:
    """RFC 7915, 4.2: the types are translated both ways."""
    things = six_alone()
    everything = {"protocol": "icmpv6", "from_port": -1, "to_port": -1, "icmp_code": -1}
    guard(things, "a", deny("::/0", **everything, icmp_type=129), [])
    found = ask(things, A, HOST, "icmp", None)
    assert (found.verdict, found.back.dropped_at) == ("no", "aws_network_acl.a")
    guard(things, "a", deny("::/0", **everything, icmp_type=128), [])
    assert ask(things, A, HOST, "icmp", None).verdict == "yes"
    guard(things, "a", deny("::/0", **{**everything, "protocol": "icmp"}, icmp_type=0), [])
    assert ask(things, A, HOST, "icmp", None).verdict == "yes"
    assert things["aws_security_group.a"]["egress"] == [ANY6]


def test_an_answer_that_leaves_by_a_regional_gateway_ends_there() -> None:
    things = behind(HERE, False)
    things[A]["public_ip"] = "203.0.113.70"
    found = ask(things, "internet", A)
    assert (found.verdict, found.back.dropped_at) == ("no", NAT)


def test_which_zone_has_no_address_is_told() -> None:
    found = ask(behind(THERE, False), A, OUT)
    assert "has no address in eu-west-1a, where a is" in found.forward.hops[-1].text
    things = behind([{"zone_id": "euw1-az1"}], False)
    things["aws_subnet.a"].update(zone_id="euw1-az3", availability_zone=None)
    assert "has no address in its zone, where a is" in ask(things, A, OUT).forward.hops[-1].text


@pytest.mark.parametrize("kind", ["aws_vpn_gateway", "aws_egress_only_internet_gateway"])
def test_what_a_regional_gateway_does_with_what_its_table_leads_elsewhere_is_open(kind: str) -> None:
    things = behind(HERE, False, route_table="@aws_route_table.n")
    things[f"{kind}.x"] = {"vpc": "@aws_vpc.v"}
    table(things, "n", [], {"0.0.0.0/0": f"{kind}.x"})
    found = ask(things, A, OUT)
    assert (found.verdict, found.depends_on[0]) == (
        "depends",
        "what regional NAT gateway n does with what is not for the internet",
    )


def test_answers_follow_the_table_of_a_regional_gateway() -> None:
    """vpc/latest/userguide/nat-gateways-regional.html: it may lead them to a firewall."""
    things = behind(HERE, False, route_table="@aws_route_table.n")
    subnet(things, "wall", "10.0.8.0/24")
    things["aws_networkfirewall_firewall.f"] = {
        "vpc": "@aws_vpc.v",
        "subnets": ["@aws_subnet.wall"],
        "policy": "@aws_networkfirewall_firewall_policy.p",
    }
    policy: dict[str, Any] = {"stateless_default_actions": ["aws:pass"]}
    things["aws_networkfirewall_firewall_policy.p"] = policy
    routes = {"0.0.0.0/0": "aws_internet_gateway.g", "10.0.0.0/24": "aws_networkfirewall_firewall.f"}
    table(things, "n", [], routes)
    found = ask(things, A, OUT)
    assert (found.verdict, [hop.kind for hop in found.back.hops if hop.kind == "firewall"]) == ("yes", ["firewall"])
    policy["stateless_default_actions"] = ["aws:drop"]
    found = ask(things, A, OUT)
    assert (found.verdict, reason(found)) == ("no", "firewall-denies")


def test_which_internet_gateway_a_regional_gateway_leads_to_may_not_be_known() -> None:
    things = behind(HERE, False)
    things["aws_internet_gateway.g"]["vpc"] = Unknown(Reason.NO_VALUE, "var.vpc")
    found = ask(things, A, OUT)
    assert (found.verdict, bool(found.depends_on)) == ("depends", True)
