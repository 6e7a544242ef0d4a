"""What a refusal tells of rewriting on the way: the address or the port that would have been let in."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_nat64 import HOST, six_alone
from test_targets_of_balancers import balancer
from written_estates import ANY, Things, ask, guard, machine, neighbours, subnet, table

from nephograph.engines.tracer.question import Reach

CLIENT, APP, OUT = "aws_instance.client", "aws_instance.app", "198.51.100.7"
NAT, NLB = "aws_nat_gateway.n", "aws_lb.nlb"


def behind(kind: str, **group: Any) -> Things:
    """`app` behind a balancer that listens on 443 and sends to port 80."""
    things: Things = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}}
    for number, name in enumerate(("work", "front", "back")):
        subnet(things, name, f"10.0.{number}.0/24")
    machine(things, "client", "work", "10.0.0.10")
    machine(things, "app", "back", "10.0.2.10")
    balancer(things, "nlb", kind, 443, ["front"], preserve_client_ip=False, **group)
    things[NLB]["scheme"] = "internal"
    things["aws_lb_target_group.nlb"]["targets"] = [{"target": f"@{APP}", "port": 80, "health": "healthy"}]
    return things


def lets(things: Things, **rule: Any) -> Things:
    things["aws_security_group.app"]["ingress"] = [{**ANY, **rule}]
    return things


def by_balancer(things: Things) -> list[tuple[str, str]]:
    """What stood behind the refusal of the way by the balancer: reasons and who rewrote."""
    (one,) = [t for t in ask(things, CLIENT, APP).traced if t.candidate.through and t.judged.verdict == "no"]
    (walk,) = {walk.drop.key: walk for walk in one.cases.walks if walk.drop}.values()
    return [(because.reason, because.component) for because in (walk.back or walk.forward)[-1].because]


@pytest.mark.parametrize("kind", ["application", "network"])
def test_a_target_that_lets_in_the_client_does_not_let_in_the_balancer(kind: str) -> None:
    """elasticloadbalancing/latest/application/load-balancer-target-groups.html"""
    assert by_balancer(lets(behind(kind), cidr="10.0.0.0/24")) == [("nat-writes-its-address", NLB)]
    assert by_balancer(lets(behind(kind), cidr=None, group="@aws_security_group.client")) == [
        ("nat-writes-its-address", NLB)
    ]
    assert by_balancer(lets(behind(kind), cidr="10.0.7.0/24")) == []


def test_a_target_that_lets_in_the_port_of_the_listener_is_sent_to_on_another() -> None:
    assert by_balancer(lets(behind("network"), protocol="tcp", from_port=443, to_port=443)) == [
        ("targets-on-another-port", NLB)
    ]
    assert by_balancer(lets(behind("network"), protocol="tcp", from_port=444, to_port=444)) == []
    things = behind("network")
    things["aws_lb_target_group.nlb"]["targets"][0]["port"] = 443
    assert by_balancer(lets(things, protocol="tcp", from_port=80, to_port=80)) == []


def chained() -> Things:
    """A network balancer in front of an application balancer in front of `app`; none keeps the client's address."""
    things = behind("network", target_type="alb")
    subnet(things, "middle", "10.0.3.0/24")
    balancer(things, "alb", "application", 80, ["middle"])
    things["aws_lb.alb"]["scheme"] = "internal"
    things["aws_lb_target_group.alb"]["targets"] = [{"target": f"@{APP}", "port": 80, "health": "healthy"}]
    things["aws_lb_target_group.nlb"]["targets"] = [{"target": "@aws_lb.alb", "port": 80, "health": "healthy"}]
    return things


def refused_by_nlb(things: Things) -> list[tuple[str, str]]:
    (one,) = [t for t in ask(things, CLIENT, APP).traced if t.candidate.through == "nlb"]
    walks = {walk.drop.key: walk for walk in one.cases.walks if walk.drop}.values()
    return [(b.reason, b.component) for walk in walks for b in (walk.back or walk.forward)[-1].because]


