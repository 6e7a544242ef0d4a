"""What AWS's pages say a VPC peering connection does not do, and what its rules may name (`vpc/latest/peering/…`)."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from page_estates import (
    acl,
    alone,
    ask,
    block,
    group,
    machine,
    nat,
    peering,
    premises,
    reasons,
    subnet,
    vpc,
    wrong,
)

AB = "aws_vpc_peering_connection.ab"


# --- vpc-peering-basics.html (limitations) ---------------------------------------------------------------------------


def test_a_peer_cannot_use_the_internet_gateway_of_the_other_vpc() -> None:
    code = (
        alone("a", "172.16.0.0/16", {"10.0.0.0/16": AB, "0.0.0.0/0": "aws_internet_gateway.a"}, gateway=True)
        + vpc("b", "10.0.0.0/16")
        + subnet("b", "b", "10.0.1.0/24", {"0.0.0.0/0": AB})
        + machine("b", "b", public=True, vpc="b")
        + peering("ab", "a", "b")
    )
    assert not wrong(
        code,
        """
        b -> 198.51.100.7 tcp/443: no peering-not-transitive
        internet -> b tcp/443: no
        b -> a tcp/443: yes
        """,
    )


def test_a_peer_cannot_use_the_nat_device_of_the_other_vpc() -> None:
    """Neither by a default route over the peering, nor by a route of the far side that would take it to the NAT."""
    code = (
        vpc("a", "172.16.0.0/16", gateway=True)
        + subnet("front", "a", "172.16.0.0/24", {"0.0.0.0/0": "aws_internet_gateway.a", "10.0.0.0/16": AB})
        + subnet("back", "a", "172.16.1.0/24", {"0.0.0.0/0": "aws_nat_gateway.n", "10.0.0.0/16": AB})
        + nat("n", "front")
        + machine("a", "back", vpc="a")
        + alone("b", "10.0.0.0/16", {"0.0.0.0/0": AB})
        + peering("ab", "a", "b")
    )
    assert not wrong(
        code,
        """
        a -> 198.51.100.7 tcp/443: yes
        b -> 198.51.100.7 tcp/443: no peering-not-transitive
        b -> a tcp/443: yes
        """,
    )


def test_what_is_behind_nat_may_go_on_over_a_peering() -> None:
    """nat-gateway-basics: the gateway may send to the peer; nobody of the peer reaches what is behind it by it."""
    code = (
        vpc("a", "172.16.0.0/16")
        + subnet("front", "a", "172.16.0.0/24", {"10.0.0.0/16": AB})
        + subnet("back", "a", "172.16.1.0/24", {"10.0.0.0/16": "aws_nat_gateway.n"})
        + nat("n", "front", private=True, ip="172.16.0.9")
        + machine("a", "back", vpc="a")
        + alone("b", "10.0.0.0/16", {"172.16.0.0/24": AB})
        + peering("ab", "a", "b")
    )
    assert not wrong(
        code,
        """
        a -> b tcp/443: yes
        b -> a tcp/443: no no-route
        """,
    )


def test_a_peer_cannot_use_the_vpn_connection_of_the_other_vpc() -> None:
    code = (
        vpc("a", "172.16.0.0/16")
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.a.id")
        + premises("aws_vpn_gateway.v", "home", "192.168.0.0/16")
        + subnet("a", "a", "172.16.1.0/24", {"10.0.0.0/16": AB, "192.168.0.0/16": "aws_vpn_gateway.v"})
        + machine("a", "a", vpc="a")
        + alone("b", "10.0.0.0/16", {"172.16.0.0/16": AB, "192.168.0.0/16": AB})
        + peering("ab", "a", "b")
    )
    assert not wrong(
        code,
        """
        a -> home tcp/443: yes
        home -> a tcp/443: yes
        b -> home tcp/443: no peering-not-transitive
        home -> b tcp/443: no
        """,
    )


def test_a_peer_cannot_use_the_gateway_endpoint_of_the_other_vpc() -> None:
    code = (
        alone("a", "172.16.0.0/16", {"10.0.0.0/16": AB})
        + alone("b", "10.0.0.0/16", {"0.0.0.0/0": AB})
        + block(
            "aws_vpc_endpoint",
            "s3",
            "vpc_id = aws_vpc.a.id",
            'service_name = "com.amazonaws.eu-west-1.s3"',
            "route_table_ids = [aws_route_table.a.id]",
        )
        + peering("ab", "a", "b")
    )
    assert not wrong(
        code,
        """
        a -> s3 tcp/443: yes
        b -> s3 tcp/443: no peering-not-transitive
        """,
    )


def test_a_peer_may_use_an_interface_endpoint_of_the_other_vpc() -> None:
    """privatelink/privatelink-access-aws-services.html: an interface endpoint is an address of the VPC."""
    code = (
        alone("a", "172.16.0.0/16", {"10.0.0.0/16": AB})
        + alone("b", "10.0.0.0/16", {"172.16.0.0/16": AB})
        + group("door", "a", ["tcp/443 10.0.0.0/16"])
        + block(
            "aws_vpc_endpoint",
            "sqs",
            "vpc_id = aws_vpc.a.id",
            'service_name = "com.amazonaws.eu-west-1.sqs"',
            'vpc_endpoint_type = "Interface"',
            "subnet_ids = [aws_subnet.a.id]",
            "security_group_ids = [aws_security_group.door.id]",
        )
        + peering("ab", "a", "b")
    )
    assert not wrong(
        code,
        """
        b -> sqs tcp/443: yes
        a -> sqs tcp/443: no group-refuses
        b -> sqs tcp/80: no group-refuses
        """,
    )


# --- vpc-peering-security-groups.html --------------------------------------------------------------------------------


def by_groups(web: list[str], app: list[str], routes: dict[str, str] | None = None) -> str:
    """A machine of group `web` in A, one of group `app` in B, peered."""
    return (
        vpc("a", "10.0.0.0/16")
        + vpc("b", "10.1.0.0/16")
        + peering("ab", "a", "b")
        + subnet("a", "a", "10.0.1.0/24", {"10.1.0.0/16": AB})
        + subnet("b", "b", "10.1.1.0/24", {"10.0.0.0/16": AB} if routes is None else routes)
        + group("web", "a", [], web)
        + group("app", "b", app, [])
        + machine("a", "a", groups="web")
        + machine("b", "b", groups="app")
        + group("other", "a")
        + machine("c", "a", groups="other")
    )


def test_a_rule_may_name_a_group_of_the_peer() -> None:
    assert not wrong(
        by_groups(["tcp/80 app"], ["tcp/80 web"]),
        """
        a -> b tcp/80: yes
        a -> b tcp/443: no group-refuses
        c -> b tcp/80: no group-refuses
        b -> a tcp/80: no group-has-no-rules
        """,
    )


def test_the_range_of_the_peer_does_as_well() -> None:
    assert not wrong(
        by_groups(["tcp/80 10.1.0.0/16"], ["tcp/80 10.0.0.0/16"]),
        """
        a -> b tcp/80: yes
        c -> b tcp/80: yes
        """,
    )


def test_the_route_back_is_needed_by_rules_that_name_groups_too() -> None:
    assert not wrong(by_groups(["tcp/80 app"], ["tcp/80 web"], {}), "a -> b tcp/80: no no-route")


def test_between_regions_a_group_of_the_peer_is_nobody() -> None:
    far = 'provider "aws" {\n  alias = "far"\n  region = "us-east-1"\n}\n'
    code = far + by_groups(["tcp/80 10.1.0.0/16"], ["tcp/80 web"])
    for kind, name in (("aws_vpc", "b"), ("aws_subnet", "b"), ("aws_security_group", "app"), ("aws_instance", "b")):
        code = code.replace(f'resource "{kind}" "{name}" {{', f'resource "{kind}" "{name}" {{\n  provider = aws.far')
    code = code.replace("auto_accept = true", 'peer_region = "us-east-1"')
    found = ask(code, "a -> b tcp/80")
    assert found.verdict == "no"
    assert reasons(found) & {"group-refuses", "group-reference-lost"}


def test_the_acl_of_the_peer_s_subnet_is_asked() -> None:
    code = by_groups(["tcp/80 app"], ["tcp/80 web"])
    lists = acl(["b"], "b", ["100 allow tcp/80 10.0.0.0/16"], ["100 allow tcp/1024-65535 10.0.0.0/16"])
    assert not wrong(code + lists, "a -> b tcp/80: yes")
    lists = acl(["b"], "b", ["100 allow tcp/80 10.0.0.0/16"], ["100 allow tcp/80 10.0.0.0/16"])
    assert not wrong(code + lists, "a -> b tcp/80: no network-list-refuses")


def test_a_middlebox_makes_rules_that_name_groups_useless() -> None:
    """The packet of the other machine comes from a middlebox then: rules have to speak of its address."""
    eni = "aws_network_interface.box"
    for rule, verdict in (("tcp/80 web", "no group-reference-lost"), ("tcp/80 10.0.1.0/24", "yes")):
        code = (
            vpc("a", "10.0.0.0/16")
            + subnet("a", "a", "10.0.1.0/24", {"10.0.2.0/24": eni})
            + subnet("b", "a", "10.0.2.0/24", {"10.0.1.0/24": eni})
            + subnet("c", "a", "10.0.3.0/24")
            + group("box", "a")
            + block(
                "aws_network_interface",
                "box",
                "subnet_id = aws_subnet.c.id",
                "source_dest_check = false",
                "security_groups = [aws_security_group.box.id]",
            )
            + block(
                "aws_instance",
                "box",
                'ami = "ami-1"',
                "network_interface {\n device_index = 0\n network_interface_id = aws_network_interface.box.id\n }",
            )
            + group("web", "a")
            + group("app", "a", [rule])
            + machine("a", "a", groups="web")
            + machine("b", "b", groups="app")
        )
        assert not wrong(code, f"a -> b tcp/80: {verdict}", alike=False)
