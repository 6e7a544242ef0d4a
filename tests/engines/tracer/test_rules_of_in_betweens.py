"""NAT instances, nodes whose address nobody says, balancers of no known type, hubs with several lines: rule by rule."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_fronts import inner
from test_rules_of_hubs import over_a_vpn
from test_rules_of_premises import joined
from test_rules_of_stations import reason
from written_estates import ANY, Things, ask, deny, guard, machine, neighbours, subnet, table, world

from nephograph.engines.tracer.ground import Ground
from nephograph.estate.graph import Estate
from nephograph.model.edge import Edge
from nephograph.model.value import Reason, Unknown

A, B, V, BOX = "aws_instance.a", "aws_instance.b", "aws_instance.v", "aws_instance.box"
OUT, HOME = "198.51.100.7", "192.168.7.7"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")


def behind_a_box(things: Things | None = None) -> Things:
    """`a` leads everything to a machine with a public address that forwards."""
    things = things if things is not None else neighbours()
    subnet(things, "box", "10.0.9.0/24")
    machine(things, "box", "box", "10.0.9.10", source_dest_check=False, public_ip="203.0.113.9")
    table(things, "box", ["box"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    table(things, "a", ["a"], {"0.0.0.0/0": BOX})
    return things


def written(things: Things, target: str, protocol: str = "tcp", port: int | None = 443) -> list[str]:
    """Who wrote an address or a port on the way out."""
    found = ask(things, A, target, protocol, port)
    return [hop.component for hop in found.forward.hops if hop.decision == "rewrites"]


def test_a_nat_instance_writes_its_address_on_what_goes_to_the_internet() -> None:
    """vpc/latest/userguide/VPC_NAT_Instance.html"""
    found = ask(behind_a_box(), A, OUT)
    assert found.verdict == "yes"
    assert written(behind_a_box(), OUT) == [BOX, "aws_internet_gateway.g"]
    # What has a public address of its own, or goes elsewhere, is forwarded as it is.
    things = behind_a_box()
    things[A]["public_ip"] = "203.0.113.70"
    assert BOX not in written(things, OUT)
    things = behind_a_box(joined())
    table(things, "box", ["box"], {"192.168.0.0/16": "aws_vpn_gateway.g"})
    assert (ask(things, A, HOME).forward.verdict, written(things, HOME)) == ("yes", [])


def test_a_public_range_of_the_vpc_itself_is_not_the_internet_to_a_nat_instance() -> None:
    things = behind_a_box()
    things["aws_vpc.v"]["cidrs"].append("198.51.100.0/24")
    subnet(things, "own", "198.51.100.0/25")
    machine(things, "own", "own", "198.51.100.10")
    table(things, "a", ["a"], {"198.51.100.0/25": BOX})
    found = ask(things, A, "aws_instance.own")
    assert (found.forward.verdict, written(things, "aws_instance.own")) == ("yes", [])


def test_the_answer_to_a_nat_instance_comes_to_its_port_and_goes_on_to_the_client_s() -> None:
    own = {"protocol": "tcp", "from_port": 40000, "to_port": 40000, "cidr": f"{OUT}/32"}
    rest = {**own, "from_port": 0, "to_port": 65535}
    things = behind_a_box()
    guard(things, "box", [{**own, "number": 1, "action": "allow"}, {**rest, "number": 2, "action": "deny"}], [])
    assert ask(things, A, OUT).verdict == "depends"
    things = behind_a_box()
    guard(things, "a", [{**own, "number": 1, "action": "allow"}, {**rest, "number": 2, "action": "deny"}], [])
    assert ask(things, A, OUT).verdict == "yes"


@pytest.mark.parametrize(("refused", "verdict"), [(0, "no"), (8, "yes")])
@pytest.mark.parametrize("place", ["a", "box"])
def test_an_echo_reply_is_one_behind_a_nat_instance(place: str, refused: int, verdict: str) -> None:
    things = behind_a_box()
    types = {"protocol": "icmp", "from_port": -1, "to_port": -1, "icmp_type": refused, "icmp_code": -1}
    guard(things, place, deny(f"{OUT}/32", **types), [])
    assert ask(things, A, OUT, "icmp", 8).verdict == verdict


def nodes(*addresses: str) -> Things:
    """A network balancer in two subnets whose ranges nobody knows; the addresses of its nodes are said."""
    things = inner()
    subnet(things, "c", "10.0.5.0/24")
    for name in ("b", "c"):
        things[f"aws_subnet.{name}"]["cidr"] = HOLE
    things["aws_lb.x"] |= {"subnets": ["@aws_subnet.b", "@aws_subnet.c"], "private_ips": list(addresses)}
    return things


@pytest.mark.parametrize(
    ("lets", "verdict"),
    [(("10.0.5.7/32", "10.0.1.77/32"), "yes"), (("10.0.5.7/32",), "depends"), (("10.0.7.0/24",), "no")],
)
def test_a_node_has_one_of_the_addresses_of_its_balancer(lets: tuple[str, ...], verdict: str) -> None:
    things = nodes("10.0.5.7", "10.0.1.77")
    things["aws_lb.x"]["ipv6_addresses"] = ["2600:1f00::77", "2600:1f00::78"]
    things["aws_security_group.a"]["egress"] = [{**ANY, "cidr": cidr} for cidr in lets]
    assert ask(things, A, "aws_lb.x").verdict == verdict


@pytest.mark.parametrize(("cidr", "verdict"), [("0.0.0.0/0", "yes"), ("10.77.0.0/16", "no")])
def test_groups_of_a_balancer_of_no_known_type_are_asked_where_it_has_some(cidr: str, verdict: str) -> None:
    """elasticloadbalancing/latest/network/load-balancer-security-groups.html"""
    things = inner()
    things["aws_security_group.x"] = {"vpc": "@aws_vpc.v", "ingress": [{**ANY, "cidr": cidr}], "egress": [ANY]}
    things["aws_lb.x"] |= {"type": HOLE, "security_groups": ["@aws_security_group.x"]}
    assert ask(things, A, "aws_lb.x").verdict == verdict


def test_a_balancer_of_no_known_type_without_groups_is_guarded_or_open() -> None:
    things = inner()
    things["aws_lb.x"] |= {"type": HOLE, "security_groups": []}
    found = ask(things, A, "aws_lb.x")
    assert (found.verdict, found.depends_on[0][:29]) == ("depends", "whether x is a network balanc")
    # Of something else the type says nothing about its groups.
    things["aws_db_instance.d"] = {"type": HOLE, "subnet_group": "@aws_db_subnet_group.d", "security_groups": []}
    things["aws_db_subnet_group.d"] = {"subnets": ["@aws_subnet.b"]}
    assert ask(things, A, "aws_db_instance.d").verdict == "no"


def test_a_hub_has_several_lines_and_each_carries_what_it_says() -> None:
    things = over_a_vpn("connection")
    far = {**things["aws_vpn_connection.n"], "routes": [{"destination": "172.16.0.0/12"}, {"destination": "2000::/3"}]}
    things = {"aws_vpn_connection.far": far, **things}
    held = things["aws_ec2_transit_gateway_route_table.t"]["associations"]
    things["aws_ec2_transit_gateway_route_table.t"]["associations"] = [
        *held,
        {"attachment": "@aws_vpn_connection.far"},
    ]
    found = ask(things, HOME, V)
    assert [hop.component for hop in found.forward.hops if hop.kind == "VPN connection"] == ["aws_vpn_connection.n"]
    found = ask(things, "172.16.1.1", V)
    assert [hop.component for hop in found.forward.hops if hop.kind == "VPN connection"] == ["aws_vpn_connection.far"]
    assert reason(ask(things, "192.169.1.1", V)) != ""
    assert reason(ask(things, "10.99.0.1", V)) == "no-route"


@pytest.mark.parametrize("spelled", ["connection", "attachment"])
def test_a_line_of_a_hub_that_is_gone_carries_nothing_either_way(spelled: str) -> None:
    things = over_a_vpn(spelled)
    things["aws_vpn_connection.n"]["state"] = "deleted"
    for found in (ask(things, HOME, V), ask(things, V, HOME)):
        assert (found.verdict, found.forward.verdict, found.forward.dropped_at) == (
            "no",
            "no",
            "aws_vpn_connection.n",
        )


def test_nobody_on_the_internet_sends_to_a_private_address_that_is_nobody_s() -> None:
    """vpc/latest/userguide/VPC_Internet_Gateway.html"""
    things = neighbours()
    table(things, "b", ["b"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    found = ask(things, "internet", "10.0.1.99")
    assert (found.verdict, found.forward.verdict) == ("no", "no")


def test_what_a_balancer_sends_is_told_by_its_target_group() -> None:
    things = inner()
    things["aws_lb_target_group.machines"] = things.pop("aws_lb_target_group.x")
    things["aws_lb_listener.x"]["actions"] = [{"type": "forward", "target_group": "@aws_lb_target_group.machines"}]
    (way,) = [t for t in ask(things, A, B).traced if t.candidate.through]
    assert any(hop.text == "x sends it on to b port 80 of machines" for hop in way.cases.walks[0].forward)


@pytest.mark.parametrize("written_", ["10.0.0", None])
def test_a_static_route_that_is_no_range_leads_nowhere(written_: Any) -> None:
    things = joined(routes=[{"destination": written_}])
    assert reason(ask(things, A, HOME)) == "no-route"
    assert reason(ask(things, HOME, A)) == "no-route"


def test_what_is_lost_of_a_field_is_what_leads_nowhere_and_is_not_known() -> None:
    made = world(neighbours())
    table_, gateway = "aws_route_table.m", "aws_internet_gateway.g"

    def lost(said: Any, *edges: Edge, missing: tuple[tuple[str, str], ...] = ()) -> list[str]:
        import msgspec

        one = msgspec.structs.replace(made.resources[table_], config={"subnets": said})
        resources = [one, made.resources[gateway]]
        ground = Ground(Estate(resources, list(edges), {table_: list(missing)}))
        return ground.lost(one, "subnets")

    def to(*path: str | int) -> Edge:
        return Edge("routes_for", table_, gateway, said_by=table_, path=path)

    assert lost(["x"]) == []
    assert lost(["x"], missing=(("subnets.0", "gone"),)) == ["gone"]
    assert lost(HOLE) == [str(HOLE)]
    assert lost([HOLE, "x"]) == [str(HOLE)]
    # A reference that leads somewhere is known, whatever its value is.
    assert lost([HOLE], to("subnets", 0)) == []
    assert lost(HOLE, to("subnets")) == []
    assert lost([HOLE, HOLE], to("subnets", 1)) == [str(HOLE)]
    assert lost([HOLE], to("routes", 0)) == [str(HOLE)]
    assert lost([HOLE, "x"], missing=(("subnets.1", "gone"),)) == ["gone", str(HOLE)]
