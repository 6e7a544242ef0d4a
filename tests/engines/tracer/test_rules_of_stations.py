"""What interfaces do with packets: whose they take, what they forward, whom their groups know, where answers go."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import ANY, Things, ask, machine, neighbours, subnet, table

from nephograph.engines.tracer.question import Reach


def reason(found: Reach) -> str:
    return str(found.shown.drop.reason) if found.shown is not None and found.shown.drop is not None else ""


def with_a_box(check: bool = False) -> Things:
    """What `a` sends into subnet `b`, and what comes back, goes through a machine that forwards."""
    things = neighbours()
    subnet(things, "box", "10.0.9.0/24")
    machine(things, "box", "box", "10.0.9.10", source_dest_check=check)
    table(things, "a", ["a"], {"10.0.1.0/24": "aws_instance.box"})
    return things


def test_a_machine_that_forwards_takes_only_what_is_its_own_while_its_check_is_on() -> None:
    assert ask(with_a_box(), "aws_instance.a", "aws_instance.b").verdict == "yes"
    found = ask(with_a_box(check=True), "aws_instance.a", "aws_instance.b")
    assert (found.verdict, reason(found), found.forward.dropped_at) == ("no", "source-dest-check", "aws_instance.box")


def test_a_machine_on_the_way_to_its_own_balancer_forwards_what_is_for_the_balancer() -> None:
    things = with_a_box()
    things["aws_lb.n"] = {
        "type": "network",
        "scheme": "internal",
        "subnets": ["@aws_subnet.b"],
        "security_groups": [],
        "private_ips": ["10.0.1.77"],
    }
    things["aws_lb_listener.n"] = {
        "load_balancer": "@aws_lb.n",
        "port": 443,
        "protocol": "TCP",
        "actions": [{"type": "forward", "target_group": "@aws_lb_target_group.n"}],
    }
    things["aws_lb_target_group.n"] = {
        "vpc": "@aws_vpc.v",
        "protocol": "TCP",
        "port": 8443,
        "preserve_client_ip": False,
        "targets": [{"target": "@aws_instance.box", "health": "healthy"}],
    }
    things["aws_security_group.box"]["ingress"] = [{**ANY, "cidr": "10.0.0.0/16"}]
    found = ask(things, "aws_instance.a", "aws_instance.box")
    # Its own address is one way; the balancer's is another, on which it forwards first and is the target then.
    (way,) = [t for t in found.traced if t.candidate.through]
    assert way.judged.verdict == "yes"
    done = [(hop.name, hop.decision) for hop in way.cases.walks[0].forward if hop.kind in ("instance", "load balancer")]
    assert done[1:] == [("box", "forwards"), ("n", "rewrites"), ("box", "delivers")]


def test_the_answer_of_a_machine_behind_a_box_reaches_who_asked_and_not_the_box() -> None:
    things = with_a_box()
    table(things, "b", ["b"], {"10.0.0.0/24": "aws_instance.box"})
    found = ask(things, "aws_instance.a", "aws_instance.b")
    assert found.verdict == "yes"
    assert [hop.name for hop in found.back.hops if hop.decision in ("forwards", "delivers")] == ["box", "a"]


def odd_source(check: bool, address: str = "10.5.0.7") -> Reach:
    """`a` writes an address on a packet that is not its own; what is for 10.5.0.0/16 is led to it."""
    things = neighbours()
    things["aws_instance.a"]["source_dest_check"] = check
    subnet(things, "c", "10.0.3.0/24")
    machine(things, "c", "c", "10.0.3.10")
    table(things, "b", ["b"], {"10.5.0.0/16": "aws_instance.a"})
    return ask(things, "aws_instance.a", "aws_instance.b", source_address=address)


def test_who_sends_from_an_address_that_is_led_to_it_gets_the_answer_with_its_check_off() -> None:
    assert odd_source(check=False).verdict == "yes"
    found = odd_source(check=True)
    assert (found.verdict, reason(found)) == ("no", "address-not-own")


def test_who_sends_from_a_neighbour_s_address_gets_no_answer_for_the_neighbour_has_it() -> None:
    found = odd_source(check=False, address="10.0.3.10")
    assert (found.verdict, reason(found)) == ("no", "nobody-home")
    assert found.back.dropped_at == "aws_instance.c"


def test_a_function_gets_the_answers_to_what_it_asks_and_nobody_connects_to_it() -> None:
    things = neighbours()
    things["aws_lambda_function.f"] = {"subnets": ["@aws_subnet.a"], "security_groups": ["@aws_security_group.a"]}
    assert ask(things, "aws_lambda_function.f", "aws_instance.b").verdict == "yes"
    found = ask(things, "aws_instance.b", "aws_lambda_function.f")
    assert (found.verdict, reason(found)) == ("no", "target-answers-nobody")


def two(joined: str, region: str = "eu-west-1", cidr: str = "10.1.0.0/16") -> Things:
    """`a` of VPC v and `b` of VPC w, joined by a peering or by a transit gateway."""
    things: Things = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}, "aws_vpc.w": {"cidrs": [cidr]}}
    subnet(things, "a", "10.0.1.0/24")
    subnet(things, "b", cidr.replace("0.0/16", "1.0/24"), vpc="w")
    machine(things, "a", "a", "10.0.1.10")
    machine(things, "b", "b", cidr.replace("0.0/16", "1.10"))
    to = "aws_vpc_peering_connection.p" if joined == "peering" else "aws_ec2_transit_gateway.t"
    table(things, "a", ["a"], {cidr: to})
    table(things, "b", ["b"], {"10.0.0.0/16": to}, vpc="w")
    if joined == "peering":
        things[to] = {"vpc": "@aws_vpc.v", "peer_vpc": "@aws_vpc.w", "status": "active"}
        return things
    things[to] = {"default_association": False, "security_group_referencing": True}
    for vpc, own in (("v", "a"), ("w", "b")):
        things[f"aws_ec2_transit_gateway_attachment.{vpc}"] = {
            "transit_gateway": f"@{to}",
            "type": "vpc",
            "resource": f"@aws_vpc.{vpc}",
            "subnets": [f"@aws_subnet.{own}"],
        }
    held = [{"attachment": f"@aws_ec2_transit_gateway_attachment.{vpc}"} for vpc in "vw"]
    things["aws_ec2_transit_gateway_route_table.t"] = {
        "transit_gateway": f"@{to}",
        "routes": [],
        "associations": held,
        "propagations": held,
    }
    return things


def by_group(things: Things, holder: str, direction: str, other: str) -> Things:
    rule = {key: value for key, value in ANY.items() if key != "cidr"}
    things[f"aws_security_group.{holder}"][direction] = [{**rule, "group": f"@aws_security_group.{other}"}]
    return things


def asked(things: Things) -> tuple[str, str]:
    found = ask(things, "aws_instance.a", "aws_instance.b")
    return found.verdict, reason(found)


def test_over_a_peering_groups_of_the_other_side_are_known_both_ways() -> None:
    assert asked(by_group(two("peering"), "b", "ingress", "a")) == ("yes", "")
    assert asked(by_group(two("peering"), "a", "egress", "b")) == ("yes", "")
    assert asked(by_group(two("peering"), "a", "egress", "a")) == ("no", "group-refuses")


def test_over_a_transit_gateway_groups_of_the_other_side_are_known_inwards_alone() -> None:
    assert asked(by_group(two("transit"), "b", "ingress", "a")) == ("yes", "")
    assert asked(by_group(two("transit"), "a", "egress", "b")) == ("no", "group-reference-lost")


def test_an_address_that_somebody_else_has_behind_the_peering_is_not_the_one_that_was_asked_for() -> None:
    things = two("peering")
    # A third VPC of the same range, whose machine has the same address: the peering leads to the other one.
    things["aws_vpc.x"] = {"cidrs": ["10.1.0.0/16"]}
    subnet(things, "x", "10.1.1.0/24", vpc="x")
    machine(things, "x", "x", "10.1.1.10")
    found = ask(things, "aws_instance.a", "aws_instance.x")
    assert (found.verdict, reason(found), found.forward.dropped_at) == ("no", "nobody-home", "aws_instance.b")


def shared_exit() -> Things:
    """`a` leaves by a NAT gateway of another VPC, over a transit gateway; `web` stands beside that gateway."""
    things = two("transit")
    things["aws_internet_gateway.g"] = {"vpc": "@aws_vpc.w"}
    subnet(things, "front", "10.1.2.0/24", vpc="w")
    machine(things, "web", "front", "10.1.2.10")
    things["aws_eip.web"] = {"public_ip": "203.0.113.9", "instance": "@aws_instance.web"}
    things["aws_eip.nat"] = {"public_ip": "203.0.113.10"}
    nat: dict[str, Any] = {"subnet": "@aws_subnet.front", "private_ip": "10.1.2.4", "connectivity": "public"}
    things["aws_nat_gateway.n"] = {**nat, "address": "@aws_eip.nat", "public_ip": "203.0.113.10"}
    table(things, "a", ["a"], {"0.0.0.0/0": "aws_ec2_transit_gateway.t"})
    table(things, "b", ["b"], {"0.0.0.0/0": "aws_nat_gateway.n", "10.0.0.0/16": "aws_ec2_transit_gateway.t"}, vpc="w")
    out = {"0.0.0.0/0": "aws_internet_gateway.g", "10.0.0.0/16": "aws_ec2_transit_gateway.t"}
    table(things, "front", ["front"], out, vpc="w")
    transit = things["aws_ec2_transit_gateway_route_table.t"]
    transit["routes"] = [{"destination": "0.0.0.0/0", "attachment": "@aws_ec2_transit_gateway_attachment.w"}]
    return things


def test_a_public_address_is_asked_for_by_the_internet_gateway_even_from_its_own_subnet() -> None:
    found = ask(shared_exit(), "aws_instance.a", "aws_instance.web")
    (way,) = [t for t in found.traced if t.candidate.public]
    walk = way.cases.walks[0]
    assert way.judged.verdict == "yes", walk.drop
    kinds = [hop.kind for hop in walk.forward]
    assert kinds.index("NAT gateway") < kinds.index("internet gateway")
    assert [hop.decision for hop in walk.forward if hop.kind == "internet gateway"] == ["rewrites", "rewrites"]
    assert walk.back[-1].component == "aws_instance.a"
