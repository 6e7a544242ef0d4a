"""Places of a network: what has an interface, who guards it, what encloses a thing and what its fields refer to."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import msgspec
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_targets_of_balancers import balancer
from written_estates import Things, ask, neighbours, world

from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.places import interfaces_of
from nephograph.estate.graph import Estate
from nephograph.model.edge import Edge
from nephograph.model.source import Scope
from nephograph.model.value import Reason, Unknown

A, B, ENI = "aws_instance.a", "aws_instance.b", "aws_network_interface.e"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")


def at(things: Things, urn: str) -> list[str]:
    """The interfaces of a resource: which subnet each is in."""
    ground = Ground(world(things))
    found = interfaces_of(ground, ground.estate.resources[urn])
    return [one.subnet.label if one.subnet is not None else one.doubt for one in found]


def with_eni(**fields: Any) -> Things:
    things = neighbours()
    things[ENI] = {
        "subnet": "@aws_subnet.b",
        "security_groups": ["@aws_security_group.b"],
        "private_ips": ["10.0.1.77"],
        **fields,
    }
    return things


def test_an_interface_is_an_end_by_itself_or_through_who_uses_it() -> None:
    assert at(with_eni(), ENI) == ["b"]
    assert ask(with_eni(), A, ENI).verdict == "yes"
    things = with_eni()
    things[B] = {"interfaces": [{"interface": f"@{ENI}"}]}
    assert at(things, ENI) == at(things, B) == ["b"]
    assert ask(things, A, ENI).verdict == "yes"
    # One that AWS made for a balancer or an endpoint is that one's.
    assert at(with_eni(requester_managed=True), ENI) == []


def test_an_interface_whose_subnet_is_not_known_is_somewhere() -> None:
    (doubt,) = at(with_eni(subnet=HOLE), ENI)
    assert doubt.startswith("the subnet of e (")
    assert ask(with_eni(subnet=HOLE), ENI, A).verdict == "depends"


def test_an_instance_without_a_subnet_is_in_the_default_one() -> None:
    """AWSEC2/latest/APIReference/API_RunInstances.html: no subnet said is the default subnet of a zone."""
    things = neighbours()
    del things[B]["subnet"]
    assert at(things, B) == ["the default subnet b is put into"]
    found = ask(things, B, "198.51.100.7")
    assert (found.verdict, found.depends_on[0]) == ("depends", "the default subnet b is put into")
    # What is no instance and says no subnet is in none.
    things["aws_lambda_function.f"] = {"security_groups": ["@aws_security_group.b"]}
    assert at(things, "aws_lambda_function.f") == []


@pytest.mark.parametrize(("kind", "found"), [("Gateway", []), ("Interface", ["b"]), ("GatewayLoadBalancer", ["b"])])
def test_a_gateway_endpoint_has_no_interface(kind: str, found: list[str]) -> None:
    """vpc/latest/privatelink/gateway-endpoints.html"""
    things = neighbours()
    things["aws_vpc_endpoint.e"] = {"vpc": "@aws_vpc.v", "type": kind, "subnets": ["@aws_subnet.b"]}
    assert at(things, "aws_vpc_endpoint.e") == found


@pytest.mark.parametrize(
    ("urn", "fields", "guarded"),
    [
        ("aws_lb.x", {"type": "network"}, False),
        ("aws_lb.x", {"type": "gateway"}, False),
        ("aws_lb.x", {"type": "application"}, True),
        ("aws_lb.x", {"type": "network", "security_groups": ["@aws_security_group.b"]}, True),
        ("aws_lb.x", {"type": "network", "security_groups": [HOLE]}, True),
        ("aws_elb.x", {"type": "network"}, True),
        ("aws_vpc_endpoint.x", {"type": "GatewayLoadBalancer"}, False),
        ("aws_vpc_endpoint.x", {"type": "Interface"}, True),
        ("aws_nat_gateway.x", {"subnet": "@aws_subnet.b"}, False),
        ("aws_networkfirewall_firewall.x", {}, False),
    ],
)
def test_who_has_no_security_groups_lets_everybody_in(urn: str, fields: dict[str, Any], guarded: bool) -> None:
    """elasticloadbalancing/latest/network/load-balancer-security-groups.html: none given, none asked, none later."""
    things = neighbours()
    things[urn] = {"subnets": ["@aws_subnet.b"], "vpc": "@aws_vpc.v", **fields}
    ground = Ground(world(things))
    (one,) = interfaces_of(ground, ground.estate.resources[urn])
    assert (one.holder is not None) is guarded


def test_an_application_balancer_without_groups_is_in_the_default_one() -> None:
    """vpc/latest/userguide/default-security-group.html: it lets in its own members."""
    things = neighbours()
    balancer(things, "web", "application", 443, ["b"])
    things["aws_lb.web"] |= {"scheme": "internal", "security_groups": []}
    assert ask(things, A, "aws_lb.web").verdict == "no"
    things["aws_lb.web"]["type"] = "network"
    things["aws_lb_listener.web"]["protocol"] = "TCP"
    assert ask(things, A, "aws_lb.web").verdict == "yes"


def scoped(account: str | None, region: str | None) -> Ground:
    things = neighbours()
    things["aws_vpn_gateway.p"] = {"vpc": "@aws_vpc.v"}
    things["aws_customer_gateway.c"] = {}
    made = world(things)
    scope = Scope("aws", account, region)
    moved = [msgspec.structs.replace(one, scope=scope) for one in made.resources.values()]
    return Ground(Estate(moved, made.edges, made.unlinked))


@pytest.mark.parametrize(
    ("account", "region", "outer"),
    [
        ("111122223333", "eu-west-1", "account 111122223333 · eu-west-1"),
        (None, "eu-west-1", "account · eu-west-1"),
        ("", "eu-west-1", "account · eu-west-1"),
        (HOLE.symbol, "eu-west-1", "account · eu-west-1"),
        ("111122223333", None, "account 111122223333"),
    ],
)
def test_what_encloses_a_thing_is_its_account_its_vpc_and_its_subnet(
    account: str | None, region: str | None, outer: str
) -> None:
    ground = scoped(account, region)
    named = ground.estate.resources
    assert ground.inside(named["aws_vpc.v"]) == (outer, "VPC v")
    assert ground.inside(named["aws_subnet.a"]) == (outer, "VPC v", "subnet a")
    assert ground.inside(named["aws_internet_gateway.g"]) == (outer, "VPC v")
    assert ground.inside(named["aws_vpn_gateway.p"]) == (outer, "VPC v")
    assert ground.inside(named[A], named["aws_subnet.a"]) == (outer, "VPC v", "subnet a")
    assert ground.inside(named["aws_customer_gateway.c"]) == (outer,)
    assert ground.inside(None) == ()


def test_ranges_of_one_version_are_none_of_the_other() -> None:
    things = neighbours()
    things["aws_vpc.v"] |= {"cidrs": ["10.0.0.0/16", "2600:1f00::/56"], "ipv6_cidrs": [HOLE, "2600:1f01::/56"]}
    things["aws_subnet.a"] |= {"cidr": "2600:1f01::/64", "ipv6_cidr": "2600:1f01:0:1::/64"}
    ground = Ground(world(things))
    vpc, a = ground.estate.resources["aws_vpc.v"], ground.estate.resources["aws_subnet.a"]
    assert [low >> 16 for low, _ in ground.ranges(vpc, 4)] == [10 * 256]
    assert len(ground.ranges(vpc, 6)) == 1
    assert (ground.lost_ranges(vpc, 4), "var.hole" in ground.lost_ranges(vpc, 6)) == ("", True)
    assert ground.subnet_range(a, 4) is None
    assert ground.subnet_range(a, 6) is not None


def test_what_others_say_of_a_thing_is_none_of_its_own_fields() -> None:
    made = world(neighbours())
    table, gateway, vpc = "aws_route_table.m", "aws_internet_gateway.g", "aws_vpc.v"
    path = ("routes", 0)
    own = Edge("routes_to", table, gateway, said_by=table, path=path)
    other = Edge("routes_to", table, vpc, said_by=vpc, path=path)
    ground = Ground(Estate(made.resources.values(), [own, other], made.unlinked))
    found = ground.linked(ground.estate.resources[table], "routes_to", "routes", 0)
    assert [one.urn for one in found] == [gateway]


def test_a_thing_is_called_by_its_name_its_id_or_its_address() -> None:
    made = world(neighbours())
    one = made.resources["aws_subnet.a"]
    subnets = [
        one,
        msgspec.structs.replace(one, urn="two", label="", config={**one.config, "id": "subnet-0123"}),
        msgspec.structs.replace(one, urn="three", label="", config={**one.config, "id": HOLE}, address="aws_subnet.x"),
    ]
    ground = Ground(Estate(subnets, [], {}))
    assert [ground.inside(r)[-1] for r in subnets] == ["subnet a", "subnet subnet-0123", "subnet aws_subnet.x"]
