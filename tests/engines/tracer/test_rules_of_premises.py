"""Networks on the premises: which connection carries what, whose packets a VPN gateway takes, and what is for whom."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_stations import reason
from written_estates import Things, ask, machine, neighbours, subnet, table

from nephograph.engines.tracer.question import Reach
from nephograph.model.value import Reason, Unknown

A, B = "aws_instance.a", "aws_instance.b"
HOME = "192.168.7.7"
ALL_HOME = "192.168.0.0/16"


def joined(static: Any = True, **line: Any) -> Things:
    """A VPC with a VPN gateway that its main table leads to, and one connection with a static route to the premises."""
    things = neighbours()
    things["aws_vpn_gateway.g"] = {"vpc": "@aws_vpc.v"}
    things["aws_vpn_connection.n"] = {
        "vpn_gateway": "@aws_vpn_gateway.g",
        "static_routes_only": static,
        "routes": [{"destination": ALL_HOME}],
        **line,
    }
    table(things, "m", [], {ALL_HOME: "aws_vpn_gateway.g"}, main=True)
    return things


def line(things: Things, name: str, *destinations: str, **more: Any) -> Things:
    """One more connection of the gateway."""
    things[f"aws_vpn_connection.{name}"] = {
        "vpn_gateway": "@aws_vpn_gateway.g",
        "static_routes_only": True,
        "routes": [{"destination": one} for one in destinations],
        **more,
    }
    return things


def carried_by(found: Reach) -> list[str]:
    return [hop.component for hop in found.forward.hops if hop.kind in ("VPN connection", "Direct Connect")]


def test_the_premises_and_the_vpc_reach_each_other_by_the_connection() -> None:
    """vpn/latest/s2svpn/how_it_works.html"""
    for found in (ask(joined(), A, HOME), ask(joined(), HOME, A)):
        assert (found.verdict, carried_by(found)) == ("yes", ["aws_vpn_connection.n"])
        assert any(hop.component == "aws_vpn_connection.n" for hop in found.back.hops)


@pytest.mark.parametrize("fields", [{"state": "deleted"}, {"tunnels": ["DOWN", "DOWN"]}])
def test_a_connection_that_is_gone_or_down_carries_nothing_either_way(fields: dict[str, Any]) -> None:
    """vpn/latest/s2svpn/VPNTunnels.html: of the two tunnels one is enough."""
    for found in (ask(joined(**fields), A, HOME), ask(joined(**fields), HOME, A)):
        assert (found.forward.verdict, reason(found)) == ("no", "vpn-down")
    assert ask(joined(tunnels=["DOWN", "UP"]), A, HOME).verdict == "yes"
    assert ask(joined(tunnels=["DOWN", "UP"]), HOME, A).verdict == "yes"


@pytest.mark.parametrize(("of_other", "verdict"), [(ALL_HOME, "no"), ("192.168.9.0/24", "no")])
def test_each_connection_carries_what_its_static_routes_say(of_other: str, verdict: str) -> None:
    """vpn/latest/s2svpn/VPNRoutingTypes.html: a static connection has the routes that are written for it."""
    things = line(joined(routes=[{"destination": "10.0.0.0/8"}, {"destination": "2000::/3"}]), "other", of_other)
    found = ask(things, A, "192.168.9.9")
    assert (found.verdict, carried_by(found)) == ("yes", ["aws_vpn_connection.other"])
    found = ask(things, "192.168.9.9", A)
    assert (found.verdict, carried_by(found)) == ("yes", ["aws_vpn_connection.other"])
    things = line(joined(routes=[{"destination": "10.0.0.0/8"}]), "other", "192.168.9.0/24")
    found = ask(things, A, HOME)
    assert (found.verdict, reason(found), found.forward.dropped_at) == (verdict, "no-route", "aws_vpn_gateway.g")
    assert (ask(things, HOME, A).verdict, reason(ask(things, HOME, A))) == ("no", "no-route")


def test_without_a_connection_the_premises_are_not_reached() -> None:
    things = joined()
    del things["aws_vpn_connection.n"]
    assert reason(ask(things, A, HOME)) == "no-route"
    assert reason(ask(things, HOME, A)) == "no-route"


@pytest.mark.parametrize(("static", "verdict"), [(True, "no"), (False, "depends"), (None, "depends")])
def test_what_bgp_tells_is_written_nowhere(static: Any, verdict: str) -> None:
    """vpn/latest/s2svpn/VPNRoutingTypes.html: a dynamic connection is told its routes by the premises."""
    found = ask(joined(static, routes=[]), A, HOME)
    assert found.verdict == verdict
    assert any("what the premises behind n advertise" in one for one in found.depends_on) == (verdict == "depends")
    assert ask(joined(static, routes=[]), HOME, A).verdict == verdict


def test_a_route_that_was_learnt_is_one_that_the_premises_told() -> None:
    things = joined(False, routes=[])
    things["aws_route_table.m"]["routes"][0]["propagated"] = True
    assert ask(things, A, HOME).forward.verdict == "yes"


def test_routes_of_a_connection_that_are_not_known_leave_it_open() -> None:
    things = joined(routes=Unknown(Reason.NO_VALUE, "var.routes"))
    for found in (ask(things, A, HOME), ask(things, HOME, A)):
        assert found.verdict == "depends"
        assert any("the routes of n" in one for one in found.depends_on)
    # As an end by itself it stands for no network anybody could name.
    assert ask(line(things, "other", "192.168.8.0/24"), "aws_vpn_gateway.g", A).verdict == "yes"


def test_direct_connect_leads_to_the_premises_and_what_it_is_told_is_not_known() -> None:
    """directconnect/latest/UserGuide/virtualgateways.html"""
    things = joined()
    del things["aws_vpn_connection.n"]
    things["aws_dx_virtual_interface.d"] = {"vpn_gateway": "@aws_vpn_gateway.g", "type": "private"}
    for found in (ask(things, A, HOME), ask(things, HOME, A)):
        assert (found.verdict, carried_by(found)) == ("depends", ["aws_dx_virtual_interface.d"])
    things["aws_route_table.m"]["routes"][0]["propagated"] = True
    assert ask(things, A, HOME).forward.verdict == "yes"


@pytest.mark.parametrize(("state", "verdict"), [("available", "depends"), ("down", "no"), ("deleted", "no")])
def test_direct_connect_that_is_down_carries_nothing(state: str, verdict: str) -> None:
    """directconnect/latest/APIReference/API_VirtualInterface.html"""
    things = joined()
    del things["aws_vpn_connection.n"]
    things["aws_dx_virtual_interface.d"] = {"vpn_gateway": "@aws_vpn_gateway.g", "state": state}
    for found in (ask(things, A, HOME), ask(things, HOME, A)):
        assert (found.verdict, found.forward.verdict) == (verdict, verdict)
        assert verdict != "no" or found.forward.hops[-1].kind == "Direct Connect"


def test_nobody_knows_who_is_behind_a_connection_but_the_premises() -> None:
    """A public address that a route leads to the premises ends there: it is nobody's of the internet."""
    things = joined(routes=[{"destination": "0.0.0.0/0"}])
    table(things, "m", [], {"0.0.0.0/0": "aws_vpn_gateway.g"}, main=True)
    found = ask(things, A, "198.51.100.7")
    assert (found.verdict, reason(found), found.forward.dropped_at) == ("no", "nobody-home", "aws_vpn_connection.n")


