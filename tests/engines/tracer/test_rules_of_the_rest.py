"""What may not exist, machines that tasks run on and their addresses, and what NAT does with odd packets."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import msgspec
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_regional_nat import HERE, OUT, behind
from test_rules_of_stations import reason
from test_tasks_on_machines import SERVICE, shared
from written_estates import Things, ask, deny, guard, machine, neighbours, subnet, table, world

from nephograph.engines.tracer.ends import of_resource, of_word
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, Reach, put
from nephograph.estate.graph import Estate
from nephograph.model.source import Said
from nephograph.model.value import Reason, Unknown

A, B = "aws_instance.a", "aws_instance.b"


def maybe(things: Things, urn: str, target: str) -> Reach:
    """`a` asks, and whether a resource exists is not known."""
    made = world(things)
    hole = Unknown(Reason.NO_VALUE, "var.count")
    resources = [msgspec.structs.replace(r, existence=hole) if r.urn == urn else r for r in made.resources.values()]
    ground = Ground(Estate(resources, made.edges, made.unlinked))
    found = ground.estate.resources.get(target)
    goal: Any = of_resource(ground, found) if found is not None else of_word(ground, target)
    start = of_resource(ground, ground.estate.resources[A])
    return put(ground, Question(tuple(start), tuple(goal), "tcp", (443, 443), 40000))


def test_where_an_internet_gateway_may_not_exist_the_way_out_is_open() -> None:
    things = neighbours()
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": f"@{A}"}
    table(things, "a", ["a"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    assert ask(things, A, OUT).verdict == "yes"
    found = maybe(things, "aws_internet_gateway.g", OUT)
    assert (found.verdict, found.forward.verdict) == ("depends", "depends")


def test_where_the_interface_in_the_way_may_not_exist_the_answer_is_open() -> None:
    things = neighbours()
    subnet(things, "box", "10.0.9.0/24")
    machine(things, "box", "box", "10.0.9.10", source_dest_check=False)
    things["aws_network_interface.box"] = dict(things["aws_instance.box"])
    things["aws_instance.box"] = {"interfaces": [{"interface": "@aws_network_interface.box"}]}
    table(things, "a", ["a"], {"10.0.1.0/24": "aws_network_interface.box"})
    assert ask(things, A, B).verdict == "yes"
    assert maybe(things, "aws_network_interface.box", B).verdict == "depends"


def on_machines(**fields: Any) -> Things:
    """Tasks on a machine of a group, in a subnet that leads to the internet gateway; they ask somebody outside."""
    things = shared()
    machine(things, "one", "back", None, **fields)
    things["aws_autoscaling_group.m"]["instances"] = ["@aws_instance.one"]
    table(things, "back", ["back"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    return things


@pytest.mark.parametrize(("own", "given", "verdict"), [(True, False, "yes"), (False, True, "no"), (None, True, "yes")])
def test_tasks_leave_by_the_public_address_of_their_machine(own: Any, given: bool, verdict: str) -> None:
    things = on_machines(public_ip=own)
    things["aws_subnet.back"]["public_ip_on_launch"] = given
    assert ask(things, SERVICE, OUT).verdict == verdict


@pytest.mark.parametrize(("said", "verdict"), [("code", "yes"), ("dump", "no")])
def test_of_a_machine_that_runs_it_is_said_whether_it_has_an_address(said: Said, verdict: str) -> None:
    things = on_machines()
    things["aws_network_interface.one"] = {
        "subnet": "@aws_subnet.back",
        "security_groups": ["@aws_security_group.machine"],
        "private_ips": ["10.0.2.11"],
    }
    things["aws_instance.one"]["interfaces"] = [{"interface": "@aws_network_interface.one"}]
    things["aws_subnet.back"]["public_ip_on_launch"] = True
    assert ask(things, SERVICE, OUT, said=said).verdict == verdict


@pytest.mark.parametrize("regional", [False, True])
def test_nat_serves_addresses_of_its_own_vpc_alone(regional: bool) -> None:
    """vpc/latest/userguide/nat-gateway-basics.html; who has its check off may write any address on a packet."""
    things = behind(HERE, False)
    things[A]["source_dest_check"] = False
    if not regional:
        subnet(things, "front", "10.0.5.0/24")
        table(things, "front", ["front"], {"0.0.0.0/0": "aws_internet_gateway.g"})
        things["aws_nat_gateway.n"] = {
            "subnet": "@aws_subnet.front",
            "private_ip": "10.0.5.4",
            "connectivity": "public",
        }
    assert ask(things, A, OUT).verdict == "yes"
    found = ask(things, A, OUT, source_address="10.77.0.1")
    assert (found.verdict, reason(found)) == ("no", "foreign-source-at-nat")


@pytest.mark.parametrize(("refused", "verdict"), [(0, "yes"), (13, "no")])
def test_the_type_of_an_icmp_message_stays_what_it_is_behind_nat(refused: int, verdict: str) -> None:
    things = behind(HERE, False)
    guard(
        things, "a", deny(f"{OUT}/32", protocol="icmp", from_port=-1, to_port=-1, icmp_type=refused, icmp_code=-1), []
    )
    assert ask(things, A, OUT, "icmp", 13).verdict == verdict


def test_an_address_that_is_said_is_known_where_the_range_of_its_subnet_is_not() -> None:
    things = neighbours()
    things["aws_subnet.b"]["cidr"] = Unknown(Reason.NO_VALUE, "var.range")
    assert ask(things, A, "10.0.1.10").verdict == "yes"


def test_whose_of_several_addresses_lies_in_a_subnet_whose_range_is_not_known_is_not_known() -> None:
    things = neighbours()
    things["aws_subnet.b"]["cidr"] = Unknown(Reason.NO_VALUE, "var.range")
    things["aws_lb.n"] = {
        "type": "network",
        "scheme": "internal",
        "subnets": ["@aws_subnet.b"],
        "security_groups": [],
        "private_ips": ["10.0.1.77"],
    }
    things["aws_lb_listener.n"] = {"load_balancer": "@aws_lb.n", "port": 443, "protocol": "TCP", "actions": []}
    found = ask(things, A, "aws_lb.n")
    assert [t.candidate.version for t in found.traced if t.candidate.door is not None] == [4]


def test_where_it_is_not_known_which_vpc_a_gateway_is_of_the_way_in_is_open() -> None:
    things = neighbours()
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": f"@{A}"}
    things["aws_internet_gateway.g"]["vpc"] = Unknown(Reason.NO_VALUE, "var.vpc")
    table(things, "a", ["a"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    found = ask(things, "internet", A)
    assert (found.verdict, "the internet gateway of v" in found.depends_on) == ("depends", True)
