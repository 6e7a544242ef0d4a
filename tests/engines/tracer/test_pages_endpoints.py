"""What AWS's pages on endpoints and PrivateLink say reaches what (`vpc/latest/privatelink/…`)."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import pytest
from page_estates import (
    acl,
    alone,
    ask,
    attach,
    balancer,
    block,
    group,
    hub,
    machine,
    nat,
    premises,
    subnet,
    vpc,
    wrong,
)

WEB, HUB, VPN = "aws_internet_gateway.main", "aws_ec2_transit_gateway.hub", "aws_vpn_gateway.v"


def gateway_endpoint(service: str, *tables: str, vpc: str = "main") -> str:
    """An endpoint of S3 or DynamoDB for route tables."""
    return block(
        "aws_vpc_endpoint",
        service,
        f"vpc_id = aws_vpc.{vpc}.id",
        f'service_name = "com.amazonaws.eu-west-1.{service}"',
        f"route_table_ids = [{', '.join(f'aws_route_table.{one}.id' for one in tables)}]",
    )


def interface_endpoint(service: str, subnets: str, groups: str, vpc: str = "main", more: str = "") -> str:
    """An interface endpoint of a service of AWS."""
    return block(
        "aws_vpc_endpoint",
        service,
        f"vpc_id = aws_vpc.{vpc}.id",
        f'service_name = "com.amazonaws.eu-west-1.{service}"',
        'vpc_endpoint_type = "Interface"',
        f"subnet_ids = [{subnets}]",
        f"security_group_ids = [aws_security_group.{groups}.id]",
        more,
    )


# --- gateway-endpoints.html ------------------------------------------------------------------------------------------


def test_a_gateway_endpoint_serves_the_subnets_of_its_tables() -> None:
    """The page's two private subnets: one whose table has the endpoint, one whose table has not."""
    code = (
        vpc("main", "10.0.0.0/16")
        + subnet("one", "main", "10.0.0.0/24", {})
        + subnet("two", "main", "10.0.1.0/24", {})
        + machine("one", "one", vpc="main")
        + machine("two", "two", vpc="main")
        + gateway_endpoint("s3", "one")
    )
    assert not wrong(
        code,
        """
        one -> s3 tcp/443: yes
        two -> s3 tcp/443: no
        one -> dynamodb tcp/443: no
        one -> s3 udp/443: no
        one -> 198.51.100.7 tcp/443: no no-route
        """,
    )


def test_the_endpoint_goes_before_a_default_route() -> None:
    """gateway-endpoints.html (routing): its list is more specific than 0.0.0.0/0, to whatever that leads."""
    code = (
        vpc("main", "10.0.0.0/16", gateway=True)
        + subnet("front", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB})
        + nat("n", "front")
        + subnet("back", "main", "10.0.1.0/24", {"0.0.0.0/0": "aws_nat_gateway.n"})
        + machine("a", "back", vpc="main")
        + gateway_endpoint("s3", "back")
    )
    hops = [hop.name for hop in ask(code, "a -> s3 tcp/443").forward.hops]
    assert "s3" in hops
    assert "n" not in hops
    assert "n" in [hop.name for hop in ask(code, "a -> dynamodb tcp/443").forward.hops]


def test_a_group_and_a_list_may_stand_before_a_gateway_endpoint() -> None:
    """gateway-endpoints.html (security): a rule for the prefix list of the service; lists speak of addresses."""
    base = vpc("main", "10.0.0.0/16") + subnet("a", "main", "10.0.0.0/24", {}) + gateway_endpoint("s3", "a")
    host = machine("a", "a", groups="a")
    allowed = group("a", "main", [], ["tcp/443 aws_vpc_endpoint.s3"])
    assert not wrong(base + host + allowed, "a -> s3 tcp/443: yes\na -> s3 tcp/80: no group-refuses")
    # What the list holds are addresses of the service, which are public: nobody of the VPC.
    beside = machine("b", "a", groups="b") + group("b", "main", ["tcp/443 10.0.0.0/16"])
    assert not wrong(base + host + beside + allowed, "a -> b tcp/443: no group-refuses", alike=False)
    assert not wrong(base + host + group("a", "main", [], ["tcp/443 10.0.0.0/16"]), "a -> s3 tcp/443: no group-refuses")
    shut = acl(["a"], "main", ["100 allow all 0.0.0.0/0"], ["100 allow tcp/443 10.0.0.0/16"])
    assert not wrong(base + host + allowed + shut, "a -> s3 tcp/443: no network-list-refuses")


def test_a_gateway_endpoint_is_not_reached_from_elsewhere() -> None:
    """gateway-endpoints.html (considerations): no VPN, peering or transit gateway leads to it."""
    code = (
        vpc("main", "10.0.0.0/16")
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.main.id")
        + premises(VPN, "home", "192.168.0.0/16")
        + hub(default=True)
        + subnet("a", "main", "10.0.0.0/24", {"192.168.0.0/16": VPN, "10.9.0.0/16": HUB})
        + machine("a", "a", vpc="main")
        + alone("far", "10.9.0.0/16", {"0.0.0.0/0": HUB})
        + attach("main", "hub", "main", "a")
        + attach("far", "hub", "far", "far")
        + gateway_endpoint("s3", "a")
    )
    assert not wrong(
        code,
        """
        a -> s3 tcp/443: yes
        far -> s3 tcp/443: no
        far -> a tcp/443: yes
        """,
    )


