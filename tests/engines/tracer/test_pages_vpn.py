"""What AWS's pages on Site-to-Site VPN say reaches what (`vpn/latest/s2svpn/…`)."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from page_estates import alone, ask, attach, block, hub, machine, premises, subnet, vpc, wrong

VPN, HUB = "aws_vpn_gateway.v", "aws_ec2_transit_gateway.hub"


def test_a_vpc_with_a_vpn_needs_a_route_or_propagation() -> None:
    """VPNRoutingTypes.html, SetUpVPNConnections.html"""
    base = vpc("main", "10.0.0.0/16") + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.main.id")
    base += premises(VPN, "home", "192.168.0.0/16") + machine("a", "a", vpc="main")
    lines = "a -> aws_vpn_connection.home tcp/443: {0}\n192.168.4.4 -> a tcp/443: {0}"
    for routes, learns, verdict in (
        ({"192.168.0.0/16": VPN}, "", "yes"),
        ({}, VPN, "yes"),
        ({}, "", "no"),
        ({"192.168.0.0/17": VPN}, "", "yes"),
    ):
        code = base + subnet("a", "main", "10.0.1.0/24", routes, propagating=learns)
        assert not wrong(code, lines.format(verdict))


def test_only_prefixes_the_gateway_knows_are_routed() -> None:
    """VPNRoutingTypes.html: a default route to the gateway leads to what its connections are told and no further."""
    code = (
        vpc("main", "10.0.0.0/16")
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.main.id")
        + premises(VPN, "home", "192.168.0.0/16")
        + subnet("a", "main", "10.0.1.0/24", {"0.0.0.0/0": VPN})
        + machine("a", "a", vpc="main")
    )
    assert not wrong(
        code,
        """
        a -> 192.168.4.4 tcp/443: yes
        a -> 172.16.4.4 tcp/443: no
        172.16.4.4 -> a tcp/443: no
        """,
    )


def test_prefixes_of_bgp_are_not_known() -> None:
    """VPNRoutingTypes.html: without static routes the premises tell theirs, and no configuration says which."""
    code = (
        vpc("main", "10.0.0.0/16")
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.main.id")
        + premises(VPN, "home").replace("static_routes_only = true", "")
        + subnet("a", "main", "10.0.1.0/24", {"0.0.0.0/0": VPN})
        + machine("a", "a", vpc="main")
    )
    assert ask(code, "a -> 192.168.4.4 tcp/443").verdict == "depends"


def test_offices_of_a_cloudhub_do_not_reach_each_other_s_vpcs() -> None:
    """VPN_CloudHub.html: several connections at one gateway; each office reaches the VPC."""
    code = (
        vpc("main", "10.0.0.0/16")
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.main.id")
        + premises(VPN, "paris", "192.168.1.0/24")
        + premises(VPN, "tokyo", "192.168.2.0/24")
        + subnet("a", "main", "10.0.1.0/24", {"192.168.0.0/16": VPN})
        + machine("a", "a", vpc="main")
    )
    assert not wrong(
        code,
        """
        192.168.1.7 -> a tcp/443: yes
        192.168.2.7 -> a tcp/443: yes
        a -> aws_vpn_connection.paris tcp/443: yes
        a -> aws_vpn_connection.tokyo tcp/443: yes
        a -> 192.168.3.7 tcp/443: no
        """,
    )


def test_a_vpn_at_a_transit_gateway_serves_several_vpcs() -> None:
    """site-site-architectures.html (transit gateway)"""
    code = hub(default=True) + premises(HUB, "home", "192.168.0.0/16", at_hub=True)
    for name, cidr in (("a", "10.1.0.0/16"), ("b", "10.2.0.0/16")):
        code += alone(name, cidr, {"192.168.0.0/16": HUB}) + attach(name, "hub", name, name)
    assert not wrong(
        code,
        """
        a -> aws_vpn_connection.home tcp/443: yes
        192.168.4.4 -> b tcp/443: yes
        a -> b tcp/443: no no-route
        """,
    )
