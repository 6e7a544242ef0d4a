"""Edges of ranges, of ports and of cases: an inclusive end made exclusive has to be noticed here."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import ANY, Things, ask, deny, guard, machine, neighbours, subnet, table

from nephograph.engines.tracer.addresses import INTERNET, public
from nephograph.engines.tracer.axes import Axis, Course
from nephograph.engines.tracer.explore import explore, judge, subtract
from nephograph.engines.tracer.hop import Walk
from nephograph.engines.tracer.packet import network
from nephograph.model.value import Reason, Unknown


def test_the_first_and_the_last_address_of_every_public_range_is_public() -> None:
    for version, ranges in INTERNET.items():
        for low, high in ranges:
            assert public(version, low)
            assert public(version, high)
    for text in ("9.255.255.255", "11.0.0.0", "223.255.255.255", "2000::", "3fff:ffff::"):
        parsed = network(text)
        assert parsed is not None
        assert public(parsed[0], parsed[1])
    for text in ("10.0.0.0", "10.255.255.255", "0.0.0.0", "224.0.0.0", "255.255.255.255", "1fff::", "4000::"):
        parsed = network(text)
        assert parsed is not None
        assert not public(parsed[0], parsed[1])


def test_a_machine_is_asked_at_the_first_of_its_addresses() -> None:
    things = neighbours()
    del things["aws_instance.b"]["private_ip"]
    things["aws_instance.b"]["private_ips"] = ["10.0.1.10", "10.0.1.99"]
    things["aws_security_group.a"]["egress"] = [{**ANY, "cidr": "10.0.1.10/32"}]
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == "yes"
    things["aws_security_group.a"]["egress"] = [{**ANY, "cidr": "10.0.1.99/32"}]
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == "no"


def test_each_node_of_a_balancer_has_the_address_of_its_own_subnet() -> None:
    things = neighbours()
    things["aws_lb.n"] = {
        "type": "network",
        "scheme": "internal",
        "subnets": ["@aws_subnet.a", "@aws_subnet.b"],
        "security_groups": [],
        "private_ips": ["10.0.0.77", "10.0.1.77"],
    }
    things["aws_lb_listener.n"] = {"load_balancer": "@aws_lb.n", "port": 443, "protocol": "TCP", "actions": []}
    guard(things, "b", deny("10.0.0.0/16"), [])
    assert ask(things, "aws_instance.a", "10.0.0.77").verdict == "yes"
    assert ask(things, "aws_instance.a", "10.0.1.77").verdict == "no"


def walked(course: Course, low: int, high: int) -> Walk:
    """Passes where the asker's choice lies in an interval."""
    symbol = course.take(Axis("port", ((0, 100),), True, "the port"))
    inside = course.within(symbol, low, high)
    return Walk(inside, (), (), None, course.box, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("low", "high"), [(0, 100), (0, 0), (100, 100), (1, 99), (40, 60)])
def test_what_passes_is_found_to_the_last_port_on_either_side(low: int, high: int) -> None:
    cases = explore(lambda course: walked(course, low, high))
    found = judge(cases)
    ports = {port for box in found.allowed for port in range(box["port"][0], box["port"][1] + 1)}
    assert (found.verdict, ports) == ("yes", set(range(low, high + 1)))
    seen = sorted(walk.box["port"] for walk in cases.walks)
    assert [a for a, _ in seen] == sorted({0, low, *([high + 1] if high < 100 else [])})


def test_a_hole_leaves_what_is_below_and_above_it() -> None:
    axes = {"port": Axis("port", ((0, 100),), True, "")}
    assert subtract({}, {"port": (40, 60)}, axes) == [{"port": (0, 39)}, {"port": (61, 100)}]
    assert subtract({}, {"port": (0, 60)}, axes) == [{"port": (61, 100)}]
    assert subtract({}, {"port": (40, 100)}, axes) == [{"port": (0, 39)}]
    assert subtract({"port": (0, 10)}, {"port": (40, 60)}, axes) == [{"port": (0, 10)}]


def test_too_many_cases_are_no_proof_of_a_no() -> None:
    cases = explore(lambda course: walked(course, 200, 300))
    assert judge(cases).verdict == "no"
    some = cases._replace(more=True)
    found = judge(some)
    assert (found.verdict, found.depends_on) == ("depends", ("cases that were not walked: there are too many",))


def hub() -> Things:
    """Two VPCs over a transit gateway whose attachments are in one zone."""
    things: Things = {"aws_ec2_transit_gateway.t": {"default_association": False}}
    for number, name in enumerate("vw"):
        things[f"aws_vpc.{name}"] = {"cidrs": [f"10.{number}.0.0/16"]}
        subnet(things, name, f"10.{number}.1.0/24", vpc=name)
        machine(things, name, name, f"10.{number}.1.10")
        table(things, name, [name], {f"10.{1 - number}.0.0/16": "aws_ec2_transit_gateway.t"}, vpc=name)
        things[f"aws_ec2_transit_gateway_attachment.{name}"] = {
            "transit_gateway": "@aws_ec2_transit_gateway.t",
            "type": "vpc",
            "resource": f"@aws_vpc.{name}",
            "subnets": [f"@aws_subnet.{name}"],
        }
    held = [{"attachment": f"@aws_ec2_transit_gateway_attachment.{name}"} for name in "vw"]
    things["aws_ec2_transit_gateway_route_table.t"] = {
        "transit_gateway": "@aws_ec2_transit_gateway.t",
        "routes": [],
        "associations": held,
        "propagations": held,
    }
    return things


