"""The VPCs of AWS's scenarios, with the groups and lists their pages recommend (`vpc/latest/userguide/…`)."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import pytest
from page_estates import acl, ask, balancer, block, group, machine, main_table, nat, premises, subnet, vpc, wrong

WEB = "aws_internet_gateway.main"
HOME = "203.0.113.0/24"
"""The public addresses of the home network."""
SIX = "2001:db8:1234:1a0"


def one_public_subnet(lists: str = "") -> str:
    """VPC_Scenario1.html"""
    return (
        vpc("main", "10.0.0.0/16", v6=f"{SIX}0::/56", gateway=True)
        + subnet("front", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB, "::/0": WEB}, v6=f"{SIX}0::/64")
        + group(
            "web",
            "main",
            ["tcp/80 0.0.0.0/0", "tcp/443 0.0.0.0/0", f"tcp/22 {HOME}", f"tcp/3389 {HOME}", "tcp/80 ::/0"],
        )
        + machine("web", "front", "10.0.0.6", groups="web", public=True, v6=f"{SIX}0::1a")
        + lists
    )


def test_one_public_subnet() -> None:
    assert not wrong(
        one_public_subnet(),
        """
        internet -> web tcp4/80: yes
        internet -> web tcp4/443: yes
        198.51.100.7 -> web tcp/22: no group-refuses
        203.0.113.7 -> web tcp/22: yes
        203.0.113.7 -> web tcp/3389: yes
        internet -> web tcp6/80: yes
        internet -> web tcp6/443: no group-refuses
        web -> internet any: yes
        internet -> web udp/80: no group-refuses
        """,
    )


CUSTOM_IN = [
    "100 allow tcp/80 0.0.0.0/0",
    "105 allow tcp/80 ::/0",
    "110 allow tcp/443 0.0.0.0/0",
    "115 allow tcp/443 ::/0",
    "120 allow tcp/22 192.0.2.0/24",
    "130 allow tcp/3389 192.0.2.0/24",
    "140 allow tcp/32768-65535 0.0.0.0/0",
    "145 allow tcp/32768-65535 ::/0",
]
CUSTOM_OUT = [
    "100 allow tcp/80 0.0.0.0/0",
    "105 allow tcp/80 ::/0",
    "110 allow tcp/443 0.0.0.0/0",
    "115 allow tcp/443 ::/0",
    "120 allow tcp/1024-65535 192.0.2.0/24",
    "140 allow tcp/32768-65535 0.0.0.0/0",
    "145 allow tcp/32768-65535 ::/0",
]


def guarded(ingress: list[str], egress: list[str]) -> str:
    """A public subnet whose machine lets everything in, behind a list."""
    return (
        vpc("main", "10.0.0.0/16", v6=f"{SIX}0::/56", gateway=True)
        + subnet("front", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB, "::/0": WEB}, v6=f"{SIX}0::/64")
        + machine("web", "front", "10.0.0.6", public=True, v6=f"{SIX}0::1a", vpc="main")
        + machine("beside", "front", "10.0.0.7", vpc="main")
        + acl(["front"], "main", ingress, egress)
    )


def test_the_custom_network_acl_of_the_page() -> None:
    """vpc-network-acls.html (custom network ACL): 443 by rule 110; 139 matches nothing; SSH from one network only."""
    assert not wrong(
        guarded(CUSTOM_IN, CUSTOM_OUT),
        """
        internet -> web tcp4/443: yes
        internet -> web tcp4/80: yes
        internet -> web tcp6/443: yes
        internet -> web tcp/139: no network-list-refuses
        192.0.2.9 -> web tcp/22: yes
        192.0.2.9 -> web tcp/3389: yes
        198.51.100.7 -> web tcp/22: no network-list-refuses
        internet -> web tcp6/22: no network-list-refuses
        internet -> web tcp4/40000: yes
        internet -> web udp/443: no network-list-refuses
        web@40000 -> 198.51.100.7 tcp/443: yes
        web@2000 -> 198.51.100.7 tcp/443: no network-list-refuses
        web -> 198.51.100.7 tcp/443: depends
        web -> 198.51.100.7 tcp/25: no network-list-refuses
        web -> beside tcp/139: yes
        """,
    )


@pytest.mark.parametrize(("low", "windows", "old"), [(32768, "yes", "no"), (1024, "yes", "yes"), (50000, "no", "no")])
def test_the_ports_of_the_client_decide_about_the_answer(low: int, windows: str, old: str) -> None:
    """vpc-network-acls.html (ephemeral ports): Windows sends from 49152 on, old ones from 1025 to 5000."""
    code = guarded(["100 allow tcp/443 0.0.0.0/0"], [f"100 allow tcp/{low}-65535 0.0.0.0/0"])
    assert not wrong(
        code,
        f"""
        198.51.100.7@49152 -> web tcp/443: {windows}
        198.51.100.7@60999 -> web tcp/443: yes
        198.51.100.7@1025 -> web tcp/443: {old}
        """,
    )


def test_a_deny_goes_before_the_wide_range_or_does_nothing() -> None:
    """vpc-network-acls.html: rules are read in the order of their numbers."""
    wide, deny = "tcp/1024-65535 0.0.0.0/0", "tcp/3389 0.0.0.0/0"
    out = ["100 allow all 0.0.0.0/0"]
    before = guarded([f"90 deny {deny}", f"100 allow {wide}"], out)
    after = guarded([f"100 allow {wide}", f"110 deny {deny}"], out)
    assert not wrong(before, "internet -> web tcp/3389: no network-list-refuses\ninternet -> web tcp4/3390: yes")
    assert not wrong(after, "internet -> web tcp4/3389: yes")


def test_the_default_acl_lets_everything_through_and_a_new_one_nothing() -> None:
    """vpc-network-acls.html (default, custom)"""
    assert not wrong(guarded([], []), "internet -> web tcp/443: no network-list-refuses\nweb -> beside tcp/443: yes")
    everything = ["100 allow all 0.0.0.0/0", "101 allow all ::/0"]
    assert not wrong(guarded(everything, everything), "internet -> web any: yes\nweb -> internet any: yes")
    assert not wrong(
        guarded(everything[:1], everything[:1]), "internet -> web tcp4/443: yes\ninternet -> web tcp6/443: no"
    )


@pytest.mark.parametrize(
    ("inbound", "outbound"),
    [(["all self", "tcp/22 172.31.1.2/32"], ["all self"]), (["all self", "tcp/22 0.0.0.0/0"], ["all 0.0.0.0/0"])],
)
def test_an_acl_and_a_group_for_one_remote_computer(inbound: list[str], outbound: list[str]) -> None:
    """vpc-network-acls.html (example): the list still keeps others out where the group is too generous."""
    code = (
        vpc("main", "172.31.0.0/16")
        + subnet("a", "main", "172.31.4.0/24", {})
        + subnet("b", "main", "172.31.5.0/24", {})
        + subnet("remote", "main", "172.31.1.0/24", {})
        + group("own", "main", inbound, outbound)
        + group("any", "main")
        + "".join(machine(n, n[0], groups="own") for n in ("a1", "a2", "b1"))
        + machine("remote", "remote", "172.31.1.2", groups="any")
        + machine("other", "remote", "172.31.1.3", groups="any")
        + acl(["a", "b"], "main", ["100 allow tcp/22 172.31.1.2/32"], ["100 allow tcp/1024-65535 172.31.1.2/32"])
    )
    assert not wrong(
        code,
        """
        remote -> a1 tcp/22: yes
        remote -> b1 tcp/22: yes
        remote -> a1 tcp/443: no
        other -> a1 tcp/22: no
        a1 -> a2 tcp/5432: yes
        a1 -> b1 tcp/5432: no network-list-refuses
        a1 -> remote tcp/22: no
        """,
    )


def public_and_private(lists: bool = False, six: bool = False) -> str:
    """VPC_Scenario2.html"""
    front, back = {"0.0.0.0/0": WEB}, {"0.0.0.0/0": "aws_nat_gateway.n"}
    if six:
        front["::/0"], back["::/0"] = WEB, "aws_egress_only_internet_gateway.e"
    web = ["tcp/80 0.0.0.0/0", "tcp/443 0.0.0.0/0", f"tcp/22 {HOME}", f"tcp/3389 {HOME}"]
    web_out = ["tcp/1433 db", "tcp/3306 db", "tcp/80 0.0.0.0/0", "tcp/443 0.0.0.0/0"]
    db_out = ["tcp/80 0.0.0.0/0", "tcp/443 0.0.0.0/0"]
    if six:
        web, web_out, db_out = ([*rules, "tcp/80 ::/0", "tcp/443 ::/0"] for rules in (web, web_out, db_out))
    code = (
        vpc("main", "10.0.0.0/16", v6=f"{SIX}0::/56" if six else None, gateway=True)
        + subnet("front", "main", "10.0.0.0/24", front, v6=f"{SIX}0::/64" if six else None)
        + subnet("back", "main", "10.0.1.0/24", v6=f"{SIX}1::/64" if six else None)
        + main_table("main", back)
        + nat("n", "front")
        + (block("aws_egress_only_internet_gateway", "e", "vpc_id = aws_vpc.main.id") if six else "")
        + group("web", "main", web, web_out)
        + group("db", "main", [], db_out)
        + "".join(
            block(
                "aws_security_group_rule",
                f"db{port}",
                "security_group_id = aws_security_group.db.id",
                "source_security_group_id = aws_security_group.web.id",
                'type = "ingress"\n  protocol = "tcp"',
                f"from_port = {port}\n  to_port = {port}",
            )
            for port in (1433, 3306)
        )
        + machine("web", "front", "10.0.0.5", groups="web", public=True, v6=f"{SIX}0::1a" if six else None)
        + machine("db", "back", "10.0.1.5", groups="db", v6=f"{SIX}1::1a" if six else None)
    )
    code = code.replace("ingress = []\n", "")
    if lists:
        code += acl(
            ["front"],
            "main",
            [
                "100 allow tcp/80 0.0.0.0/0",
                "110 allow tcp/443 0.0.0.0/0",
                f"120 allow tcp/22 {HOME}",
                f"130 allow tcp/3389 {HOME}",
                "140 allow tcp/1024-65535 0.0.0.0/0",
            ],
            [
                "100 allow tcp/80 0.0.0.0/0",
                "110 allow tcp/443 0.0.0.0/0",
                "120 allow tcp/1433 10.0.1.0/24",
                "140 allow tcp/32768-65535 0.0.0.0/0",
                "150 allow tcp/22 10.0.1.0/24",
            ],
        )
        code += acl(
            ["back"],
            "main",
            [
                "100 allow tcp/1433 10.0.0.0/24",
                "120 allow tcp/22 10.0.0.0/24",
                "130 allow tcp/3389 10.0.0.0/24",
                "140 allow tcp/1024-65535 0.0.0.0/0",
            ],
            [
                "100 allow tcp/80 0.0.0.0/0",
                "110 allow tcp/443 0.0.0.0/0",
                "120 allow tcp/32768-65535 10.0.0.0/24",
            ],
        )
    return code


def test_public_and_private_subnets_with_nat() -> None:
    assert not wrong(
        public_and_private(),
        f"""
        internet -> web tcp/443: yes
        {HOME} -> web tcp/22: yes
        internet -> db tcp/1433: no
        web -> db tcp/1433: yes
        web -> db tcp/3306: yes
        web -> db tcp/22: no group-refuses
        db -> web tcp/443: yes
        db -> 198.51.100.7 tcp/443: yes
        db -> 198.51.100.7 tcp/22: no group-refuses
        web -> 198.51.100.7 tcp/80: yes
        internet -> aws_nat_gateway.n tcp/443: no
        """,
    )


def test_public_and_private_subnets_with_ipv6() -> None:
    assert not wrong(
        public_and_private(six=True),
        """
        internet -> web tcp6/443: yes
        internet -> web tcp6/22: no group-refuses
        db -> internet tcp6/443: yes
        internet -> db tcp6/443: no
        web -> db tcp6/1433: yes
        db -> internet tcp4/443: yes
        """,
    )


def test_public_and_private_subnets_with_the_lists_that_are_recommended() -> None:
    """The lists take clients to send from 32768 on, and say that this is an example only."""
    code = public_and_private(lists=True)
    assert not wrong(
        code,
        """
        internet -> web tcp/443: yes
        203.0.113.7 -> web tcp/22: yes
        198.51.100.7@40000 -> web tcp/443: yes
        198.51.100.7@1024 -> web tcp/443: no network-list-refuses
        web@40000 -> db tcp/1433: yes
        web@1433 -> db tcp/1433: no network-list-refuses
        web -> db tcp/1433: depends
        web -> db tcp/3306: no network-list-refuses
        db@40000 -> 198.51.100.7 tcp/443: yes
        db@2000 -> 198.51.100.7 tcp/443: no network-list-refuses
        """,
    )
    assert ask(code, "web -> db tcp/1433").depends_on == ("the port the client sends from",)


def with_a_vpn(internet: bool) -> str:
    """VPC_Scenario3.html; without `internet` VPC_Scenario4.html: a private subnet and a VPN alone."""
    gateway = "aws_vpn_gateway.v"
    return (
        vpc("main", "10.0.0.0/16", gateway=internet)
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.main.id")
        + premises(gateway, "home", "172.16.0.0/12")
        + (subnet("front", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB}) if internet else "")
        + subnet("back", "main", "10.0.1.0/24")
        + main_table("main", {"0.0.0.0/0": gateway})
        + (group("web", "main", ["tcp/80 0.0.0.0/0", "tcp/22 172.16.0.0/12"]) if internet else "")
        + (machine("web", "front", "10.0.0.5", groups="web", public=True) if internet else "")
        + group("db", "main", ["tcp/22 172.16.0.0/12", *(["tcp/3306 web"] if internet else [])])
        + machine("db", "back", "10.0.1.5", groups="db")
    )


def test_public_and_private_subnets_with_a_vpn() -> None:
    assert not wrong(
        with_a_vpn(internet=True),
        """
        172.16.4.4 -> db tcp/22: yes
        172.16.4.4 -> db tcp/3306: no group-refuses
        web -> db tcp/3306: yes
        internet -> web tcp/80: yes
        internet -> db tcp/22: no
        db -> 172.16.4.4 tcp/443: yes
        db -> 198.51.100.7 tcp/443: no
        172.16.4.4 -> web tcp/22: no
        """,
    )


def test_a_private_subnet_and_a_vpn_alone() -> None:
    assert not wrong(
        with_a_vpn(internet=False),
        """
        172.16.4.4 -> db tcp/22: yes
        db -> 172.16.4.4 tcp/443: yes
        internet -> db tcp/22: no
        db -> 198.51.100.7 tcp/443: no
        """,
    )


def test_servers_in_private_subnets_of_two_zones() -> None:
    """vpc-example-private-subnets-nat.html: a balancer in public subnets, NAT, IPv6 outward and S3 by its endpoint."""
    code = vpc("main", "10.0.0.0/16", v6=f"{SIX}0::/56", gateway=True)
    code += block("aws_egress_only_internet_gateway", "e", "vpc_id = aws_vpc.main.id")
    for at, zone in enumerate("ab"):
        front = {"0.0.0.0/0": WEB, "::/0": WEB}
        back = {"0.0.0.0/0": f"aws_nat_gateway.n{zone}", "::/0": "aws_egress_only_internet_gateway.e"}
        code += subnet(f"front{zone}", "main", f"10.0.{at}.0/24", front, zone=zone, v6=f"{SIX}{at}::/64")
        code += subnet(f"back{zone}", "main", f"10.0.{at + 8}.0/24", back, zone=zone, v6=f"{SIX}{at + 8}::/64")
        code += nat(f"n{zone}", f"front{zone}")
        code += machine(f"app{zone}", f"back{zone}", groups="app", v6=f"{SIX}{at + 8}::10")
    code += group("lb", "main", ["tcp/443 0.0.0.0/0"]) + group("app", "main", ["tcp/8080 lb"])
    code += balancer("lb", "main", ["fronta", "frontb"], 443, ["appa", "appb"], groups="lb").replace(
        'port = 443\n  protocol = "HTTP"\n  vpc_id', 'port = 8080\n  protocol = "HTTP"\n  vpc_id'
    )
    code += block(
        "aws_vpc_endpoint",
        "s3",
        "vpc_id = aws_vpc.main.id",
        'service_name = "com.amazonaws.eu-west-1.s3"',
        "route_table_ids = [aws_route_table.backa.id, aws_route_table.backb.id]",
    )
    lines = "".join(
        f"""
        internet -> {app} tcp/443: yes
        internet -> {app} tcp/8080: no
        {app} -> internet tcp4/443: yes
        {app} -> internet tcp6/443: yes
        internet -> {app} tcp6/443: no
        {app} -> s3 tcp/443: yes
        """
        for app in ("appa", "appb")
    )
    assert not wrong(code, lines + "appa -> appb tcp/8080: no group-refuses")
