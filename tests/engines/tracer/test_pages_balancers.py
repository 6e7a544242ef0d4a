"""What AWS's pages on load balancers say reaches what (`elasticloadbalancing/latest/…`)."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import pytest
from page_estates import acl, alone, balancer, block, group, machine, peering, subnet, vpc, wrong

WEB = "aws_internet_gateway.main"
CLIENTS = "198.51.100.0/24"


def network(*parts: str) -> str:
    """Public and private subnets in two zones, an app machine in each private one, an own group `any` for others."""
    code = vpc("main", "10.0.0.0/16", gateway=True) + group("any", "main")
    for at, zone in enumerate("ab"):
        code += subnet(f"front{zone}", "main", f"10.0.{at}.0/24", {"0.0.0.0/0": WEB}, zone=zone)
        code += subnet(f"back{zone}", "main", f"10.0.{at + 8}.0/24", {}, zone=zone)
        code += machine(f"app{zone}", f"back{zone}", f"10.0.{at + 8}.10", groups="app")
    return code + machine("other", "backa", groups="any") + "".join(parts)


FRONT, APPS = ["fronta", "frontb"], ["appa", "appb"]


# --- application/load-balancer-update-security-groups.html -----------------------------------------------------------


def test_an_application_balancer_and_its_targets_by_groups() -> None:
    """The balancer lets in everybody and out to the targets' group, these let in the balancer's group."""
    code = network(
        group("lb", "main", ["tcp/80 0.0.0.0/0"], ["tcp/80 10.0.0.0/16"]),
        group("app", "main", ["tcp/80 lb"], []),
        balancer("lb", "main", FRONT, 80, APPS, groups="lb"),
    )
    assert not wrong(
        code,
        """
        internet -> appa tcp/80: yes
        internet -> appb tcp/80: yes
        internet -> appa tcp/443: no
        other -> appa tcp/80: yes
        other -> lb tcp/80: yes
        """,
    )


def test_an_internal_balancer_is_for_the_vpc() -> None:
    """The recommended rules of an internal one: the range of the VPC on the port of the listener."""
    code = network(
        group("lb", "main", ["tcp/80 10.0.0.0/16"]),
        group("app", "main", ["tcp/80 lb"]),
        balancer("lb", "main", ["backa", "backb"], 80, APPS, groups="lb", internal=True),
    )
    assert not wrong(code, "internet -> appa tcp/80: no\nother -> appa tcp/80: yes\nother -> appa tcp/81: no")


@pytest.mark.parametrize(
    ("out", "into", "verdict"),
    [
        ("tcp/80 10.0.8.0/22", "tcp/80 lb", "yes"),
        ("tcp/8080 10.0.8.0/22", "tcp/80 lb", "no"),
        ("tcp/80 10.0.8.0/22", "tcp/8080 lb", "no"),
        ("tcp/80 10.0.8.0/22", "tcp/80 0.0.0.0/32", "no"),
        ("tcp/80 10.0.8.0/22", "tcp/80 10.0.0.0/23", "yes"),
    ],
)
def test_both_groups_have_to_agree(out: str, into: str, verdict: str) -> None:
    code = network(
        group("lb", "main", ["tcp/80 0.0.0.0/0"], [out]),
        group("app", "main", [into]),
        balancer("lb", "main", FRONT, 80, APPS, groups="lb"),
    )
    assert not wrong(code, f"internet -> appa tcp/80: {verdict}")


# --- classic/elb-security-groups.html, network/target-group-register-targets.html (network ACLs) ---------------------


def test_lists_of_an_application_balancer_and_its_instances() -> None:
    """Clients to the balancer's subnets, and between those and the instances' subnets with ephemeral ports back."""
    base = network(
        group("lb", "main"), group("app", "main", ["tcp/80 lb"]), balancer("lb", "main", FRONT, 80, APPS, groups="lb")
    )
    front_in = ["100 allow tcp/80 0.0.0.0/0", "200 allow tcp/1024-65535 10.0.0.0/16"]
    front_out = ["100 allow tcp/80 10.0.0.0/16", "200 allow tcp/1024-65535 0.0.0.0/0"]
    back_in, back_out = ["100 allow tcp/80 10.0.0.0/16"], ["100 allow tcp/1024-65535 10.0.0.0/16"]
    lists = acl(FRONT, "main", front_in, front_out)
    assert not wrong(base + lists + acl(["backa", "backb"], "main", back_in, back_out), "internet -> appa tcp/80: yes")
    assert not wrong(base + lists + acl(["backa", "backb"], "main", back_in, []), "internet -> appa tcp/80: no")
    shut = acl(FRONT, "main", front_in[:1], front_out)
    assert not wrong(base + shut + acl(["backa", "backb"], "main", back_in, back_out), "internet -> appa tcp/80: no")


def test_lists_of_a_network_balancer_that_keeps_the_client() -> None:
    """The lists of the instances' subnets have to let the clients in and out, the range of the VPC does not do."""
    base = network(group("app", "main"), balancer("lb", "main", FRONT, 80, APPS, kind="network"))
    lists = "100 allow tcp/80 {0}", "100 allow tcp/1024-65535 {0}"
    routed = base.replace(
        'resource "aws_route_table" "backa" {\n  vpc_id = aws_vpc.main.id\n',
        'resource "aws_route_table" "backa" {\n  vpc_id = aws_vpc.main.id\n  route {\n    cidr_block = "0.0.0.0/0"\n'
        "    gateway_id = aws_internet_gateway.main.id\n  }\n",
    )
    for cidr, verdict in (("0.0.0.0/0", "yes"), ("198.51.100.0/24", "yes"), ("10.0.0.0/16", "no")):
        guard = acl(["backa"], "main", [lists[0].format(cidr)], [lists[1].format(cidr)])
        assert not wrong(routed + guard, f"198.51.100.7 -> appa tcp/80: {verdict}")


