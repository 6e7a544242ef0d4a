"""Classic balancers, Gateway Load Balancers, functions and bare addresses: what takes packets, and where they end."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_holes import holes
from test_rules_of_ends import classic
from test_rules_of_stations import reason
from written_estates import ANY, Things, ask, deny, guard, machine, neighbours, subnet, table

from nephograph.engines.tracer.question import Reach, Traced
from nephograph.model.value import Reason, Unknown

A, B, CLI, APP = "aws_instance.a", "aws_instance.b", "aws_instance.cli", "aws_instance.app"


def by_balancer(things: Things, port: int = 443, protocol: str = "tcp") -> Traced:
    """The way by the classic balancer."""
    (one,) = [t for t in ask(things, CLI, APP, protocol, port).traced if t.candidate.through]
    return one


def ends(one: Traced) -> set[str]:
    return {str(walk.drop.reason) for walk in one.cases.walks if walk.drop}


def two_zones(cross: Any, *enabled: str) -> Things:
    """The instance stands in zone b; the balancer is in the subnets that are said, of which `front` is in zone a."""
    things = classic()
    subnet(things, "far", "10.0.8.0/24", zone="b")
    subnet(things, "front-b", "10.0.7.0/24", zone="b")
    things[APP] |= {"subnet": "@aws_subnet.far", "private_ip": "10.0.8.10"}
    things["aws_elb.old"] |= {"subnets": [f"@aws_subnet.{one}" for one in enabled], "cross_zone": cross}
    return things


def test_a_classic_balancer_sends_to_instances_of_its_zones_alone() -> None:
    """elasticloadbalancing/latest/classic/enable-disable-az.html"""
    assert ends(by_balancer(two_zones(True, "front"))) == {"balancer-zone-not-enabled"}
    assert ask(two_zones(True, "front", "front-b"), CLI, APP).verdict == "yes"
    # Of what has no known zone nobody can say that it is another one.
    for unsaid in ("far", "front"):
        things = two_zones(True, "front")
        things[f"aws_subnet.{unsaid}"]["availability_zone"] = None
        assert by_balancer(things).judged.verdict == "yes"


def nodes(things: Things) -> dict[str, str]:
    """The verdict by each node of the balancer."""
    found = [t for t in ask(things, CLI, APP).traced if t.candidate.through and t.candidate.door is not None]
    return {t.candidate.door.subnet.label: t.judged.verdict for t in found}  # type: ignore[union-attr]


def test_a_node_of_a_classic_balancer_crosses_zones_where_that_is_on() -> None:
    """elasticloadbalancing/latest/classic/enable-disable-crosszone-lb.html"""
    assert nodes(two_zones(True, "front", "front-b")) == {"front": "yes", "front-b": "yes"}
    assert nodes(two_zones(False, "front", "front-b")) == {"front": "no", "front-b": "yes"}
    assert nodes(two_zones(None, "front", "front-b")) == {"front": "no", "front-b": "yes"}
    hole = Unknown(Reason.NO_VALUE, "var.cross")
    assert nodes(two_zones(hole, "front", "front-b")) == {"front": "depends", "front-b": "yes"}
    things = two_zones(False, "front", "front-b")
    things["aws_subnet.front"]["availability_zone"] = None
    assert nodes(things) == {"front": "yes", "front-b": "yes"}
    things["aws_subnet.far"]["availability_zone"] = None
    things["aws_subnet.front"]["availability_zone"] = "eu-west-1a"
    assert nodes(things) == {"front": "yes", "front-b": "yes"}


def test_a_classic_balancer_listens_for_tcp_on_the_ports_of_its_listeners() -> None:
    """elasticloadbalancing/latest/classic/elb-listener-config.html"""
    listens = "classic-balancer-listens-elsewhere"
    none = "classic-balancer-has-no-listener"
    assert by_balancer(classic()).judged.verdict == "yes"
    assert ends(by_balancer(classic(), 444)) == {listens}
    assert ends(by_balancer(classic(), 443, "udp")) == {none}
    things = classic()
    things["aws_elb.old"]["listeners"] = []
    assert ends(by_balancer(things)) == {none}
    assert ask(classic(), CLI, "aws_elb.old").verdict == "yes"
    assert reason(ask(classic(), CLI, "aws_elb.old", port=444)) == listens


def test_a_classic_balancer_sends_to_the_port_of_the_instance() -> None:
    things = classic()
    things["aws_security_group.app"]["ingress"] = [{**ANY, "protocol": "tcp", "from_port": 8080, "to_port": 8080}]
    assert by_balancer(things).judged.verdict == "yes"
    things["aws_security_group.app"]["ingress"] = [{**ANY, "protocol": "tcp", "from_port": 443, "to_port": 443}]
    assert by_balancer(things).judged.verdict == "no"


def test_a_classic_balancer_sends_to_its_instances_alone() -> None:
    things = classic()
    machine(things, "other", "front", "10.0.1.11")
    assert [t for t in ask(things, CLI, "aws_instance.other").traced if t.candidate.through] == []


@pytest.mark.parametrize("enabled", [("front", "front-b"), ("front-b",)])
def test_what_is_not_known_of_a_classic_balancer_leaves_no_wrong_sure_answer(enabled: tuple[str, ...]) -> None:
    for cross in (True, False):
        things = two_zones(cross, *enabled)
        # By itself the instance is not reached: the balancer alone may send to it.
        things["aws_security_group.app"]["ingress"] = [
            {**ANY, "protocol": "tcp", "from_port": 8080, "to_port": 8080, "cidr": "10.0.7.0/24"}
        ]
        known = ask(things, CLI, APP).verdict
        assert known == "yes"
        about = {name: fields for name, fields in things.items() if name.startswith("aws_elb.")}
        wrong = [
            what
            for what, fields in holes(about)
            if (found := ask({**things, **fields}, CLI, APP)).verdict not in (known, "depends")
            or (found.verdict == "depends" and not found.depends_on)
        ]
        assert wrong == []


def test_where_its_instances_are_not_known_an_instance_may_be_one_and_nothing_else() -> None:
    things = classic()
    things["aws_elb.old"]["instances"] = Unknown(Reason.NO_VALUE, "var.instances")
    assert by_balancer(things).judged.verdict == "depends"
    things["aws_db_subnet_group.s"] = {"subnets": ["@aws_subnet.front"]}
    groups = {"security_groups": ["@aws_security_group.app"]}
    things["aws_db_instance.db"] = {"subnet_group": "@aws_db_subnet_group.s", **groups}
    things["aws_ecs_service.tasks"] = {"subnets": ["@aws_subnet.front"], **groups}
    for urn in ("aws_db_instance.db", "aws_ecs_service.tasks"):
        assert ask(things, CLI, urn).verdict == "yes"
        assert [t for t in ask(things, CLI, urn).traced if t.candidate.through] == []
    # Balancers of another VPC hold no instances of this one.
    things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"]}
    subnet(things, "w", "10.1.0.0/24", vpc="w")
    things["aws_elb.old"]["subnets"] = ["@aws_subnet.w"]
    assert [t for t in ask(things, CLI, APP).traced if t.candidate.through] == []


def walled(**target: Any) -> Things:
    """What `a` sends to `b` goes to the endpoint of a Gateway Load Balancer with one appliance, `box`."""
    things = neighbours()
    for number, name in enumerate(("ends", "box", "other"), 7):
        subnet(things, name, f"10.0.{number}.0/24", zone="b" if name == "other" else "a")
    machine(things, "box", "box", "10.0.8.10")
    things["aws_security_group.box"]["ingress"] = [geneve("10.0.8.0/24")]
    things["aws_vpc_endpoint.wall"] = {
        "vpc": "@aws_vpc.v",
        "type": "GatewayLoadBalancer",
        "service": "wall",
        "subnets": ["@aws_subnet.ends"],
    }
    things["aws_vpc_endpoint_service.wall"] = {"service": "wall", "load_balancers": ["@aws_lb.wall"]}
    things["aws_lb.wall"] = {
        "type": "gateway",
        "subnets": ["@aws_subnet.box"],
        "private_ips": ["10.0.8.77"],
        "security_groups": [],
    }
    things["aws_lb_listener.wall"] = {
        "load_balancer": "@aws_lb.wall",
        "actions": [{"type": "forward", "target_group": "@aws_lb_target_group.wall"}],
    }
    things["aws_lb_target_group.wall"] = {
        "vpc": "@aws_vpc.v",
        "protocol": "GENEVE",
        "port": 6081,
        "targets": [{"target": "@aws_instance.box", **target}],
    }
    table(things, "a", ["a"], {"10.0.1.0/24": "aws_vpc_endpoint.wall"})
    return things


def geneve(cidr: str) -> dict[str, Any]:
    return {**ANY, "protocol": "udp", "from_port": 6081, "to_port": 6081, "cidr": cidr}


def sent_to(found: Reach) -> str:
    return next((hop.text for hop in found.forward.hops if hop.reason == "geneve"), "")


def test_a_gateway_balancer_sends_geneve_to_its_appliances_and_what_they_do_is_open() -> None:
    """elasticloadbalancing/latest/gateway/target-groups.html"""
    found = ask(walled(), A, B)
    assert (found.verdict, found.depends_on[0][:20]) == ("depends", "what box behind wall")
    assert sent_to(found).endswith("in GENEVE to box")
    things = walled()
    things["aws_security_group.box"]["ingress"] = [geneve("10.0.0.0/24")]  # (the client's address is inside)
    found = ask(things, A, B)
    assert (found.verdict, reason(found), found.forward.dropped_at) == ("no", "group-refuses", "aws_security_group.box")
    drop = found.shown.drop if found.shown else None
    assert drop is not None
    assert str(drop.packet) == "10.0.8.77 → 10.0.8.10 udp/6081"
    assert found.forward.hops[-1].text.startswith("no security group of appliance box lets in udp/6081")
    # Without a group of its own it is the default group's.
    del things["aws_security_group.box"]
    things["aws_instance.box"]["security_groups"] = []
    assert ask(things, A, B).forward.dropped_at == "aws_instance.box"


def with_two(first: str, second: str) -> Things:
    things = walled(health=first)
    machine(things, "rack", "box", "10.0.8.11")
    things["aws_security_group.rack"]["ingress"] = [geneve("10.0.8.0/24")]
    things["aws_lb_target_group.wall"]["targets"].append({"target": "@aws_instance.rack", "health": second})
    return things


def test_traffic_goes_to_appliances_that_are_well_and_to_all_where_none_is() -> None:
    """elasticloadbalancing/latest/gateway/health-checks.html: it fails open."""
    assert sent_to(ask(with_two("healthy", "unhealthy"), A, B)).endswith("GENEVE to box")
    assert sent_to(ask(with_two("draining", "initial"), A, B)).endswith("GENEVE to rack")
    assert sent_to(ask(with_two("unhealthy", "unused"), A, B)).endswith("GENEVE to box, rack")


def test_a_gateway_balancer_without_appliances_ends_the_packet() -> None:
    things = walled()
    things["aws_lb_target_group.wall"]["targets"] = []
    found = ask(things, A, B)
    assert (found.verdict, reason(found), found.forward.dropped_at) == (
        "no",
        "listener-group-empty",
        "aws_lb_target_group.wall",
    )
    things["aws_lb_target_group.wall"]["targets"] = None
    assert reason(ask(things, A, B)) == "listener-group-empty"
    # A target that does not say which it is may be one; so may addresses that are nobody's of the data.
    things["aws_lb_target_group.wall"]["targets"] = [{"target": None}]
    assert ask(things, A, B).verdict == "depends"
    things["aws_lb_target_group.wall"]["targets"] = [{"target": "10.99.0.1"}]
    things["aws_lb_target_group.wall"]["target_type"] = "ip"
    found = ask(things, A, B)
    assert found.verdict == "depends"
    assert any(text.startswith("what the appliances behind wall") for text in found.depends_on)


def test_the_node_of_the_appliance_s_zone_speaks_to_it() -> None:
    things = walled()
    things["aws_lb.wall"] |= {"subnets": ["@aws_subnet.other", "@aws_subnet.box"], "private_ips": None}
    things["aws_security_group.box"]["ingress"] = [geneve("10.0.8.0/24")]
    assert sent_to(ask(things, A, B)).endswith("GENEVE to box")
    things["aws_security_group.box"]["ingress"] = [geneve("10.0.9.0/24")]
    assert reason(ask(things, A, B)) == "group-refuses"
    # Where its zone is not known nobody knows which node speaks to it, unless there is one alone.
    things["aws_subnet.box"]["availability_zone"] = None
    things["aws_security_group.box"]["ingress"] = [geneve("10.0.7.0/24")]
    assert sent_to(ask(things, A, B)).endswith("GENEVE to box")
    things["aws_lb.wall"]["subnets"] = ["@aws_subnet.other"]
    assert reason(ask(things, A, B)) == "group-refuses"
    things["aws_lb.wall"]["subnets"] = []
    assert sent_to(ask(things, A, B)).endswith("GENEVE to box")


def test_behind_appliances_a_sender_is_known_by_its_address_alone() -> None:
    """vpc/latest/userguide/route-table-options.html"""
    things = walled()
    things["aws_security_group.b"]["ingress"] = [{**ANY, "cidr": None, "group": "@aws_security_group.a"}]
    found = ask(things, A, B)
    assert (found.verdict, reason(found)) == ("no", "group-reference-lost")


@pytest.mark.parametrize(("place", "verdict"), [("ends", "depends"), ("b", "no")])
def test_what_an_endpoint_hands_on_in_its_own_subnet_crosses_no_border(place: str, verdict: str) -> None:
    things = walled()
    cidr = {"ends": "10.0.7.0/24", "b": "10.0.1.0/24"}[place]
    things[B] |= {"subnet": f"@aws_subnet.{place}", "private_ip": cidr.replace("0/24", "10")}
    table(things, "a", ["a"], {cidr: "aws_vpc_endpoint.wall"})
    guard(things, "ends", [], deny(cidr))
    assert ask(things, A, B).verdict == verdict


def test_a_function_takes_no_connections_in_its_vpc() -> None:
    """lambda/latest/dg/configuration-vpc.html"""
    things = neighbours()
    things["aws_lambda_function.f"] = {"subnets": ["@aws_subnet.b"], "security_groups": ["@aws_security_group.b"]}
    found = ask(things, A, "aws_lambda_function.f")
    assert (found.verdict, reason(found)) == ("no", "target-answers-nobody")
    assert ask(things, "aws_lambda_function.f", A).verdict == "yes"
    # Its address is nobody else's: a packet for somebody else ends there, too.
    table(things, "a", ["a"], {"10.0.1.0/24": "aws_lambda_function.f"})
    assert ask(things, A, B).verdict != "yes"


BARE = "10.0.1.99"


def test_a_bare_address_asks_from_the_subnet_it_lies_in_and_its_groups_are_not_known() -> None:
    found = ask(neighbours(), BARE, A)
    assert (found.verdict, found.depends_on[0]) == (
        "depends",
        f"what has the address {BARE} in b, and its security groups",
    )
    ends = {(walk.drop.back, str(walk.drop.reason)) for t in found.traced for walk in t.cases.walks if walk.drop}
    assert (False, "group-refuses") in ends
    things = neighbours()
    guard(things, "b", [], deny("10.0.0.0/24"))
    assert (ask(things, BARE, A).verdict, reason(ask(things, BARE, A))) == ("no", "network-list-refuses")
    things = neighbours()
    things["aws_security_group.a"]["ingress"] = [{**ANY, "cidr": "10.0.1.98/32"}]
    assert (ask(things, BARE, A).verdict, reason(ask(things, BARE, A))) == ("no", "group-refuses")


def test_what_is_sent_to_a_bare_address_meets_the_list_of_its_subnet() -> None:
    assert ask(neighbours(), A, BARE).verdict == "depends"
    things = neighbours()
    guard(things, "b", deny("10.0.0.0/24"), [])
    assert (ask(things, A, BARE).verdict, reason(ask(things, A, BARE))) == ("no", "network-list-refuses")


def test_of_a_range_without_anybody_each_subnet_is_asked() -> None:
    things = neighbours()
    subnet(things, "c", "10.0.4.0/24")
    subnet(things, "d", "10.0.5.0/24")
    guard(things, "c", [], deny("10.0.0.0/24"))
    found = ask(things, "10.0.4.0/23", A)
    assert found.verdict == "depends"
    assert found.allowed[0].sources == ((10 * 2**24 + 5 * 2**8, 10 * 2**24 + 5 * 2**8 + 255),)
    guard(things, "d", [], deny("10.0.0.0/24"))
    assert ask(things, "10.0.4.0/23", A).verdict == "no"


def test_an_address_of_a_vpc_that_no_subnet_holds_is_nobody_s() -> None:
    found = ask(neighbours(), "10.0.200.1", A)
    assert (found.verdict, reason(found)) == ("no", "nobody-home")
