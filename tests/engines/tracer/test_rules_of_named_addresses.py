"""Questions that name one of the target's addresses, or ask at all of them: which of its ways are meant."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_accelerators import APP, EDGE, to_app
from written_estates import ANY, ANY6, Things, deny, guard, machine, neighbours, table, world

from nephograph.engines.tracer.ends import of_resource, of_word
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, Reach, put

A, B = "aws_instance.a", "aws_instance.b"


def ask(things: Things, source: str, target: str, **more: Any) -> Reach:
    """The answer to a question about TCP port 443."""
    ground = Ground(world(things))
    ends = [
        tuple(of_resource(ground, found) if (found := ground.estate.resources.get(one)) else of_word(ground, one))
        for one in (source, target)
    ]
    return put(ground, Question(ends[0], ends[1], "tcp", (443, 443), 40000, **more))


def ways(found: Reach) -> list[tuple[int, str, bool]]:
    """(version, who stands in front, whether the public address is sent to)."""
    return [(one.candidate.version, one.candidate.through, one.candidate.public) for one in found.traced]


def strangers() -> Things:
    """`a` and `b` have public addresses; `c` has one in another VPC, and `b` two private ones and two of IPv6."""
    things = neighbours()
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f00::/56"]
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"], "ipv6_cidrs": ["2600:2f00::/56"]}
    things["aws_internet_gateway.w"] = {"vpc": "@aws_vpc.w"}
    things["aws_subnet.c"] = {"vpc": "@aws_vpc.w", "cidr": "10.9.0.0/24", "ipv6_cidr": "2600:2f00::/64"}
    things["aws_subnet.b"]["ipv6_cidr"] = "2600:1f00:0:1::/64"
    machine(things, "c", "c", "10.9.0.10", public_ip="198.51.100.9", ipv6_addresses=["2600:2f00::9"])
    everywhere = {"0.0.0.0/0": "aws_internet_gateway.g", "::/0": "aws_internet_gateway.g"}
    table(things, "b", ["b"], everywhere)
    table(things, "c", ["c"], dict.fromkeys(everywhere, "aws_internet_gateway.w"), vpc="w")
    things[B] |= {
        "public_ip": "198.51.100.7",
        "private_ips": ["10.0.1.10", "10.0.1.20"],
        "ipv6_addresses": ["2600:1f00:0:1::10", "2600:1f00:0:1::20"],
    }
    return things


@pytest.mark.parametrize(
    ("source", "address", "meant"),
    [
        ("aws_instance.c", "10.0.1.10", [(4, "", False)]),
        ("aws_instance.c", "198.51.100.7", [(4, "", True)]),
        ("aws_instance.c", "2600:1f00:0:1::10", [(6, "", False)]),
        ("internet", "2600:1f00:0:1::10", [(6, "", True)]),
        ("internet", "198.51.100.7", [(4, "", True)]),
        ("internet", "10.0.1.10", []),
        ("internet", None, [(4, "", True), (6, "", True)]),
    ],
)
def test_of_an_address_that_is_named_the_ways_to_it_are_meant(
    source: str, address: str | None, meant: list[tuple[int, str, bool]]
) -> None:
    assert ways(ask(strangers(), source, B, target_address=address)) == meant


@pytest.mark.parametrize(("address", "verdict"), [("10.0.1.10", "no"), ("10.0.1.20", "yes")])
def test_rules_are_asked_about_the_address_that_is_named(address: str, verdict: str) -> None:
    things = strangers()
    guard(things, "a", [], deny("10.0.1.10/32"))
    assert ask(things, A, B, target_address=address).verdict == verdict


@pytest.mark.parametrize(("address", "value"), [("2600:1f00:0:1::10", 0x10), ("2600:1f00:0:1::20", 0x20)])
def test_from_the_internet_an_address_of_ipv6_is_asked_as_it_is_named(address: str, value: int) -> None:
    found = ask(strangers(), "internet", B, target_address=address)
    assert found.verdict == "yes"
    assert found.shown is not None
    assert found.shown.packet.target.value & 0xFF == value


def test_a_public_address_is_known_by_the_private_one_it_stands_for() -> None:
    """vpc/latest/userguide/vpc-eips.html: the gateway translates it, and the subnet's list sees the private one."""
    things = strangers()
    guard(things, "b", deny("0.0.0.0/0"), [])
    assert ask(things, "internet", B, target_address="198.51.100.7").verdict == "no"
    guard(things, "b", [], [])
    assert ask(things, "internet", B, target_address="198.51.100.7").verdict == "yes"


def test_who_sends_from_an_address_of_ipv6_sends_to_one() -> None:
    things = strangers()
    assert ways(ask(things, "aws_instance.c", B, source_address="2600:2f00::9")) == [(6, "", False)]
    assert ways(ask(things, "internet", B, source_address="2600:9f00::9")) == [(6, "", True)]
    assert ways(ask(things, "internet", B, source_address="203.0.113.9")) == [(4, "", True)]


