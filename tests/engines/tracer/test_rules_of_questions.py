"""What passes, told exactly: intervals of ports and of sources, kinds of ICMP, ranges of several networks."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_gateways import six
from test_rules_of_routes import premises
from written_estates import Things, ask, neighbours, world

from nephograph.engines.tracer.ends import of_resource
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.packet import address
from nephograph.engines.tracer.question import Question, put

A, B = "aws_instance.a", "aws_instance.b"


def rule(low: int, high: int, cidr: str = "0.0.0.0/0", protocol: str = "tcp") -> dict[str, Any]:
    return {"protocol": protocol, "from_port": low, "to_port": high, "cidr": cidr}


def web(*rules: dict[str, Any]) -> Things:
    """`a` is asked from the internet."""
    things = neighbours()
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": f"@{A}"}
    things["aws_route_table.m"]["routes"] = [{"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.g"}]
    things["aws_security_group.a"]["ingress"] = list(rules)
    return things


@pytest.mark.parametrize(
    ("rules", "ports"),
    [
        ([rule(8080, 8081), rule(22, 22)], [(22, 22), (8080, 8081)]),
        ([rule(65535, 65535), rule(0, 0), rule(443, 443)], [(0, 0), (443, 443), (65535, 65535)]),
        ([rule(80, 81), rule(82, 90)], [(80, 90)]),
        ([rule(80, 85), rule(83, 90), rule(92, 93)], [(80, 90), (92, 93)]),
    ],
)
def test_ports_that_pass_are_told_in_order_and_those_beside_each_other_as_one(
    rules: list[Any], ports: list[tuple[int, int]]
) -> None:
    found = ask(web(*rules), "internet", A, "tcp", None)
    assert [(one.low, one.high) for one in found.allowed] == ports


def test_sources_that_pass_are_told_in_order_port_by_port() -> None:
    things = web(rule(80, 81, "203.0.113.0/24"), rule(80, 80, "198.51.100.0/24"), rule(82, 82, "198.51.100.0/25"))
    found = ask(things, "internet", A, "tcp", None)
    told = [(one.low, one.high, [(address(4, a), address(4, b)) for a, b in one.sources]) for one in found.allowed]
    assert told == [
        (80, 80, [("198.51.100.0", "198.51.100.255"), ("203.0.113.0", "203.0.113.255")]),
        (81, 81, [("203.0.113.0", "203.0.113.255")]),
        (82, 82, [("198.51.100.0", "198.51.100.127")]),
    ]


def test_of_a_range_of_icmp_types_those_pass_that_a_rule_lets_in() -> None:
    things = neighbours()
    things["aws_security_group.b"]["ingress"] = [rule(8, 0, protocol="icmp")]
    ground = Ground(world(things))
    ends = [tuple(of_resource(ground, ground.estate.resources[urn])) for urn in (A, B)]
    found = put(ground, Question(ends[0], ends[1], "icmp", (3, 11)))
    assert (found.verdict, [(one.low, one.high) for one in found.allowed]) == ("yes", [(8, 8)])


def test_everything_is_asked_in_the_protocols_of_each_version() -> None:
    found = ask(six(), A, B, None, None)
    asked = {version: [t.protocol for t in found.traced if t.candidate.version == version] for version in (4, 6)}
    assert asked == {4: ["tcp", "udp", "icmp", "other"], 6: ["tcp", "udp", "icmpv6", "other"]}


@pytest.mark.parametrize(
    ("cidr", "verdict"), [("192.168.7.0/24", "yes"), ("192.168.9.0/24", "yes"), ("192.168.8.0/24", "no")]
)
def test_premises_of_several_ranges_are_asked_from_each(cidr: str, verdict: str) -> None:
    things = premises("192.168.9.0/24", "192.168.7.0/24")
    things["aws_security_group.a"]["ingress"] = [rule(443, 443, cidr)]
    found = ask(things, "aws_vpn_connection.n", A)
    assert found.verdict == verdict
    low = [address(4, one.sources[0][0]) for one in found.allowed]
    assert low == ([cidr.removesuffix("/24")] if verdict == "yes" else [])


def reason(found: Any) -> tuple[str, str | None]:
    """Why and where on the way out the packet ended."""
    return str(found.shown.drop.reason), found.forward.dropped_at


@pytest.mark.parametrize(
    ("mode", "out", "into"),
    [("off", "yes", "yes"), ("block-ingress", "no", "no"), ("block-bidirectional", "no", "no")],
)
def test_block_public_access_stops_a_packet_where_it_crosses_the_gateway(mode: str, out: str, into: str) -> None:
    things = web(rule(443, 443))
    things["aws_vpc_block_public_access_options.o"] = {"internet_gateway_block_mode": mode}
    for found, verdict in ((ask(things, A, "198.51.100.7"), out), (ask(things, "internet", A), into)):
        assert found.verdict == verdict
        assert (found.forward.dropped_at is not None) == (verdict == "no")
        assert (found.back.hops == ()) == (verdict == "no")


def test_a_gateway_carries_what_is_of_its_own_vpc_alone() -> None:
    things = web(rule(443, 443))
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"]}
    things["aws_internet_gateway.h"] = {"vpc": "@aws_vpc.w"}
    assert ask(things, A, "aws_internet_gateway.g").verdict == "yes"
    assert reason(ask(things, A, "aws_internet_gateway.h")) == ("nobody-home", "aws_internet_gateway.g")
    assert ask(things, "aws_internet_gateway.g", A).verdict == "yes"
    found = ask(things, "aws_internet_gateway.h", A)
    assert reason(found) == ("gateway-of-another-vpc", "aws_internet_gateway.h")
    things["aws_route_table.m"]["routes"] = [{"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.h"}]
    assert reason(ask(things, A, "198.51.100.7")) == ("attachment-not-active", "aws_internet_gateway.h")