def test_a_gateway_of_another_vpc_leads_nowhere() -> None:
    things = joined()
    things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"]}
    things["aws_vpn_gateway.g"]["vpc"] = "@aws_vpc.w"
    found = ask(things, A, HOME)
    assert (found.verdict, reason(found)) == ("no", "attachment-not-active")


def test_the_premises_reach_the_vpc_of_their_gateway_and_no_other() -> None:
    """vpc/latest/peering/peering-configurations-partial-access.html, edge to edge routing: not through a VPC."""
    things = joined()
    things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"]}
    subnet(things, "w", "10.1.0.0/24", vpc="w")
    machine(things, "w", "w", "10.1.0.10")
    things["aws_vpc_peering_connection.p"] = {"vpc": "@aws_vpc.v", "peer_vpc": "@aws_vpc.w", "status": "active"}
    table(things, "w", ["w"], {"10.0.0.0/16": "aws_vpc_peering_connection.p"}, vpc="w")
    found = ask(things, HOME, "aws_instance.w")
    assert (found.verdict, reason(found)) == ("no", "premises-reach-own-vpc-only")
    assert carried_by(found) == ["aws_vpn_connection.n"]
    things["aws_vpn_connection.n"]["routes"].insert(0, {"destination": "no range"})
    assert reason(ask(things, HOME, "aws_instance.w")) == "premises-reach-own-vpc-only"
    # Another network is not behind that gateway at all.
    assert reason(ask(things, "172.16.9.9", "aws_instance.w")) == "no-route"
    things["aws_vpn_connection.n"]["routes"] = None
    assert reason(ask(things, HOME, "aws_instance.w")) == "no-route"
    things["aws_vpn_connection.n"]["routes"] = [{"destination": ALL_HOME}]
    things["aws_vpn_connection.n"]["state"] = "deleted"
    assert reason(ask(things, HOME, "aws_instance.w")) == "vpn-down"