def balanced() -> Things:
    """A balancer of both subnets leads to `b`."""
    things = strangers()
    things["aws_security_group.lb"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": [ANY]}
    things["aws_lb.lb"] = {
        "type": "application",
        "scheme": "internal",
        "subnets": ["@aws_subnet.b"],
        "security_groups": ["@aws_security_group.lb"],
    }
    things["aws_lb_target_group.t"] = {
        "vpc": "@aws_vpc.v",
        "target_type": "instance",
        "protocol": "HTTP",
        "port": 443,
        "targets": [{"target": f"@{B}", "port": 443}],
    }
    things["aws_lb_listener.l"] = {
        "load_balancer": "@aws_lb.lb",
        "protocol": "HTTP",
        "port": 443,
        "actions": [{"type": "forward", "target_group": "@aws_lb_target_group.t"}],
    }
    return things


def test_an_address_of_the_target_is_no_balancers() -> None:
    assert {way[1] for way in ways(ask(balanced(), A, B))} == {"", "lb"}
    assert {way[1] for way in ways(ask(balanced(), A, B, target_address="10.0.1.10"))} == {""}


def others(found: Reach) -> list[tuple[str, bool, int | None, int | None]]:
    """(in front, public, last number of the source's further address, of the target's), of IPv4 ways."""
    told = [one.candidate for one in found.traced if one.candidate.version == 4]
    return [(one.through, one.public, *(n and n & 0xFF for n in (one.own, one.at))) for one in told]


def test_all_addresses_are_those_of_the_ends_themselves() -> None:
    """What stands in front of a target is sent to at its own address; so is one that is named."""
    things = balanced()
    things[A]["private_ips"] = ["10.0.0.10", "10.0.0.30"]
    del things[A]["private_ip"]
    itself = [("", False, None, None), ("", False, None, 0x14), ("", False, 0x1E, None), ("", False, 0x1E, 0x14)]
    lb = [("lb", False, None, None), ("lb", False, 0x1E, None)]
    assert sorted(others(ask(things, A, B, every_address=True)), key=str) == sorted([*itself, *lb], key=str)
    named = others(ask(things, A, B, every_address=True, target_address="10.0.1.10"))
    assert named == [("", False, None, None), ("", False, 0x1E, None)]
    assert others(ask(things, A, B)) == [itself[0], lb[0]]


def test_a_public_address_is_one_whoever_asks() -> None:
    """It stands for one of the private ones, and is not asked for again at the others."""
    told = others(ask(strangers(), "aws_instance.c", B, every_address=True))
    assert told == [("", False, None, None), ("", True, None, None), ("", False, None, 0x14)]


def accelerated_for(stack: str) -> Things:
    """A machine `c` of another VPC, and an accelerator in front of a private one."""
    things = to_app()
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f00::/56"]
    things["aws_subnet.back"]["ipv6_cidr"] = "2600:1f00::/64"
    things[APP]["ipv6_addresses"] = ["2600:1f00::10"]
    things["aws_security_group.app"]["ingress"] = [ANY, ANY6]
    things[EDGE] |= {"ip_address_type": stack, "ip_addresses": ["75.2.0.1", "2600:9000::9"]}
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"], "ipv6_cidrs": ["2600:2f00::/56"]}
    things["aws_internet_gateway.w"] = {"vpc": "@aws_vpc.w"}
    things["aws_subnet.c"] = {"vpc": "@aws_vpc.w", "cidr": "10.9.0.0/24", "ipv6_cidr": "2600:2f00::/64"}
    machine(things, "c", "c", "10.9.0.10", public_ip="198.51.100.9", ipv6_addresses=["2600:2f00::9"])
    return things


@pytest.mark.parametrize(
    ("to", "stack", "verdicts"),
    [
        ("0.0.0.0/0", "IPV4", {4: "yes"}),
        ("0.0.0.0/0", "DUAL_STACK", {4: "yes", 6: "no"}),
        ("::/0", "IPV4", {4: "no"}),
        ("::/0", "DUAL_STACK", {4: "no", 6: "yes"}),
    ],
)
def test_machines_ask_an_accelerator_in_every_version_it_has(to: str, stack: str, verdicts: dict[int, str]) -> None:
    """global-accelerator/latest/dg/about-accelerators.ip-address-types.html: clients of IPv6 alone, too."""
    things = accelerated_for(stack)
    table(things, "c", ["c"], {to: "aws_internet_gateway.w"}, vpc="w")
    found = [one for one in ask(things, "aws_instance.c", APP).traced if one.candidate.through == "edge"]
    assert {one.candidate.version: one.judged.verdict for one in found} == verdicts
