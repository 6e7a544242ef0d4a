"""What AWS's pages on security groups, prefix lists, shared VPCs and blocked public access say reaches what."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import pytest
from page_estates import ask, block, group, machine, nat, prefix_list, subnet, vpc, wrong

WEB = "aws_internet_gateway.main"
SIX = "2001:db8:1234:1a0"


def one(*parts: str, gateway: bool = True) -> str:
    """A VPC of two public subnets."""
    out = {"0.0.0.0/0": WEB, "::/0": WEB} if gateway else {}
    return (
        vpc("main", "10.0.0.0/16", v6=f"{SIX}0::/56", gateway=gateway)
        + subnet("front", "main", "10.0.0.0/24", out, v6=f"{SIX}0::/64")
        + subnet("back", "main", "10.0.1.0/24", out, v6=f"{SIX}1::/64")
        + "".join(parts)
    )


# --- vpc/latest/userguide/security-group-rules.html, …/vpc-security-groups.html --------------------------------------


def test_rules_of_a_web_server() -> None:
    """HTTP and HTTPS from everywhere, SSH and RDP from one network each, IPv4 and IPv6 by rules of their own."""
    rules = [
        "tcp/80 0.0.0.0/0",
        "tcp/80 ::/0",
        "tcp/443 0.0.0.0/0",
        "tcp/443 ::/0",
        "tcp/22 198.51.100.0/24",
        "tcp/3389 2001:db8:ffff::/64",
    ]
    host = machine("web", "front", groups="web", public=True, v6=f"{SIX}0::10")
    assert not wrong(
        one(group("web", "main", rules), host),
        """
        internet -> web tcp4/80: yes
        internet -> web tcp6/443: yes
        198.51.100.9 -> web tcp/22: yes
        203.0.113.9 -> web tcp/22: no group-refuses
        internet -> web tcp6/22: no group-refuses
        internet -> web tcp4/3389: no group-refuses
        internet -> web udp/80: no group-refuses
        """,
    )


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("tcp/1433 app", "app -> db tcp/1433: yes"),
        ("tcp/3306 app", "app -> db tcp/1433: no group-refuses"),
        ("tcp/5432 10.0.0.5/32", "app -> db tcp/5432: yes"),
        ("tcp/5432 10.0.0.6/32", "app -> db tcp/5432: no group-refuses"),
        ("icmp/8-0 0.0.0.0/0", "app -> db icmp: yes"),
        ("icmp/8-0 0.0.0.0/0", "app -> db tcp/80: no group-refuses"),
        ("udp/53 10.0.0.0/16", "app -> db udp/53: yes"),
        ("udp/53 10.0.0.0/16", "app -> db tcp/53: no group-refuses"),
        ("tcp/2049 self", "app -> db tcp/2049: no group-refuses"),
        ("all app", "app -> db any: yes"),
    ],
)
def test_rules_of_other_servers(rule: str, line: str) -> None:
    """security-group-rules.html (example rules): database, ping, DNS, EFS and balancer rules."""
    code = one(
        group("app", "main", []),
        group("db", "main", [rule]),
        machine("app", "front", "10.0.0.5", groups="app"),
        machine("db", "back", groups="db"),
        gateway=False,
    )
    assert not wrong(code, line)


def test_a_rule_for_the_group_itself_is_for_its_members() -> None:
    """default-security-group.html, security-group-rules.html: members see each other whatever subnet they are in."""
    code = one(
        group("own", "main", ["all self"]),
        group("other", "main"),
        machine("a", "front", groups="own"),
        machine("b", "back", groups="own"),
        machine("c", "back", groups="other"),
        gateway=False,
    )
    assert not wrong(code, "a -> b any: yes\nb -> a tcp/22: yes\nc -> a tcp/22: no group-refuses\na -> c tcp/22: yes")


def test_a_group_without_rules_lets_nothing_in_and_a_new_one_everything_out() -> None:
    """security-group-rules.html (characteristics)"""
    shut, new = group("shut", "main", [], []), group("new", "main", [])
    code = one(
        shut, new, group("open", "main"), machine("a", "front", groups="shut"), machine("b", "back", groups="new")
    )
    code += machine("c", "back", groups="open")
    assert not wrong(
        code,
        """
        c -> a tcp/22: no group-has-no-rules
        a -> c tcp/22: no group-has-no-rules
        b -> c tcp/22: yes
        c -> b tcp/22: no group-has-no-rules
        """,
    )


def test_rules_of_several_groups_are_added_up() -> None:
    """security-group-rules.html (characteristics)"""
    code = one(
        group("web", "main", ["tcp/80 0.0.0.0/0"]),
        group("ssh", "main", ["tcp/22 10.0.0.0/16"]),
        machine("a", "front", groups="web ssh", public=True),
        machine("b", "back", vpc="main"),
    )
    assert not wrong(
        code,
        """
        internet -> a tcp4/80: yes
        internet -> a tcp4/22: no group-refuses
        b -> a tcp/22: yes
        b -> a tcp/80: yes
        """,
    )


def test_a_group_stands_for_private_addresses() -> None:
    """security-group-rules.html (referencing): who asks by the public address comes from the internet."""
    code = one(
        group("app", "main"),
        group("db", "main", ["tcp/443 app"]),
        machine("app", "front", groups="app", public=True),
        machine("db", "back", groups="db", public=True),
    )
    assert not wrong(code, "app -> db tcp/443: yes\ninternet -> db tcp4/443: no group-refuses")
    inside = [h.name for h in ask(code, "app -> db tcp/443").forward.hops]
    assert "main" not in inside


def test_answers_need_no_rule() -> None:
    """security-group-connection-tracking.html: what was let in is answered whatever the outbound rules say."""
    code = one(group("in", "main", ["tcp/22 0.0.0.0/0"], []), machine("a", "front", groups="in", public=True))
    assert not wrong(code, "internet -> a tcp4/22: yes\na -> internet tcp4/443: no group-has-no-rules")


def test_a_stale_rule_lets_nobody_in() -> None:
    """security-group-rules.html (stale rules): the peering is gone, the rule and the groups are not."""
    code = (
        vpc("a", "10.0.0.0/16")
        + vpc("b", "10.1.0.0/16")
        + subnet("a", "a", "10.0.1.0/24", {})
        + subnet("b", "b", "10.1.1.0/24", {})
        + group("app", "b")
        + group("db", "a", ["tcp/5432 app"])
        + machine("a", "a", groups="db")
        + machine("b", "b", groups="app")
    )
    assert not wrong(code, "b -> a tcp/5432: no no-route")


# --- vpc/latest/userguide/managed-prefix-lists-referencing.html ------------------------------------------------------


def test_a_prefix_list_in_rules() -> None:
    code = one(
        prefix_list("offices", "198.51.100.0/24", "203.0.113.0/28"),
        group("web", "main", ["tcp/443 aws_ec2_managed_prefix_list.offices"], []),
        machine("web", "front", groups="web", public=True),
    )
    assert not wrong(
        code,
        """
        198.51.100.9 -> web tcp/443: yes
        203.0.113.15 -> web tcp/443: yes
        203.0.113.16 -> web tcp/443: no group-refuses
        198.51.100.9 -> web tcp/80: no group-refuses
        """,
    )


# --- vpc/latest/userguide/vpc-sharing.html, …/example-vpc-share.html -------------------------------------------------


def test_subnets_shared_with_other_accounts_are_routed_like_any() -> None:
    """Account A owns the VPC; D has the public subnet, B and C the private one; each has groups of its own."""
    code = (
        vpc("main", "10.0.0.0/16", gateway=True)
        + subnet("front", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB})
        + subnet("back", "main", "10.0.1.0/24", {"0.0.0.0/0": "aws_nat_gateway.n"})
        + nat("n", "front")
    )
    for account, place in (("b", "back"), ("c", "back"), ("d", "front")):
        said = f'provider "aws" {{\n  alias = "{account}"\n  region = "eu-west-1"\n}}\n'
        own = group(account, "main", ["tcp/443 0.0.0.0/0"] if account == "d" else ["tcp/22 d", "tcp/8080 self"])
        own += machine(account, place, groups=account, public=account == "d")
        for kind in ("aws_security_group", "aws_instance"):
            own = own.replace(
                f'resource "{kind}" "{account}" {{', f'resource "{kind}" "{account}" {{\n  provider = aws.{account}'
            )
        code += said + own
    assert not wrong(
        code,
        """
        internet -> d tcp/443: yes
        internet -> b tcp/22: no
        d -> b tcp/22: yes
        d -> c tcp/22: yes
        b -> c tcp/8080: no group-refuses
        b -> 198.51.100.7 tcp/443: yes
        c -> d tcp/443: yes
        """,
    )


# --- vpc/latest/userguide/security-vpc-bpa.html ----------------------------------------------------------------------


def blocked(mode: str, excluded: str = "", how: str = "allow-bidirectional") -> str:
    """A public and a private subnet of one VPC, another VPC beside it, and block public access in a mode."""
    code = one(machine("web", "front", public=True, vpc="main", v6=f"{SIX}0::10"), nat("n", "front"))
    code += subnet("inner", "main", "10.0.2.0/24", {"0.0.0.0/0": "aws_nat_gateway.n"}) + machine(
        "app", "inner", vpc="main"
    )
    code += vpc("far", "10.9.0.0/16", gateway=True)
    code += subnet("far", "far", "10.9.0.0/24", {"0.0.0.0/0": "aws_internet_gateway.far"})
    code += machine("far", "far", public=True, vpc="far")
    code += block("aws_vpc_block_public_access_options", "all", f'internet_gateway_block_mode = "{mode}"')
    if excluded:
        end = f"{'vpc_id' if excluded.startswith('aws_vpc') else 'subnet_id'} = {excluded}.id"
        mode = f'internet_gateway_exclusion_mode = "{how}"'
        code += block("aws_vpc_block_public_access_exclusion", "one", end, mode)
    return code


IN, OUT, SIX_IN, NAT, BESIDE = (
    "internet -> web tcp4/443",
    "web -> 198.51.100.7 tcp/443",
    "internet -> web tcp6/443",
    "app -> 198.51.100.7 tcp/443",
    "internet -> far tcp/443",
)
NO = "no public-access-blocked"


@pytest.mark.parametrize(
    ("mode", "excluded", "how", "expected"),
    [
        ("off", "", "", {IN: "yes", OUT: "yes", SIX_IN: "yes", NAT: "yes", BESIDE: "yes"}),
        ("block-bidirectional", "", "", {IN: NO, OUT: NO, SIX_IN: NO, NAT: NO, BESIDE: NO}),
        ("block-ingress", "", "", {IN: NO, OUT: NO, SIX_IN: NO, NAT: "yes", BESIDE: NO}),
        (
            "block-bidirectional",
            "aws_vpc.main",
            "allow-bidirectional",
            {IN: "yes", OUT: "yes", SIX_IN: "yes", NAT: "yes", BESIDE: NO},
        ),
        ("block-bidirectional", "aws_vpc.main", "allow-egress", {IN: NO, NAT: "yes", BESIDE: NO}),
        (
            "block-bidirectional",
            "aws_subnet.front",
            "allow-bidirectional",
            {IN: "yes", OUT: "yes", BESIDE: NO},
        ),
        ("block-bidirectional", "aws_vpc.far", "allow-bidirectional", {IN: NO, NAT: NO, BESIDE: "yes"}),
    ],
)
def test_block_public_access(mode: str, excluded: str, how: str, expected: dict[str, str]) -> None:
    code = blocked(mode, excluded, how)
    assert not wrong(code, "\n".join(f"{line}: {verdict}" for line, verdict in expected.items()))
    assert not wrong(code, "web -> app tcp/443: yes")


@pytest.mark.parametrize(("mode", "verdict"), [("off", "yes"), ("block-ingress", "yes"), ("block-bidirectional", "no")])
def test_block_public_access_at_egress_only_gateways(mode: str, verdict: str) -> None:
    """security-vpc-bpa.html: they only let out, so ingress mode spares them."""
    code = (
        vpc("main", "10.0.0.0/16", v6=f"{SIX}0::/56")
        + block("aws_egress_only_internet_gateway", "e", "vpc_id = aws_vpc.main.id")
        + subnet("a", "main", "10.0.0.0/24", {"::/0": "aws_egress_only_internet_gateway.e"}, v6=f"{SIX}0::/64")
        + machine("a", "a", v6=f"{SIX}0::10", vpc="main")
        + block("aws_vpc_block_public_access_options", "all", f'internet_gateway_block_mode = "{mode}"')
    )
    assert not wrong(code, f"a -> internet tcp6/443: {verdict}")
