"""What AWS's pages on NAT say reaches what (`vpc/latest/userguide/nat-gateway-scenarios.html` and others)."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import pytest
from page_estates import (
    alone,
    ask,
    attach,
    attachment,
    balancer,
    block,
    group,
    hub,
    hub_table,
    machine,
    nat,
    premises,
    subnet,
    vpc,
    wrong,
)

WEB, NAT = "aws_internet_gateway.main", "aws_nat_gateway.n"
HUB, VPN = "aws_ec2_transit_gateway.hub", "aws_vpn_gateway.v"


def test_the_internet_from_a_private_subnet() -> None:
    """nat-gateway-scenarios.html: in zone A nothing leads out of the private subnet, in zone B a NAT gateway does."""
    code = (
        vpc("main", "10.0.0.0/16", gateway=True)
        + subnet("front_a", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB})
        + subnet("back_a", "main", "10.0.1.0/24", {})
        + subnet("front_b", "main", "10.0.2.0/24", {"0.0.0.0/0": WEB}, zone="b")
        + subnet("back_b", "main", "10.0.3.0/24", {"0.0.0.0/0": NAT}, zone="b")
        + nat("n", "front_b")
        + machine("web", "front_a", public=True, vpc="main")
        + machine("a", "back_a", vpc="main")
        + machine("b", "back_b", vpc="main")
    )
    assert not wrong(
        code,
        """
        web -> 198.51.100.7 tcp/443: yes
        internet -> web tcp/443: yes
        a -> 198.51.100.7 tcp/443: no no-route
        b -> 198.51.100.7 tcp/443: yes
        b -> 198.51.100.7 icmp: yes
        internet -> b tcp/443: no
        internet -> a tcp/443: no
        web -> b tcp/22: yes
        """,
    )


def test_a_nat_gateway_without_a_way_out_helps_nobody() -> None:
    """nat-gateway-troubleshooting.html: its own subnet has to lead to the internet gateway."""
    code = (
        vpc("main", "10.0.0.0/16", gateway=True)
        + subnet("front", "main", "10.0.0.0/24", {"0.0.0.0/0": NAT})
        + subnet("back", "main", "10.0.1.0/24", {"0.0.0.0/0": NAT})
        + nat("n", "front")
        + machine("a", "back", vpc="main")
    )
    assert not wrong(code, "a -> 198.51.100.7 tcp/443: no")


def test_a_private_nat_gateway_reaches_no_internet() -> None:
    """vpc-nat-gateway.html: the internet gateway drops what a private NAT gateway sends it."""
    code = (
        vpc("main", "10.0.0.0/16", gateway=True)
        + subnet("front", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB})
        + subnet("back", "main", "10.0.1.0/24", {"0.0.0.0/0": NAT})
        + nat("n", "front", private=True)
        + machine("a", "back", vpc="main")
    )
    assert not wrong(code, "a -> 198.51.100.7 tcp/443: no no-public-address-out")


def test_a_network_on_the_premises_by_addresses_it_allows() -> None:
    """nat-gateway-scenarios.html: what goes to the premises comes from an address of 100.64.1.0/24."""
    home = "aws_vpn_connection.home"
    code = (
        vpc("main", "10.0.0.0/16", "100.64.1.0/24")
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.main.id")
        + premises(VPN, "home", "192.168.0.0/16")
        + subnet("own", "main", "10.0.1.0/24", {"192.168.0.0/16": NAT})
        + subnet("allowed", "main", "100.64.1.0/28", {"192.168.0.0/16": VPN})
        + nat("n", "allowed", private=True, ip="100.64.1.10")
        + machine("a", "own", "10.0.1.10", vpc="main")
    )
    assert not wrong(
        code,
        f"""
        a -> {home} tcp/443: yes
        192.168.4.4 -> a tcp/443: no
        """,
    )
    sent = [h.text for h in ask(code, f"a -> {home} tcp/443").forward.hops]
    assert any("writes its own address" in text for text in sent)


def overlapping(groups: str = "100.64.1.0/24") -> str:
    """nat-gateway-scenarios.html: A and B are both 10.0.0.0/16; each has a range that is routed besides."""
    code = hub()
    code += vpc("a", "10.0.0.0/16", "100.64.1.0/24") + vpc("b", "10.0.0.0/16", "100.64.2.0/24")
    code += subnet("a_own", "a", "10.0.1.0/24", {"100.64.2.0/24": NAT})
    code += subnet("a_routed", "a", "100.64.1.0/26", {"100.64.2.0/24": HUB})
    code += nat("n", "a_routed", private=True, ip="100.64.1.10") + machine("a", "a_own", "10.0.1.10", vpc="a")
    code += subnet("b_own", "b", "10.0.1.0/24", {})
    for at, zone in enumerate("ab"):
        code += subnet(f"b_{zone}", "b", f"100.64.2.{64 * at}/26", {"100.64.1.0/24": HUB}, zone=zone)
    code += group("lb", "b", [f"tcp/80 {groups}"]) + group("app", "b", ["tcp/80 lb"])
    code += machine("app", "b_own", "10.0.1.10", groups="app")
    code += balancer("lb", "b", ["b_a", "b_b"], 80, ["app"], groups="lb", internal=True)
    code += attach("a", "hub", "a", "a_routed") + attach("b", "hub", "b", "b_a", "b_b")
    both = {"100.64.1.0/24": attachment("a"), "100.64.2.0/24": attachment("b")}
    return code + hub_table("all", "hub", list(both.values()), [], both)


def test_two_vpcs_of_one_range_by_private_nat_and_a_balancer() -> None:
    assert not wrong(
        overlapping(),
        """
        a -> app tcp/80: yes
        app -> a tcp/80: no
        a -> app tcp/443: no
        """,
    )
    # The balancer sees the address of the NAT gateway, not that of the machine.
    assert not wrong(overlapping("10.0.1.10/32"), "a -> app tcp/80: no")


SIX = "2001:db8:1234:1a0"


def with_nat64(out: str) -> str:
    """nat-gateway-nat64-dns64.html: a subnet of IPv6 alone; `out` is where its other IPv6 traffic goes."""
    return (
        vpc("main", "10.0.0.0/16", v6=f"{SIX}0::/56", gateway=True)
        + block("aws_egress_only_internet_gateway", "e", "vpc_id = aws_vpc.main.id")
        + subnet("front", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB})
        + nat("n", "front")
        + subnet("back", "main", "10.0.1.0/24", {"64:ff9b::/96": NAT, "::/0": out}, v6=f"{SIX}1::/64")
        + machine("a", "back", v6=f"{SIX}1::10", vpc="main")
    )


@pytest.mark.parametrize(("out", "inward"), [("aws_egress_only_internet_gateway.e", "no"), (WEB, "yes")])
def test_a_subnet_of_ipv6_reaches_ipv4_and_ipv6_services(out: str, inward: str) -> None:
    assert not wrong(
        with_nat64(out),
        f"""
        a -> 64:ff9b::c633:6407 tcp/443: yes
        a -> internet tcp6/443: yes
        internet -> a tcp6/443: {inward}
        internet -> a tcp4/443: no
        """,
    )


def test_a_nat_instance() -> None:
    """VPC_NAT_Instance.html: check off, and the groups of the page."""
    home = "203.0.113.0/24"
    rules = ["tcp/80 10.0.1.0/24", "tcp/443 10.0.1.0/24", f"tcp/22 {home}"]
    box = machine("nat", "front", "10.0.0.9", groups="nat", public=True, forwards=True)
    code = (
        vpc("main", "10.0.0.0/16", gateway=True)
        + subnet("front", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB})
        + subnet("back", "main", "10.0.1.0/24", {"0.0.0.0/0": "aws_network_interface.nat"})
        + group("nat", "main", rules, ["tcp/80 0.0.0.0/0", "tcp/443 0.0.0.0/0"])
        + machine("a", "back", vpc="main")
    )
    # Terraform names the machine's own interface by an attribute of it.
    code = code.replace("aws_network_interface.nat.id", "aws_instance.nat.primary_network_interface_id")
    assert not wrong(
        code + box,
        """
        a -> 198.51.100.7 tcp/443: yes
        203.0.113.7 -> nat tcp/22: yes
        198.51.100.7 -> nat tcp/22: no group-refuses
        internet -> a tcp/443: no
        a -> 198.51.100.7 tcp/22: no group-refuses
        """,
        alike=False,
    )
    checked = code + box.replace("source_dest_check = false", "")
    assert not wrong(checked, "a -> 198.51.100.7 tcp/443: no source-dest-check", alike=False)
    assert (
        "nat translates what it sends to the internet (a NAT instance)"
        in ask(code + box, "a -> 198.51.100.7 tcp/443").assumptions
    )
    hidden = code + box.replace("associate_public_ip_address = true", "")
    assert not wrong(hidden, "a -> 198.51.100.7 tcp/443: no no-public-address-out", alike=False)


def test_what_comes_over_a_transit_gateway_may_use_nat_and_what_comes_over_a_vpn_gateway_not() -> None:
    """nat-gateway-basics.html"""
    code = (
        vpc("main", "10.0.0.0/16", gateway=True)
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.main.id")
        + premises(VPN, "home", "192.168.0.0/16")
        + subnet("front", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB, "10.9.0.0/16": HUB})
        + subnet("back", "main", "10.0.1.0/24", {"0.0.0.0/0": NAT, "10.9.0.0/16": HUB})
        + nat("n", "front")
        + machine("a", "back", vpc="main")
        + hub(default=False)
        + alone("far", "10.9.0.0/16", {"0.0.0.0/0": HUB})
        + attach("main", "hub", "main", "back")
        + attach("far", "hub", "far", "far")
        + hub_table("far", "hub", [attachment("far")], [], {"0.0.0.0/0": attachment("main")})
        + hub_table("main", "hub", [attachment("main")], [attachment("far")])
    )
    assert not wrong(
        code,
        """
        far -> 198.51.100.7 tcp/443: yes
        aws_vpn_connection.home -> internet tcp/443: no
        """,
    )
