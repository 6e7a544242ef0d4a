"""Attachments known in part, hubs that are peered, gateways of another VPC, and what balancers keep."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_gateways import ONLY_OUT, six
from test_rules_of_numbers import hub
from test_rules_of_stations import by_group, two
from test_targets_of_balancers import straight, tasks
from written_estates import ANY, Things, ask, machine, subnet, table

from nephograph.engines.tracer.packet import address
from nephograph.engines.tracer.question import Reach
from nephograph.model.value import Reason, Unknown

V, W = "aws_instance.v", "aws_instance.w"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")


def reason(found: Reach) -> str:
    return str(found.shown.drop.reason) if found.shown is not None and found.shown.drop is not None else ""


@pytest.mark.parametrize(
    ("zone", "subnets", "verdict"),
    [
        ("a", ["@aws_subnet.v"], "yes"),
        ("a", ["@aws_subnet.v", HOLE], "yes"),
        ("b", ["@aws_subnet.v"], "no"),
        ("b", ["@aws_subnet.v", HOLE], "depends"),
        ("b", HOLE, "depends"),
    ],
)
def test_a_hub_is_in_reach_in_the_zones_of_its_subnets(zone: str, subnets: object, verdict: str) -> None:
    things = hub()
    subnet(things, "from", "10.0.9.0/24", vpc="v", zone=zone)
    machine(things, "from", "from", "10.0.9.10")
    table(things, "from", ["from"], {"10.1.0.0/16": "aws_ec2_transit_gateway.t"}, vpc="v")
    things["aws_ec2_transit_gateway_attachment.v"]["subnets"] = subnets
    assert ask(things, "aws_instance.from", W).verdict == verdict


def test_where_a_hub_hands_a_packet_over_is_open_while_its_subnets_are() -> None:
    things = hub()
    things["aws_ec2_transit_gateway_attachment.w"]["subnets"] = [HOLE]
    found = ask(things, V, W)
    assert (found.verdict, found.depends_on) == ("depends", ("the subnets of attachment w",))


def peered(**fields: Any) -> Things:
    """`v` at the hub `t`, `w` at the hub `u`, and an attachment that joins the hubs."""
    things = hub()
    things["aws_ec2_transit_gateway.u"] = {"default_association": False}
    things["aws_ec2_transit_gateway_attachment.w"]["transit_gateway"] = "@aws_ec2_transit_gateway.u"
    things["aws_route_table.w"]["routes"][0]["target"] = "@aws_ec2_transit_gateway.u"
    things["aws_ec2_transit_gateway_attachment.p"] = {
        "transit_gateway": "@aws_ec2_transit_gateway.t",
        "type": "peering",
        "resource": "@aws_ec2_transit_gateway.u",
        **fields,
    }
    joint = {"attachment": "@aws_ec2_transit_gateway_attachment.p"}
    for name, own, far in (("t", "v", "10.1.0.0/16"), ("u", "w", "10.0.0.0/16")):
        here = {"attachment": f"@aws_ec2_transit_gateway_attachment.{own}"}
        things[f"aws_ec2_transit_gateway_route_table.{name}"] = {
            "transit_gateway": f"@aws_ec2_transit_gateway.{name}",
            "routes": [{"destination": far, **joint}],
            "associations": [here, dict(joint)],
            "propagations": [dict(here)],
        }
    return things


def test_hubs_that_are_peered_carry_what_their_tables_lead_across() -> None:
    assert ask(peered(), V, W).verdict == "yes"
    for fields, word in (
        ({"resource": HOLE}, "the transit gateway on the other side of p"),
        ({"type": "connect"}, "what attachment p (connect) does with packets"),
    ):
        found = ask(peered(**fields), V, W)
        assert (found.verdict, word in found.depends_on) == ("depends", True)


def test_groups_are_not_known_across_hubs_that_are_peered() -> None:
    things = by_group(peered(), "w", "ingress", "v")
    for name in "tu":
        things[f"aws_ec2_transit_gateway.{name}"]["security_group_referencing"] = True
    found = ask(things, V, W)
    assert (found.verdict, reason(found)) == ("no", "group-reference-lost")


def test_a_peering_of_two_other_vpcs_carries_nothing() -> None:
    things = two("peering")
    things["aws_vpc.x"] = {"cidrs": ["10.2.0.0/16"]}
    things["aws_vpc_peering_connection.p"]["vpc"] = "@aws_vpc.x"
    found = ask(things, "aws_instance.a", "aws_instance.b")
    assert (found.verdict, reason(found)) == ("no", "attachment-not-active")


@pytest.mark.parametrize("cidrs", [[], ["10.9.0.0/16", HOLE], HOLE])
def test_a_peering_refuses_no_address_while_the_ranges_of_its_vpcs_are_not_all_known(cidrs: object) -> None:
    things = two("peering")
    things["aws_vpc.w"]["cidrs"] = cidrs
    found = ask(things, "aws_instance.a", "aws_instance.b")
    assert reason(found) != "peering-not-transitive"


def test_a_route_to_a_box_of_another_vpc_leads_nowhere() -> None:
    things = two("peering")
    machine(things, "box", "b", "10.1.1.99", source_dest_check=False)
    table(things, "a", ["a"], {"10.1.0.0/16": "aws_instance.box"})
    found = ask(things, "aws_instance.a", "aws_instance.b")
    assert (found.verdict, reason(found)) == ("no", "attachment-not-active")


def test_blocked_public_access_holds_for_egress_only_gateways_too() -> None:
    for mode, verdict in (("block-ingress", "yes"), ("block-bidirectional", "no")):
        things = six()
        table(things, "a", ["a"], ONLY_OUT)
        things["aws_vpc_block_public_access_options.o"] = {"internet_gateway_block_mode": mode}
        found = ask(things, "aws_instance.a", "internet")
        assert found.verdict == verdict
        assert (found.forward.verdict == "yes") == (verdict == "yes")


@pytest.mark.parametrize(
    ("protocol", "kind", "verdict"), [("UDP", "ip", "yes"), ("TCP_UDP", "ip", "yes"), ("UDP", "instance", "yes")]
)
def test_for_udp_the_client_s_address_is_kept_whatever_the_targets_are(protocol: str, kind: str, verdict: str) -> None:
    things = straight(health="healthy")
    things["aws_lb_target_group.nlb"] |= {"protocol": protocol, "target_type": kind}
    things["aws_lb_listener.nlb"]["protocol"] = protocol
    things["aws_security_group.app"]["ingress"] = [{**ANY, "cidr": "198.51.100.0/24"}]
    assert ask(things, "198.51.100.7", "aws_instance.app", "udp", 443).verdict == verdict


@pytest.mark.parametrize(("kind", "verdict"), [("ip", "no"), ("instance", "yes"), (None, "yes")])
def test_for_tcp_the_client_s_address_is_kept_for_instances(kind: str | None, verdict: str) -> None:
    things = straight(health="healthy")
    things["aws_lb_target_group.nlb"] |= {"target_type": kind}
    things["aws_security_group.app"]["ingress"] = [{**ANY, "cidr": "198.51.100.0/24"}]
    assert ask(things, "198.51.100.7", "aws_instance.app").verdict == verdict


@pytest.mark.parametrize("fields", [{"private_ip": "10.0.2.77"}, {"private_ips": ["10.0.2.77"]}])
@pytest.mark.parametrize(("target", "verdict"), [("10.0.2.77", "yes"), ("10.0.2.78", "no")])
def test_a_target_may_be_named_by_its_address(fields: dict[str, Any], target: str, verdict: str) -> None:
    things = straight(health="healthy")
    app = things["aws_instance.app"]
    app.pop("private_ip", None)
    app |= fields
    things["aws_lb_target_group.nlb"] |= {"target_type": "ip", "preserve_client_ip": True}
    things["aws_lb_target_group.nlb"]["targets"] = [
        {"target": target, "port": 80, "health": "healthy"},
        {"target": "@aws_instance.app", "port": 81, "health": "unhealthy"},
    ]
    assert ask(things, "internet", "aws_instance.app").verdict == verdict


@pytest.mark.parametrize(
    ("conditions", "sources"),
    [
        ([], "all"),
        ([{"field": "path_pattern", "values": ["/x"]}], "all"),
        ([{"field": "source_ip", "values": ["198.51.100.0/24"]}], "198.51.100.0"),
        ([{"field": "source_ip", "values": ["10.9.0.0/16", "198.51.100.0/24"]}], "198.51.100.0"),
    ],
)
def test_a_rule_of_a_listener_may_be_for_some_sources_alone(conditions: list[Any], sources: str) -> None:
    things = tasks()
    action = things["aws_lb_listener.web"]["actions"]
    things["aws_lb_listener.web"]["actions"] = []
    rule = {"listener": "@aws_lb_listener.web", "conditions": conditions, "actions": action}
    things["aws_lb_listener_rule.r"] = rule
    found = ask(things, "internet", "aws_ecs_service.task")
    assert found.verdict == "yes"
    (one,) = [one for one in found.allowed if one.verdict == "yes"]
    assert (len(one.sources) > 1) if sources == "all" else (address(4, one.sources[0][0]) == sources)
