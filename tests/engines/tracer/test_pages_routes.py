"""What AWS's pages on route tables say wins.

`vpc/latest/userguide/VPC_Route_Tables.html`, `vpc/latest/userguide/route-table-options.html`
"""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import pytest
from page_estates import (
    alone,
    ask,
    attach,
    block,
    hub,
    machine,
    main_table,
    nat,
    peering,
    prefix_list,
    premises,
    subnet,
    table,
    vpc,
    wrong,
)

PEER, WEB, VPN = "aws_vpc_peering_connection.ab", "aws_internet_gateway.a", "aws_vpn_gateway.v"


def two(routes: dict[str, str], back: str = "10.0.0.0/16", far: str = "172.31.0.0/16", **more: str) -> str:
    """VPC A with an internet gateway and a machine that has a public address, peered with B."""
    return (
        vpc("a", "10.0.0.0/16", gateway=True)
        + subnet("a", "a", "10.0.1.0/24", routes, **more)
        + machine("a", "a", public=True, vpc="a")
        + alone("b", far, {back: PEER})
        + peering("ab", "a", "b")
    )


# --- VPC_Route_Tables.html -------------------------------------------------------------------------------------------


def test_the_longest_prefix_wins() -> None:
    assert not wrong(
        two({"172.31.0.0/16": PEER, "0.0.0.0/0": WEB}),
        """
        a -> b tcp/443: yes
        a -> 198.51.100.7 tcp/443: yes
        internet -> a tcp/443: yes
        internet -> b tcp/443: no
        """,
    )


def test_ipv4_and_ipv6_routes_are_independent() -> None:
    """route-table-options: a default route of one kind says nothing about the other."""
    code = (
        vpc("a", "10.0.0.0/16", v6="2001:db8:1234:1a00::/56", gateway=True)
        + subnet("a", "a", "10.0.1.0/24", {"0.0.0.0/0": WEB}, v6="2001:db8:1234:1a00::/64")
        + subnet("six", "a", "10.0.2.0/24", {"::/0": WEB}, v6="2001:db8:1234:1a01::/64")
        + machine("a", "a", public=True, v6="2001:db8:1234:1a00::10", vpc="a")
        + machine("six", "six", public=True, v6="2001:db8:1234:1a01::10", vpc="a")
    )
    assert not wrong(
        code,
        """
        a -> internet tcp4/443: yes
        a -> internet tcp6/443: no no-route
        internet -> a tcp6/443: no no-route
        six -> internet tcp6/443: yes
        internet -> six tcp6/443: yes
        six -> internet tcp4/443: no no-route
        a -> six tcp6/443: yes
        """,
    )


def test_the_main_table_serves_subnets_without_one_of_their_own() -> None:
    """Example 1: a public subnet with a custom table, and one for the VPN by the main table."""
    code = (
        vpc("a", "10.0.0.0/16", gateway=True)
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.a.id")
        + premises(VPN, "home", "192.168.0.0/16")
        + main_table("a", {"0.0.0.0/0": VPN})
        + subnet("web", "a", "10.0.0.0/24", {"0.0.0.0/0": WEB})
        + subnet("own", "a", "10.0.1.0/24")
        + machine("web", "web", public=True, vpc="a")
        + machine("own", "own", public=True, vpc="a")
    )
    assert not wrong(
        code,
        """
        web -> 198.51.100.7 tcp/443: yes
        internet -> web tcp/443: yes
        web -> aws_vpn_connection.home tcp/443: no
        own -> aws_vpn_connection.home tcp/443: yes
        own -> 198.51.100.7 tcp/443: no
        internet -> own tcp/443: no
        web -> own tcp/443: yes
        """,
    )


def test_the_main_table_may_be_replaced() -> None:
    """Example 2: the subnet without an association follows, the one with an association stays."""
    code = (
        vpc("a", "10.0.0.0/16", gateway=True)
        + table("other", "a", {"0.0.0.0/0": WEB})
        + subnet("one", "a", "10.0.0.0/24")
        + subnet("two", "a", "10.0.1.0/24", {})
        + machine("one", "one", public=True, vpc="a")
        + machine("two", "two", public=True, vpc="a")
    )
    assert not wrong(code, "one -> 198.51.100.7 tcp/443: no no-route")
    made = "vpc_id = aws_vpc.a.id", "route_table_id = aws_route_table.other.id"
    assert not wrong(
        code + block("aws_main_route_table_association", "a", *made),
        """
        one -> 198.51.100.7 tcp/443: yes
        internet -> one tcp/443: yes
        two -> 198.51.100.7 tcp/443: no no-route
        """,
    )