# --- create-interface-endpoint.html, privatelink-access-aws-services.html --------------------------------------------


def test_an_interface_endpoint_lets_in_what_its_group_lets_in() -> None:
    """The page: resources that use it have to be let in on 443; the VPC needs no way to the internet."""
    code = (
        vpc("main", "10.0.0.0/16")
        + subnet("a", "main", "10.0.0.0/24", {})
        + subnet("b", "main", "10.0.1.0/24", {}, zone="b")
        + group("door", "main", ["tcp/443 users"])
        + group("users", "main")
        + machine("user", "a", groups="users")
        + machine("afar", "b", groups="users")
        + machine("other", "a", vpc="main")
        + interface_endpoint("sqs", "aws_subnet.a.id", "door")
    )
    assert not wrong(
        code,
        """
        user -> sqs tcp/443: yes
        afar -> sqs tcp/443: yes
        other -> sqs tcp/443: no group-refuses
        user -> sqs tcp/80: no group-refuses
        user -> sns tcp/443: no
        """,
    )


def test_an_interface_endpoint_is_reached_over_a_vpn_and_a_transit_gateway() -> None:
    """privatelink-access-aws-services.html: it has addresses of the VPC, so whoever is led there reaches it."""
    code = (
        vpc("main", "10.0.0.0/16")
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.main.id")
        + premises(VPN, "home", "192.168.0.0/16")
        + hub(default=True)
        + subnet("a", "main", "10.0.0.0/24", {"192.168.0.0/16": VPN, "10.9.0.0/16": HUB})
        + group("door", "main", ["tcp/443 10.9.0.0/16"])
        + interface_endpoint("sqs", "aws_subnet.a.id", "door")
        + alone("far", "10.9.0.0/16", {"0.0.0.0/0": HUB})
        + attach("main", "hub", "main", "a")
        + attach("far", "hub", "far", "far")
    )
    assert not wrong(code, "far -> sqs tcp/443: yes")
    assert not wrong(code.replace('10.9.0.0/16"]', '10.8.0.0/16"]'), "far -> sqs tcp/443: no group-refuses")


def test_an_endpoint_starts_nothing() -> None:
    """concepts.html: connections are started by the consumer alone."""
    code = (
        vpc("main", "10.0.0.0/16")
        + subnet("a", "main", "10.0.0.0/24", {})
        + group("door", "main")
        + interface_endpoint("sqs", "aws_subnet.a.id", "door")
        + machine("a", "a", vpc="main")
    )
    assert not wrong(code, "aws_vpc_endpoint.sqs -> a tcp/443: no endpoint-starts-nothing")


# --- privatelink-share-your-services.html, create-endpoint-service.html ----------------------------------------------


def shared(zones: str = "ab", rule: str = "tcp/80 10.0.0.0/16", door: str = "tcp/80 10.0.0.0/16") -> str:
    """A consumer and a provider VPC of one range; the provider's service stands behind a network balancer."""
    code = (
        vpc("consumer", "10.0.0.0/16")
        + subnet("c", "consumer", "10.0.0.0/24", {})
        + machine("user", "c", vpc="consumer")
        + group("door", "consumer", [door])
        + vpc("provider", "10.0.0.0/16")
        + group("app", "provider", [rule])
    )
    for at, zone in enumerate(zones):
        code += subnet(f"p{zone}", "provider", f"10.0.{at}.0/24", {}, zone=zone) + machine(
            f"app{zone}", f"p{zone}", groups="app"
        )
    code += balancer(
        "lb", "provider", [f"p{z}" for z in zones], 80, [f"app{z}" for z in zones], kind="network", internal=True
    )
    code += block(
        "aws_vpc_endpoint_service", "app", "acceptance_required = false\n  network_load_balancer_arns = [aws_lb.lb.arn]"
    )
    return code + block(
        "aws_vpc_endpoint",
        "app",
        "vpc_id = aws_vpc.consumer.id",
        "service_name = aws_vpc_endpoint_service.app.service_name",
        'vpc_endpoint_type = "Interface"\n  subnet_ids = [aws_subnet.c.id]',
        "security_group_ids = [aws_security_group.door.id]",
    )


def test_a_service_of_another_vpc_of_the_same_range() -> None:
    """The consumer reaches the provider's targets by the endpoint, whatever the ranges, and never the other way."""
    assert not wrong(
        shared(),
        """
        user -> appa tcp/80: yes
        user -> appa tcp/443: no
        appa -> user tcp/80: no
        """,
        alike=False,
    )


def test_the_endpoint_s_group_guards_the_service() -> None:
    assert not wrong(shared(door="tcp/443 10.0.0.0/16"), "user -> appa tcp/80: no group-refuses", alike=False)


def test_a_service_that_is_not_in_the_zone_of_the_endpoint_is_not_reached() -> None:
    """create-endpoint-service.html: the endpoint has to be in a zone of the balancer."""
    assert not wrong(shared(zones="b").replace('"eu-west-1b"', '"eu-west-1c"'), "user -> appb tcp/80: no", alike=False)


@pytest.mark.parametrize(("rule", "verdict"), [("tcp/80 10.0.0.0/16", "yes"), ("tcp/80 192.168.0.0/16", "no")])
def test_targets_see_the_addresses_of_the_balancer(rule: str, verdict: str) -> None:
    """privatelink-share-your-services.html: the source is the balancer's own address, whatever it keeps of others."""
    assert not wrong(shared(rule=rule), f"user -> appa tcp/80: {verdict}", alike=False)