# --- network/load-balancer-security-groups.html, network/edit-target-group-attributes.html ---------------------------


@pytest.mark.parametrize("keeps", ["true", "false"])
def test_targets_that_accept_the_network_balancer_alone(keeps: str) -> None:
    """Clients reach the targets by the balancer, whether or not it keeps their addresses, and not directly."""
    code = network(
        group("lb", "main", [f"tcp/80 {CLIENTS}", "tcp/80 10.0.0.0/16"]),
        group("app", "main", ["tcp/80 lb"]),
        balancer("lb", "main", FRONT, 80, APPS, groups="lb", kind="network", more=f"preserve_client_ip = {keeps}"),
    )
    assert not wrong(
        code,
        """
        198.51.100.7 -> appa tcp/80: yes
        203.0.113.7 -> appa tcp/80: no group-refuses
        other -> appa tcp/80: yes
        198.51.100.7 -> appa tcp/443: no
        """,
    )


@pytest.mark.parametrize(
    ("keeps", "rule", "verdict"),
    [
        ("true", f"tcp/80 {CLIENTS}", "yes"),
        ("true", "tcp/80 10.0.0.0/16", "no client-address-kept"),
        ("false", f"tcp/80 {CLIENTS}", "no group-refuses"),
        ("false", "tcp/80 10.0.0.0/16", "yes"),
    ],
)
def test_targets_of_a_network_balancer_without_groups(keeps: str, rule: str, verdict: str) -> None:
    """register-targets: with the client's address kept its range has to be let in, without it that of the balancer."""
    code = network(
        group("app", "main", [rule]),
        balancer("lb", "main", FRONT, 80, APPS, kind="network", more=f"preserve_client_ip = {keeps}"),
    )
    assert not wrong(code, f"198.51.100.7 -> appa tcp/80: {verdict}")


@pytest.mark.parametrize(("registers", "expected"), [("instance", "no client-address-kept"), ("ip", "yes")])
def test_what_is_registered_decides_whose_address_targets_see(registers: str, expected: str) -> None:
    """Default settings: instances see the client, addresses see the balancer (TCP)."""
    targets = APPS if registers == "instance" else ["10.0.8.10", "10.0.9.10"]
    code = network(
        group("app", "main", ["tcp/80 10.0.0.0/16"]),
        balancer("lb", "main", FRONT, 80, targets, kind="network", registers=registers),
    )
    assert not wrong(code, f"198.51.100.7 -> appa tcp/80: {expected}")