def behind_vpn(routes: dict[str, str], *told: str) -> str:
    """A subnet that learns the static routes of a VPN connection."""
    return (
        vpc("a", "10.0.0.0/16", gateway=True)
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.a.id")
        + premises(VPN, "home", *told)
        + subnet("a", "a", "10.0.1.0/24", routes, propagating=VPN)
        + subnet("b", "a", "10.0.2.0/24", {})
        + machine("a", "a", public=True, vpc="a")
        + machine("b", "b", "10.0.2.10", vpc="a")
    )


def test_a_static_route_beats_a_propagated_one_of_the_same_destination() -> None:
    assert not wrong(
        behind_vpn({"172.31.0.0/24": WEB}, "172.31.0.0/24"), "a -> aws_vpn_connection.home tcp/443: no", alike=False
    )
    assert not wrong(behind_vpn({}, "172.31.0.0/24"), "a -> aws_vpn_connection.home tcp/443: yes", alike=False)


def test_a_more_specific_propagated_route_beats_a_static_one() -> None:
    code = behind_vpn({"0.0.0.0/0": WEB}, "172.31.0.0/24")
    assert not wrong(
        code,
        """
        a -> aws_vpn_connection.home tcp/443: yes
        a -> 198.51.100.7 tcp/443: yes
        """,
        alike=False,
    )


def test_the_local_route_beats_propagated_ones_that_are_more_specific() -> None:
    """s2svpn/VPNRoutingTypes.html: what the premises tell of a part of the VPC is not followed."""
    assert not wrong(behind_vpn({}, "10.0.2.0/24", "192.168.0.0/16"), "a -> b tcp/443: yes\nb -> a tcp/443: yes")


def test_prefix_lists_come_after_ranges_and_before_what_is_propagated() -> None:
    lists = prefix_list("far", "172.31.0.0/16", "172.20.0.0/16")
    of_list = "aws_ec2_managed_prefix_list.far"
    assert not wrong(lists + two({of_list: PEER}), "a -> b tcp/443: yes")
    # The range beats the list …
    assert not wrong(lists + two({of_list: PEER, "172.31.0.0/16": WEB}), "a -> b tcp/443: no")
    # … and a longer prefix of the list beats a shorter range.
    assert not wrong(lists + two({of_list: PEER, "172.16.0.0/12": WEB}), "a -> b tcp/443: yes")
    learned = block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.a.id") + premises(VPN, "home", "172.31.0.0/16")
    assert not wrong(lists + learned + two({of_list: PEER}, propagating=VPN), "a -> b tcp/443: yes")
    assert not wrong(learned + two({}, propagating=VPN), "a -> b tcp/443: no")


def test_of_prefix_lists_that_overlap_aws_takes_any() -> None:
    """It chooses one at random and stays with it: nobody knows which."""
    code = prefix_list("one", "172.31.0.0/16") + prefix_list("other", "172.31.0.0/16")
    routes = {"aws_ec2_managed_prefix_list.one": PEER, "aws_ec2_managed_prefix_list.other": WEB}
    found = ask(code + two(routes), "a -> b tcp/443")
    assert found.verdict == "depends"
    assert any("one" in why and "other" in why for why in found.depends_on)
    routes["aws_ec2_managed_prefix_list.other"] = PEER
    assert not wrong(code + two(routes), "a -> b tcp/443: yes")


def test_a_prefix_list_leads_to_several_attachments() -> None:
    """route-table-options: a list of two VPCs' ranges, by a transit gateway."""
    code = prefix_list("both", "10.0.0.0/16", "10.2.0.0/16") + hub(default=True)
    code += alone("a", "172.31.0.0/16", {"aws_ec2_managed_prefix_list.both": "aws_ec2_transit_gateway.hub"})
    for name, cidr in (("b", "10.0.0.0/16"), ("c", "10.2.0.0/16"), ("d", "10.3.0.0/16")):
        code += alone(name, cidr, {"172.31.0.0/16": "aws_ec2_transit_gateway.hub"})
    code += "".join(attach(name, "hub", name, name) for name in "abcd")
    assert not wrong(
        code,
        """
        a -> b tcp/443: yes
        a -> c tcp/443: yes
        a -> d tcp/443: no no-route
        b -> a tcp/443: yes
        b -> c tcp/443: no no-route
        """,
    )


