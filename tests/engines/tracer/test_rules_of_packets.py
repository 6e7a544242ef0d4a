"""Rules that random estates seldom decide by: each broken on purpose has to be noticed here."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import Things, ask, deny, guard, machine, neighbours


def over_a_hub() -> Things:
    """`a` in two zones of one VPC reaches `b` in two zones of another; the attachments have subnets of their own."""
    things: Things = {"aws_ec2_transit_gateway.t": {"default_association": False, "default_propagation": False}}
    for number, name in enumerate("ab"):
        things[f"aws_vpc.{name}"] = {"cidrs": [f"10.{number}.0.0/16"]}
        for zone in (1, 2):
            for at, word in ((zone, "link"), (10 + zone, "work")):
                things[f"aws_subnet.{name}{word}{zone}"] = {
                    "vpc": f"@aws_vpc.{name}",
                    "cidr": f"10.{number}.{at}.0/24",
                    "availability_zone": f"eu-west-1{'ab'[zone - 1]}",
                }
        things[f"aws_route_table.{name}"] = {
            "vpc": f"@aws_vpc.{name}",
            "main": True,
            "subnets": [],
            "routes": [{"destination": f"10.{1 - number}.0.0/16", "target": "@aws_ec2_transit_gateway.t"}],
        }
        things[f"aws_ec2_transit_gateway_attachment.{name}"] = {
            "transit_gateway": "@aws_ec2_transit_gateway.t",
            "type": "vpc",
            "resource": f"@aws_vpc.{name}",
            "subnets": [f"@aws_subnet.{name}link1", f"@aws_subnet.{name}link2"],
        }
        machine(things, name, f"{name}work2", f"10.{number}.12.10")
    held = [{"attachment": f"@aws_ec2_transit_gateway_attachment.{name}"} for name in "ab"]
    things["aws_ec2_transit_gateway_route_table.t"] = {
        "transit_gateway": "@aws_ec2_transit_gateway.t",
        "routes": [],
        "associations": held,
        "propagations": held,
    }
    return things


@pytest.mark.parametrize(
    ("subnet", "way", "cidr", "verdict"),
    [
        # The attachment's subnet in the zone of the sender asks about the source of what comes in from the VPC …
        ("alink2", "ingress", "10.0.12.0/24", "no"),
        ("alink1", "ingress", "10.0.12.0/24", "yes"),
        ("alink2", "egress", "10.1.12.0/24", "yes"),
        # … and about the target of what goes on into the VPC.
        ("blink2", "egress", "10.1.12.0/24", "no"),
        ("blink1", "egress", "10.1.12.0/24", "yes"),
        # The answer meets the same lists from the other side.
        ("blink2", "ingress", "10.1.12.0/24", "no"),
        ("alink2", "egress", "10.0.12.0/24", "no"),
    ],
)
def test_the_lists_of_a_hubs_subnets_are_asked_in_the_zone_of_the_sender(
    subnet: str, way: str, cidr: str, verdict: str
) -> None:
    things = over_a_hub()
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == "yes"
    guard(things, subnet, deny(cidr) if way == "ingress" else [], deny(cidr) if way == "egress" else [])
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == verdict


@pytest.mark.parametrize(("subnet", "verdict"), [("blink1", "no"), ("blink2", "yes")])
def test_a_hub_stays_in_the_zone_of_the_gateway_that_sent_last(subnet: str, verdict: str) -> None:
    things = over_a_hub()
    nat = {"subnet": "@aws_subnet.awork1", "private_ip": "10.0.11.4", "connectivity": "private"}
    things["aws_nat_gateway.n"] = nat
    things["aws_route_table.work2"] = {
        "vpc": "@aws_vpc.a",
        "subnets": [{"subnet": "@aws_subnet.awork2"}],
        "routes": [{"destination": "10.1.0.0/16", "target": "@aws_nat_gateway.n"}],
    }
    guard(things, subnet, [], deny("10.1.12.0/24"))
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == verdict


@pytest.mark.parametrize(("kind", "verdict"), [(8, "yes"), (3, "no"), (-1, "yes")])
def test_rules_for_icmp_speak_of_types(kind: int, verdict: str) -> None:
    things = neighbours()
    rule = {"protocol": "icmp", "from_port": kind, "to_port": -1, "cidr": "10.0.0.0/16"}
    things["aws_security_group.b"]["ingress"] = [rule]
    assert ask(things, "aws_instance.a", "aws_instance.b", "icmp", 8).verdict == verdict


def test_a_route_for_exactly_the_range_of_the_vpc_never_leads_outside() -> None:
    things = neighbours()
    out = {"destination": "10.0.0.0/16", "target": "@aws_internet_gateway.g"}
    things["aws_route_table.m"]["routes"] = [out]
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == "yes"


@pytest.mark.parametrize(("mode", "verdict"), [("off", "yes"), ("block-ingress", "no"), ("block-bidirectional", "no")])
def test_block_public_access_stops_what_goes_out_by_a_public_address_of_its_own(mode: str, verdict: str) -> None:
    things = neighbours()
    things["aws_route_table.m"]["routes"] = [{"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.g"}]
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": "@aws_instance.a"}
    things["aws_vpc_block_public_access_options.o"] = {"internet_gateway_block_mode": mode}
    assert ask(things, "aws_instance.a", "198.51.100.7").verdict == verdict


def test_a_route_for_exactly_the_range_of_the_vpc_may_lead_to_a_middlebox() -> None:
    things = neighbours()
    things["aws_subnet.box"] = {"vpc": "@aws_vpc.v", "cidr": "10.0.9.0/24"}
    machine(things, "box", "box", "10.0.9.10")
    things["aws_instance.box"]["source_dest_check"] = False
    things["aws_security_group.box"]["egress"] = []
    things["aws_route_table.a"] = {
        "vpc": "@aws_vpc.v",
        "subnets": [{"subnet": "@aws_subnet.a"}],
        "routes": [{"destination": "10.0.0.0/16", "target": "@aws_instance.box"}],
    }
    found = ask(things, "aws_instance.a", "aws_instance.b")
    assert (found.verdict, found.forward.dropped_at) == ("no", "aws_security_group.box")


def test_lists_are_not_asked_about_an_address_of_the_subnet_that_nobody_is_known_to_have() -> None:
    things = neighbours()
    guard(things, "a", deny("0.0.0.0/0"), deny("0.0.0.0/0"))
    assert ask(things, "aws_instance.a", "10.0.0.77").verdict == "depends"
    assert ask(things, "aws_instance.a", "10.0.1.77").verdict == "no"
