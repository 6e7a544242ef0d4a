"""What a word stands for as an end of a question: who has an address, who is in a range, a group, a VPC, a network."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import msgspec
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_targets_of_balancers import balancer, network
from written_estates import Things, machine, neighbours, subnet, world

from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.ends import of_resource, of_word
from nephograph.engines.tracer.ground import Ground
from nephograph.estate.graph import Estate
from nephograph.model.value import Reason, Unknown


def shown(ends: Any) -> list[str]:
    """Ends in a few letters."""

    def one(end: End) -> str:
        if not isinstance(end, Outside):
            return end.resource.address
        vpc = f" of {end.vpc.label}" if end.vpc is not None else ""
        return f"{end.kind} {end.name} {' '.join(end.ranges)}".strip() + vpc

    return [one(end) for end in ends]


def word(text: str, things: Things | None = None) -> list[str]:
    return shown(of_word(Ground(world(things or estate())), text))


def resource(urn: str, things: Things | None = None) -> list[str]:
    ground = Ground(world(things or estate()))
    return shown(of_resource(ground, ground.estate.resources[urn]))


def estate() -> Things:
    """Two machines in a VPC, one with an Elastic IP, and a third one in another VPC."""
    things = neighbours()
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f00::/56"]
    things["aws_subnet.a"]["ipv6_cidr"] = "2600:1f00:0:1::/64"
    things["aws_instance.a"]["ipv6_addresses"] = ["2600:1f00:0:1::10"]
    things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"]}
    subnet(things, "c", "10.1.0.0/24", vpc="w")
    machine(things, "c", "c", "10.1.0.10")
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": "@aws_instance.a"}
    things["aws_eip.q"] = {"public_ip": "203.0.113.16", "instance": "@aws_instance.c"}
    return things


A, B, C = "aws_instance.a", "aws_instance.b", "aws_instance.c"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("internet", ["internet internet"]),
        ("0.0.0.0/0", ["internet internet 0.0.0.0/0"]),
        ("::/0", ["internet internet ::/0"]),
        ("s3", ["service s3"]),
        ("com.amazonaws.eu-west-1.ecr.api", ["service ecr.api"]),
        ("com.amazonaws.eu-west-1.unheard-of", ["service unheard-of"]),
        ("unheard-of", []),
        ("198.51.100.7", ["internet 198.51.100.7 198.51.100.7"]),
        ("198.51.100.0/24", ["internet 198.51.100.0/24 198.51.100.0/24"]),
        ("9.255.255.255", ["internet 9.255.255.255 9.255.255.255"]),
        ("11.0.0.0", ["internet 11.0.0.0 11.0.0.0"]),
        ("2600:9000::1", ["internet 2600:9000::1 2600:9000::1"]),
        ("192.168.7.7", ["prefix 192.168.7.7 192.168.7.7"]),
        ("192.168.0.0/16", ["prefix 192.168.0.0/16 192.168.0.0/16"]),
        ("fd00::1", ["prefix fd00::1 fd00::1"]),
        # A range that holds addresses of the internet is of the internet, wherever it begins and ends.
        ("192.168.0.0/15", ["internet 192.168.0.0/15 192.168.0.0/15"]),
        ("0.0.0.0/2", [A, B, C, "internet 0.0.0.0/2 0.0.0.0/2"]),
        ("172.32.0.0/11", ["internet 172.32.0.0/11 172.32.0.0/11"]),
    ],
)
def test_a_word_is_the_internet_a_service_an_address_or_a_network(text: str, ends: list[str]) -> None:
    assert word(text) == ends


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("10.0.0.10", [A]),
        ("10.0.1.10", [B]),
        ("203.0.113.9", [A]),
        ("2600:1f00:0:1::10", [A]),
        ("10.0.0.11", ["address 10.0.0.11 in a 10.0.0.11 of v"]),
        ("10.0.200.1", ["address 10.0.200.1 10.0.200.1 of v"]),
        ("10.0.0.0", ["address 10.0.0.0 in a 10.0.0.0 of v"]),
        ("10.0.255.255", ["address 10.0.255.255 10.0.255.255 of v"]),
        ("2600:1f00:0:1::11", ["address 2600:1f00:0:1::11 in a 2600:1f00:0:1::11 of v"]),
    ],
)
def test_an_address_is_who_has_it_or_a_bare_one_of_its_vpc(text: str, ends: list[str]) -> None:
    assert word(text) == ends


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("10.0.0.0/24", [A]),
        ("10.0.0.0/16", [A, B]),
        ("10.0.0.10/31", [A]),
        ("10.0.0.8/30", [A]),
        ("10.0.0.12/30", ["address 10.0.0.12/30 in a 10.0.0.12/30 of v"]),
        ("10.0.64.0/18", ["address 10.0.64.0/18 10.0.64.0/18 of v"]),
        ("10.0.0.0/15", [A, B, C, "prefix 10.0.0.0/15 10.0.0.0/15"]),
        ("10.0.0.0/8", [A, B, C, "prefix 10.0.0.0/8 10.0.0.0/8"]),
        ("10.2.0.0/15", ["prefix 10.2.0.0/15 10.2.0.0/15"]),
        ("2600:1f00::/56", [A, B]),
        ("2600:1f00::/40", [A, B, "internet 2600:1f00::/40 2600:1f00::/40"]),
        ("2600:1f00:0:2::/64", ["address 2600:1f00:0:2::/64 2600:1f00:0:2::/64 of v"]),
    ],
)
def test_a_range_is_everybody_in_it_and_whoever_else_may_be(text: str, ends: list[str]) -> None:
    assert word(text) == ends


def test_a_range_that_begins_with_somebody_s_address_is_everybody_in_it() -> None:
    things = estate()
    machine(things, "d", "a", "10.0.0.11")
    assert word("10.0.0.10/31", things) == [A, "aws_instance.d"]


def test_who_has_no_address_that_is_said_is_in_the_range_of_the_subnet() -> None:
    things = estate()
    del things[B]["private_ip"]
    assert word("10.0.1.0/24", things) == [B]
    assert word("10.0.0.0/16", things) == [A, B]
    assert word("10.0.1.0/25", things) == ["address 10.0.1.0/25 in b 10.0.1.0/25 of v"]


def test_a_range_at_the_edge_of_a_vpc_begins_or_ends_with_it() -> None:
    things = estate()
    things["aws_vpc.v"]["cidrs"] = ["10.0.0.0/23"]
    assert word("10.0.0.0/23", things) == [A, B]
    assert word("10.0.0.0/22", things) == [A, B, "prefix 10.0.0.0/22 10.0.0.0/22"]
    things["aws_vpc.v"]["cidrs"] = ["10.0.1.0/24"]
    assert word("10.0.0.0/23", things) == [A, B, "prefix 10.0.0.0/23 10.0.0.0/23"]
    # Of a VPC that lies elsewhere nobody is meant.
    things["aws_vpc.v"]["cidrs"] = ["10.4.0.0/16"]
    assert word("10.0.0.0/22", things) == ["prefix 10.0.0.0/22 10.0.0.0/22"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("64:ff9b::c633:6407", ["internet 64:ff9b::c633:6407 64:ff9b::c633:6407"]),
        ("64:ff9b::c633:6400/120", ["internet 64:ff9b::c633:6400/120 64:ff9b::c633:6400/120"]),
        # 203.0.113.9 is somebody's of the estate, 10.0.0.10 is private, and other prefixes are nobody's.
        ("64:ff9b::cb00:7109", ["prefix 64:ff9b::cb00:7109 64:ff9b::cb00:7109"]),
        ("64:ff9b::cb00:7110", ["prefix 64:ff9b::cb00:7110 64:ff9b::cb00:7110"]),
        ("64:ff9b::cb00:7110/124", ["internet 64:ff9b::cb00:7110/124 64:ff9b::cb00:7110/124"]),
        ("64:ff9b::cb00:7108/125", ["internet 64:ff9b::cb00:7108/125 64:ff9b::cb00:7108/125"]),
        ("64:ff9b::a00:a", ["prefix 64:ff9b::a00:a 64:ff9b::a00:a"]),
        ("64:ff9b::/96", ["prefix 64:ff9b::/96 64:ff9b::/96"]),
        ("64:ff9c::c633:6407", ["prefix 64:ff9c::c633:6407 64:ff9c::c633:6407"]),
        ("64:ff9a::c633:6407", ["prefix 64:ff9a::c633:6407 64:ff9a::c633:6407"]),
    ],
)
def test_an_address_of_nat64_is_the_ipv4_one_in_it(text: str, ends: list[str]) -> None:
    """vpc/latest/userguide/nat-gateway-nat64-dns64.html"""
    assert word(text) == ends


def test_a_resource_is_its_interfaces_or_those_of_what_it_holds() -> None:
    assert resource(A) == [A]
    assert resource("aws_subnet.a") == [A]
    assert resource("aws_vpc.v") == [A, B]
    assert resource("aws_vpc.w") == [C]
    assert resource("aws_security_group.b") == [B]
    assert resource("aws_eip.p") == [A]
    assert resource("aws_internet_gateway.g") == ["internet the internet by g of v"]
    assert resource("aws_route_table.m") == []
    things = estate()
    things["aws_vpc_endpoint.s3"] = {"vpc": "@aws_vpc.v", "type": "Gateway", "service": "com.amazonaws.eu-west-1.s3"}
    assert resource("aws_vpc_endpoint.s3", things) == ["service s3"]
    # It is the service that a gateway endpoint names, and nothing else that has a service.
    things["aws_vpc_endpoint_service.s"] = {"service": "com.amazonaws.vpce.eu-west-1.vpce-svc-01"}
    assert resource("aws_vpc_endpoint_service.s", things) == []


def test_a_function_behind_a_balancer_is_invoked_and_calls_from_its_own_interfaces() -> None:
    """lambda/latest/dg/services-alb.html"""
    things = network()
    balancer(things, "web", "application", 443, ["front"], target_type="lambda")
    things["aws_lb_target_group.web"]["targets"] = [{"target": "@aws_lambda_function.f"}]
    things["aws_lambda_function.f"] = {"subnets": ["@aws_subnet.back"], "security_groups": []}
    machine(things, "app", "back", "10.0.2.10")
    balancer(things, "app", "network", 443, ["front"])
    things["aws_lb_target_group.app"]["targets"] = [{"target": "@aws_instance.app", "port": 80}]
    ground = Ground(world(things))
    named = ground.estate.resources

    def places(urn: str, goal: bool) -> list[bool]:
        return [end.invoked for end in of_resource(ground, named[urn], goal) if not isinstance(end, Outside)]

    function, other = "aws_lambda_function.f", "aws_instance.app"
    assert [places(function, True), places(function, False)] == [[True], [False]]
    assert [places(other, True), places(other, False)] == [[False], [False]]


def test_a_network_on_the_premises_is_what_its_connections_say() -> None:
    things = estate()
    things["aws_vpn_gateway.g"] = {"vpc": "@aws_vpc.v"}
    things["aws_customer_gateway.h"] = {}
    ranges = {"n": ["192.168.0.0/16", "172.16.0.0/12"], "m": ["192.168.0.0/16", "10.9.0.0/16"]}
    for name, said in ranges.items():
        things[f"aws_vpn_connection.{name}"] = {
            "vpn_gateway": "@aws_vpn_gateway.g",
            "routes": [{"destination": one} for one in said],
        }
    things["aws_vpn_connection.n"]["customer_gateway"] = "@aws_customer_gateway.h"
    assert resource("aws_vpn_connection.n", things) == ["prefix n 192.168.0.0/16 172.16.0.0/12"]
    assert resource("aws_customer_gateway.h", things) == ["prefix h 192.168.0.0/16 172.16.0.0/12"]
    assert resource("aws_vpn_gateway.g", things) == ["prefix g 192.168.0.0/16 172.16.0.0/12 10.9.0.0/16"]
    # A connection whose routes are told by BGP, or not known, says of no network.
    things["aws_vpn_connection.n"]["routes"] = None
    assert resource("aws_vpn_connection.n", things) == []
    things["aws_vpn_connection.m"]["routes"] = Unknown(Reason.NO_VALUE, "var.routes")
    assert resource("aws_vpn_gateway.g", things) == []


def test_a_module_is_everybody_inside_it() -> None:
    made = world({**estate(), "terraform_module_call.web": {}})
    places = {A: "module.web.aws_instance.a", B: "module.web[0].aws_instance.b", C: "module.webs.aws_instance.c"}
    places["terraform_module_call.web"] = "module.web.call"
    moved = [msgspec.structs.replace(r, address=places.get(r.urn, r.address)) for r in made.resources.values()]
    ground = Ground(Estate(moved, made.edges, made.unlinked))
    found = of_resource(ground, ground.estate.resources["terraform_module_call.web"])
    assert shown(found) == [places[A], places[B]]


def test_a_cluster_is_its_members() -> None:
    things = estate()
    things["aws_rds_cluster.c"] = {}
    things["aws_db_subnet_group.s"] = {"subnets": ["@aws_subnet.a"]}
    for name, cluster in (("one", "@aws_rds_cluster.c"), ("other", None)):
        things[f"aws_db_instance.{name}"] = {"cluster": cluster, "subnet_group": "@aws_db_subnet_group.s"}
    assert resource("aws_rds_cluster.c", things) == ["aws_db_instance.one"]