def test_a_blackhole_stays_the_most_specific_route() -> None:
    """A peering connection that is gone leaves its route; a default route does not take its place."""
    code = two({"0.0.0.0/0": WEB, "172.31.0.0/16": PEER}).replace("auto_accept = true", "auto_accept = true")
    gone = code.replace('"aws_vpc_peering_connection" "ab"', '"aws_vpc_peering_connection" "other"')
    assert gone != code
    found = ask(gone, "a -> b tcp/443")
    assert found.verdict != "yes"


# --- route-table-options.html ----------------------------------------------------------------------------------------


def test_more_specific_routes_lead_past_a_nat_gateway() -> None:
    """S3 by its endpoint, a peer by its connection, the rest by NAT."""
    code = (
        vpc("a", "10.0.0.0/16", gateway=True)
        + subnet("front", "a", "10.0.0.0/24", {"0.0.0.0/0": WEB})
        + nat("n", "front")
        + subnet("a", "a", "10.0.1.0/24", {"0.0.0.0/0": "aws_nat_gateway.n", "10.25.0.0/16": PEER})
        + machine("a", "a", vpc="a")
        + alone("b", "10.25.0.0/16", {"10.0.0.0/16": PEER})
        + peering("ab", "a", "b")
        + block(
            "aws_vpc_endpoint",
            "s3",
            "vpc_id = aws_vpc.a.id",
            'service_name = "com.amazonaws.eu-west-1.s3"',
            "route_table_ids = [aws_route_table.a.id]",
        )
    )
    assert not wrong(
        code,
        """
        a -> b tcp/443: yes
        a -> 198.51.100.7 tcp/443: yes
        a -> s3 tcp/443: yes
        internet -> a tcp/443: no
        """,
    )
    hops = [hop.name for hop in ask(code, "a -> s3 tcp/443").forward.hops]
    assert "s3" in hops
    assert "n" not in hops


def test_egress_only_gateways_let_nobody_in() -> None:
    code = (
        vpc("a", "10.0.0.0/16", v6="2001:db8:1234:1a00::/56", gateway=True)
        + block("aws_egress_only_internet_gateway", "e", "vpc_id = aws_vpc.a.id")
        + subnet("a", "a", "10.0.1.0/24", {"::/0": "aws_egress_only_internet_gateway.e"}, v6="2001:db8:1234:1a00::/64")
        + subnet("b", "a", "10.0.2.0/24", {"::/0": WEB}, v6="2001:db8:1234:1a01::/64")
        + machine("a", "a", v6="2001:db8:1234:1a00::10", vpc="a")
        + machine("b", "b", v6="2001:db8:1234:1a01::10", vpc="a")
    )
    assert not wrong(
        code,
        """
        a -> internet tcp6/443: yes
        internet -> a tcp/443: no
        internet -> b tcp6/443: yes
        a -> internet tcp4/443: no
        """,
    )


def test_a_virtual_private_gateway_carries_no_ipv6_to_a_vpn() -> None:
    code = (
        vpc("a", "10.0.0.0/16", v6="2001:db8:1234:1a00::/56")
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.a.id")
        + premises(VPN, "home", "192.168.0.0/16")
        + subnet("a", "a", "10.0.1.0/24", {"::/0": VPN, "0.0.0.0/0": VPN}, v6="2001:db8:1234:1a00::/64")
        + machine("a", "a", v6="2001:db8:1234:1a00::10", vpc="a")
    )
    assert not wrong(
        code,
        """
        a -> aws_vpn_connection.home tcp/443: yes
        a -> 192.168.4.4 tcp/443: yes
        192.168.4.4 -> a tcp/443: yes
        a -> 2600:1f00::1 tcp/443: no
        a -> 198.51.100.7 tcp/443: no
        """,
    )


@pytest.mark.parametrize(("secondary", "verdict"), [("100.64.0.0/16", "yes"), ("10.1.0.0/16", "yes")])
def test_the_ranges_of_a_vpc_have_local_routes_each(secondary: str, verdict: str) -> None:
    """vpc-cidr-blocks.html: a range that is added is routed locally in every table."""
    code = (
        vpc("a", "10.0.0.0/16", secondary)
        + subnet("a", "a", "10.0.1.0/24", {})
        + subnet("b", "a", secondary.replace("/16", "/24"), {})
        + machine("a", "a", vpc="a")
        + machine("b", "b", vpc="a")
    )
    assert not wrong(code, f"a -> b tcp/443: {verdict}\nb -> a tcp/443: {verdict}")