@pytest.mark.parametrize("which", ["v", "w"])
@pytest.mark.parametrize("state", ["deleted", "pendingAcceptance", "rejected"])
def test_an_attachment_that_is_not_there_carries_nothing_in_and_nothing_out(which: str, state: str) -> None:
    things = hub()
    assert ask(things, "aws_instance.v", "aws_instance.w").verdict == "yes"
    things[f"aws_ec2_transit_gateway_attachment.{which}"]["state"] = state
    found = ask(things, "aws_instance.v", "aws_instance.w")
    assert found.verdict == "no"
    assert found.forward.dropped_at == f"aws_ec2_transit_gateway_attachment.{which}"


def test_a_gateway_without_an_interface_in_the_sender_s_zone_is_out_of_reach() -> None:
    things = hub()
    subnet(things, "far", "10.0.9.0/24", zone="b")
    machine(things, "far", "far", "10.0.9.10")
    table(things, "far", ["far"], {"10.1.0.0/16": "aws_ec2_transit_gateway.t"})
    found = ask(things, "aws_instance.far", "aws_instance.w")
    assert (found.verdict, str(found.shown.drop.reason if found.shown and found.shown.drop else "")) == (
        "no",
        "transit-not-in-zone",
    )
    del things["aws_subnet.far"]["availability_zone"]
    assert ask(things, "aws_instance.far", "aws_instance.w").verdict == "depends"


def test_a_table_of_another_gateway_is_not_this_one_s() -> None:
    things = hub()
    things["aws_ec2_transit_gateway.u"] = {"default_association": False}
    things["aws_ec2_transit_gateway_route_table.t"]["transit_gateway"] = "@aws_ec2_transit_gateway.u"
    found = ask(things, "aws_instance.v", "aws_instance.w")
    assert (found.verdict, str(found.shown.drop.reason if found.shown and found.shown.drop else "")) == (
        "no",
        "transit-no-association",
    )


def test_zones_nobody_told_leave_it_open_whether_a_gateway_is_in_reach() -> None:
    things = hub()
    subnet(things, "far", "10.0.9.0/24")
    machine(things, "far", "far", "10.0.9.10")
    table(things, "far", ["far"], {"10.1.0.0/16": "aws_ec2_transit_gateway.t"})
    assert ask(things, "aws_instance.far", "aws_instance.w").verdict == "yes"
    for name in ("far", "v"):
        del things[f"aws_subnet.{name}"]["availability_zone"]
    assert ask(things, "aws_instance.far", "aws_instance.w").verdict == "depends"


@pytest.mark.parametrize("word", ["10.0.0.0/8", "10.0.0.0/15", "10.0.0.0/16", "10.0.1.0/24"])
def test_a_range_stands_for_everybody_in_it_however_wide(word: str) -> None:
    assert ask(neighbours(), "aws_instance.a", word).verdict == "yes"
    assert ask(neighbours(), word, "aws_instance.a").verdict == "yes"


def test_a_range_nobody_of_the_estate_is_in_is_a_network_elsewhere() -> None:
    assert ask(neighbours(), "aws_instance.a", "172.16.0.0/12").verdict == "no"


@pytest.mark.parametrize("address", ["10.0.1.0", "10.0.1.255"])
def test_the_first_and_the_last_address_of_a_subnet_lie_in_it(address: str) -> None:
    found = ask(neighbours(), "aws_instance.a", address)
    assert (found.verdict, f"what has the address {address} in b" in found.depends_on[0]) == ("depends", True)
    assert ask(neighbours(), "aws_instance.a", "10.0.2.0").verdict == "no"


def test_an_elastic_ip_nobody_placed_may_be_a_machine_s_and_not_that_of_tasks() -> None:
    things = neighbours()
    things["aws_route_table.m"]["routes"] = [{"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.g"}]
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": Unknown(Reason.NO_VALUE, "var.instance")}
    groups = things["aws_instance.a"]["security_groups"]
    things["aws_ecs_service.t"] = {"subnets": ["@aws_subnet.a"], "security_groups": groups}
    assert ask(things, "internet", "aws_instance.a").verdict == "depends"
    assert ask(things, "internet", "aws_ecs_service.t").verdict == "no"


def test_an_address_of_a_node_that_is_not_known_leaves_the_other_one_known() -> None:
    things = neighbours()
    things["aws_lb.n"] = {
        "type": "network",
        "scheme": "internal",
        "subnets": ["@aws_subnet.a", "@aws_subnet.b"],
        "security_groups": [],
        "private_ips": [Unknown(Reason.NO_VALUE, "var.address"), "10.0.1.77"],
    }
    things["aws_lb_listener.n"] = {"load_balancer": "@aws_lb.n", "port": 443, "protocol": "TCP", "actions": []}
    assert ask(things, "aws_instance.a", "10.0.1.77").verdict == "yes"


@pytest.mark.parametrize(
    ("low", "high", "verdict"), [(0, 0, "no"), (443, 443, "yes"), (-1, -1, "yes"), (0, 443, "yes")]
)
def test_the_ports_of_a_rule_end_where_it_says_and_minus_one_is_all_of_them(low: int, high: int, verdict: str) -> None:
    things = neighbours()
    things["aws_security_group.b"]["ingress"] = [{**ANY, "protocol": "tcp", "from_port": low, "to_port": high}]
    assert ask(things, "aws_instance.a", "aws_instance.b").verdict == verdict