def test_a_target_in_a_zone_that_is_not_enabled_gets_nothing() -> None:
    """how-elastic-load-balancing-works.html: whatever kind it is, and whether or not it crosses zones."""
    for kind, groups, crosses in (("application", "lb", ""), ("network", "", "true"), ("network", "", "")):
        code = network(
            group("lb", "main"),
            group("app", "main"),
            balancer("lb", "main", ["fronta"], 80, ["appb"], groups=groups, kind=kind),
        )
        if crosses:
            kind_said = f'load_balancer_type = "{kind}"'
            code = code.replace(kind_said, f"{kind_said}\n  enable_cross_zone_load_balancing = {crosses}")
        assert not wrong(code, "internet -> appb tcp/80: no balancer-zone-not-enabled")


@pytest.mark.parametrize(("crosses", "verdict"), [(None, "no"), ("false", "no"), ("true", "yes")])
def test_cross_zone_balancing_of_network_balancers_is_off_unless_said(crosses: str | None, verdict: str) -> None:
    """network-load-balancers.html: without it a node serves its own zone, and here nobody reaches that node."""
    code = network(group("app", "main"), balancer("lb", "main", FRONT, 80, ["appb"], kind="network"))
    code = code.replace(
        'resource "aws_route_table" "frontb" {\n  vpc_id = aws_vpc.main.id\n  route {\n    cidr_block = "0.0.0.0/0"',
        'resource "aws_route_table" "frontb" {\n  vpc_id = aws_vpc.main.id\n  route {\n    cidr_block = "192.0.2.0/24"',
    )
    if crosses:
        said = 'load_balancer_type = "network"'
        code = code.replace(said, f"{said}\n  enable_cross_zone_load_balancing = {crosses}")
    assert not wrong(code, f"198.51.100.7 -> appb tcp/80: {verdict}")


@pytest.mark.parametrize("zone", ["fronta", "frontb"])
def test_application_balancers_always_cross_zones(zone: str) -> None:
    """how-elastic-load-balancing-works.html: one node that is reached is enough for all targets."""
    code = network(group("lb", "main"), group("app", "main"), balancer("lb", "main", FRONT, 80, ["appb"], groups="lb"))
    before = f'resource "aws_route_table" "{zone}" {{\n  vpc_id = aws_vpc.main.id\n  route {{\n    cidr_block = '
    assert before in code
    assert not wrong(
        code.replace(f'{before}"0.0.0.0/0"', f'{before}"192.0.2.0/24"'), "198.51.100.7 -> appb tcp/80: yes"
    )


def test_an_application_balancer_as_target_of_a_network_one() -> None:
    """application-load-balancer-target.html"""
    code = network(
        group("lb", "main", ["tcp/80 0.0.0.0/0"]),
        group("app", "main", ["tcp/80 lb"]),
        balancer("lb", "main", ["backa", "backb"], 80, APPS, groups="lb", internal=True),
        balancer("outer", "main", FRONT, 80, [], kind="network", registers="alb"),
        block(
            "aws_lb_target_group_attachment",
            "outer",
            "target_group_arn = aws_lb_target_group.outer.arn\n  target_id = aws_lb.lb.arn",
        ),
    )
    assert not wrong(code, "internet -> appa tcp/80: yes\nother -> appa tcp/80: yes", alike=False)


# --- application/load-balancer-target-groups.html: addresses of peered VPCs -------------------------------------------


def test_a_target_may_be_an_address_of_a_peered_vpc() -> None:
    over = "aws_vpc_peering_connection.ab"
    code = (
        vpc("main", "10.0.0.0/16", gateway=True)
        + subnet("front", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB, "10.9.0.0/16": over})
        + alone("far", "10.9.0.0/16", {"10.0.0.0/16": over})
        + peering("ab", "main", "far")
        + group("lb", "main", ["tcp/80 0.0.0.0/0"])
        + balancer("lb", "main", ["front"], 80, ["10.9.1.10"], groups="lb", registers="ip")
    )
    assert not wrong(code, "internet -> far tcp/80: yes", alike=False)
    assert not wrong(code.replace("10.9.1.10", "10.9.1.11", 1), "internet -> far tcp/80: no", alike=False)