def test_of_several_balancers_the_one_that_wrote_the_address_is_named() -> None:
    assert [t.judged.verdict for t in ask(chained(), CLIENT, APP).traced if t.candidate.through == "nlb"] == ["yes"]
    assert refused_by_nlb(lets(chained(), cidr="10.0.0.0/24")) == []
    assert refused_by_nlb(lets(chained(), cidr="10.0.1.0/24")) == [("nat-writes-its-address", "aws_lb.alb")]
    things = chained()
    own = [port(40000, 40000, "allow", 1, cidr="10.0.0.0/16"), port(1024, 65535, "deny", 2, cidr="10.0.2.0/24")]
    guard(things, "middle", own, [])
    assert refused_by_nlb(things) == []


def test_an_answer_is_no_request_that_was_rewritten() -> None:
    things = behind("network")
    guard(things, "work", [port(0, 65535, "deny", 1, cidr="10.0.1.0/24")], [])
    assert by_balancer(things) == []
    things = behind("network")
    listens = [port(443, 443, "allow", 1, cidr="10.0.1.0/24"), port(0, 65535, "deny", 2, cidr="10.0.1.0/24")]
    guard(things, "work", listens, [])
    assert by_balancer(things) == []


def outward(*rules: dict[str, Any]) -> Things:
    """`a` leaves by a NAT gateway whose subnet's list has these rules for what comes in."""
    things = neighbours()
    subnet(things, "front", "10.0.5.0/24")
    table(things, "front", ["front"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    table(things, "a", ["a"], {"0.0.0.0/0": NAT})
    things[NAT] = {"subnet": "@aws_subnet.front", "private_ip": "10.0.5.4", "connectivity": "public"}
    things["aws_eip.n"] = {"public_ip": "203.0.113.9", "nat_gateway": f"@{NAT}"}
    guard(things, "front", list(rules), [])
    return things


def refusals(found: Reach) -> set[tuple[str, str, str]]:
    """(what was refused, the reason behind, who rewrote) of all refused answers."""
    ends = [walk.back[-1] for t in found.traced for walk in t.cases.walks if walk.back and walk.drop]
    return {(end.reason, because.reason, because.component) for end in ends for because in end.because}


def port(low: int, high: int, action: str, number: int, **more: Any) -> dict[str, Any]:
    return {
        **ANY,
        "protocol": "tcp",
        "from_port": low,
        "to_port": high,
        "cidr": "198.51.100.0/24",
        "action": action,
        "number": number,
        **more,
    }


def test_an_answer_comes_to_the_port_of_the_nat_gateway_and_not_to_the_client_s() -> None:
    """vpc/latest/userguide/nacl-ephemeral-ports.html: NAT gateways use ports 1024 to 65535."""
    assert ask(outward(), "aws_instance.a", OUT).verdict == "yes"
    own = [port(40000, 40000, "allow", 1), port(0, 65535, "deny", 2)]
    found = ask(outward(*own), "aws_instance.a", OUT)
    assert found.verdict == "depends"
    assert refusals(found) == {("network-list-refuses", "port-remapped", NAT)}
    other = [port(40001, 40001, "allow", 1), port(0, 65535, "deny", 2)]
    assert refusals(ask(outward(*other), "aws_instance.a", OUT)) == set()


def test_messages_of_icmp_have_no_port_to_be_rewritten() -> None:
    things = outward(port(-1, -1, "deny", 1, protocol="icmp", icmp_type=13, icmp_code=-1))
    found = ask(things, "aws_instance.a", OUT, "icmp", 13)
    assert (found.verdict, refusals(found)) == ("no", set())


def test_a_refusal_on_the_way_out_names_no_port() -> None:
    things = behind("network")
    guard(things, "back", [port(80, 80, "deny", 1, cidr="10.0.0.0/8")], [])
    assert by_balancer(things) == [("targets-on-another-port", NLB)]


def test_what_nat64_rewrites_cannot_be_left_out() -> None:
    """vpc/latest/userguide/nat-gateway-nat64-dns64.html: an IPv4 packet with the client's IPv6 address is none."""
    things = six_alone()
    own = port(40000, 40000, "allow", 1, cidr="0.0.0.0/0")
    guard(things, "front", [own, port(0, 65535, "deny", 2, cidr="0.0.0.0/0")], [])
    found = ask(things, "aws_instance.a", HOST)
    assert (found.verdict, refusals(found)) == ("depends", set())