def test_a_vpn_gateway_takes_packets_of_its_own_vpc_alone() -> None:
    """What a transit gateway brings into a VPC does not leave it by the VPN gateway."""
    things = joined()
    things[A]["source_dest_check"] = False
    assert ask(things, A, HOME).verdict == "yes"
    assert ask(things, A, HOME, source_address="10.0.7.7").forward.verdict == "yes"
    found = ask(things, A, HOME, source_address="10.77.0.1")
    assert (found.verdict, reason(found)) == ("no", "source-not-of-vpc")
    things["aws_vpc.v"]["cidrs"].append(Unknown(Reason.NO_VALUE, "var.range"))
    assert ask(things, A, HOME, source_address="10.77.0.1").forward.verdict == "depends"
    things["aws_vpc.v"]["cidrs"][-1] = "10.77.0.0/24"
    assert ask(things, A, HOME, source_address="10.77.0.1").forward.verdict == "yes"


def test_a_packet_of_another_vpc_is_not_its_own_because_the_address_could_be() -> None:
    things = joined()
    # (The ranges of the two overlap: w's machine has an address that v could have.)
    things["aws_vpc.w"] = {"cidrs": ["10.0.128.0/17"]}
    subnet(things, "w", "10.0.128.0/24", vpc="w")
    machine(things, "w", "w", "10.0.128.10")
    things["aws_ec2_transit_gateway.t"] = {}
    ends = [("v", "a"), ("w", "w")]
    for vpc, place in ends:
        things[f"aws_ec2_transit_gateway_attachment.{vpc}"] = {
            "transit_gateway": "@aws_ec2_transit_gateway.t",
            "type": "vpc",
            "resource": f"@aws_vpc.{vpc}",
            "subnets": [f"@aws_subnet.{place}"],
        }
    attached = [{"attachment": f"@aws_ec2_transit_gateway_attachment.{vpc}"} for vpc, _ in ends]
    things["aws_ec2_transit_gateway_route_table.t"] = {
        "transit_gateway": "@aws_ec2_transit_gateway.t",
        "associations": attached,
        "propagations": [],
        "routes": [{"destination": ALL_HOME, **attached[0]}],
    }
    table(things, "w", ["w"], {ALL_HOME: "aws_ec2_transit_gateway.t"}, vpc="w")
    found = ask(things, "aws_instance.w", HOME)
    assert (found.verdict, reason(found)) == ("no", "source-not-of-vpc")


def test_groups_know_nobody_on_the_other_side_of_a_vpn() -> None:
    things = joined()
    things["aws_security_group.a"]["egress"] = [
        {"protocol": "all", "from_port": 0, "to_port": 65535, "group": "@aws_security_group.b"}
    ]
    assert reason(ask(things, A, HOME)) == "group-refuses"
