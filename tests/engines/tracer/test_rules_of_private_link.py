"""Services behind endpoints (PrivateLink): which balancer answers for them, in which zone, and whom its groups know."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_holes import holes
from test_rules_of_stations import reason
from test_targets_of_balancers import balancer
from written_estates import ANY, ANY6, Things, ask, machine, subnet

from nephograph.engines.tracer.question import Reach
from nephograph.model.value import Reason, Unknown

CLIENT, APP, END = "aws_instance.client", "aws_instance.app", "aws_vpc_endpoint.end"
NAME = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123"


def served(zones: str = "a", behind: str = "a") -> Things:
    """A client, an endpoint in the first of the zones, and a service in another VPC by a balancer in zones `behind`."""
    things: Things = {"aws_vpc.w": {"cidrs": ["10.1.0.0/16"]}, "aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}}
    subnet(things, "ends", "10.1.2.0/24", vpc="w", zone=zones[0])
    subnet(things, "work", "10.1.1.0/24", vpc="w", zone=zones[0])
    machine(things, "client", "work", "10.1.1.10")
    things["aws_security_group.end"] = {"vpc": "@aws_vpc.w", "ingress": [ANY], "egress": []}
    things[END] = {
        "vpc": "@aws_vpc.w",
        "type": "Interface",
        "service": NAME,
        "subnets": ["@aws_subnet.ends"],
        "security_groups": ["@aws_security_group.end"],
    }
    for number, zone in enumerate(behind):
        subnet(things, f"front-{zone}", f"10.0.{number}.0/24", zone=zone)
    subnet(things, "app", "10.0.9.0/24", zone=behind[0])
    machine(things, "app", "app", "10.0.9.10")
    balancer(things, "nlb", "network", 443, [f"front-{zone}" for zone in behind], preserve_client_ip=True)
    things["aws_lb.nlb"] |= {"scheme": "internal", "cross_zone": True}
    things["aws_lb_target_group.nlb"]["targets"] = [{"target": f"@{APP}", "port": 80, "health": "healthy"}]
    things["aws_vpc_endpoint_service.s"] = {"service": NAME, "load_balancers": ["@aws_lb.nlb"]}
    return things


def guarded(**rule: Any) -> Things:
    """The balancer has a group with one rule of what comes in."""
    things = served()
    things["aws_security_group.nlb"] = {"vpc": "@aws_vpc.v", "ingress": [{**ANY, **rule}], "egress": [ANY]}
    things["aws_lb.nlb"]["security_groups"] = ["@aws_security_group.nlb"]
    return things


def rewriters(found: Reach) -> list[str]:
    return [hop.component for hop in found.forward.hops if hop.decision == "rewrites"]


def test_an_endpoint_leads_to_what_is_behind_the_balancer_of_its_service() -> None:
    """vpc/latest/privatelink/privatelink-share-your-services.html"""
    found = ask(served(), CLIENT, APP)
    assert (found.verdict, found.candidate.through if found.candidate else "") == ("yes", "end")
    assert rewriters(found) == [END, "aws_lb.nlb"]
    # The answer goes back as it came; between the two VPCs there is no route.
    assert [hop.component for hop in found.back.hops if hop.decision == "rewrites"] == ["aws_lb.nlb", END]
    assert found.back.hops[-1].component == CLIENT


def test_targets_see_the_address_of_the_balancer_whatever_is_kept() -> None:
    """elasticloadbalancing/latest/network/edit-target-group-attributes.html: client addresses end at PrivateLink."""
    things = served()
    things["aws_security_group.app"]["ingress"] = [{**ANY, "cidr": "10.0.0.0/24"}]
    assert ask(things, CLIENT, APP).verdict == "yes"
    things["aws_security_group.app"]["ingress"] = [{**ANY, "cidr": "10.1.0.0/16"}]
    assert (ask(things, CLIENT, APP).verdict, reason(ask(things, CLIENT, APP))) == ("no", "group-refuses")


def test_groups_of_the_balancer_know_the_client_by_its_own_address() -> None:
    """elasticloadbalancing/latest/network/load-balancer-security-groups.html"""
    assert ask(guarded(cidr="10.1.1.10/32"), CLIENT, APP).verdict == "yes"
    for cidr in ("10.0.0.0/16", "10.1.2.0/24"):
        found = ask(guarded(cidr=cidr), CLIENT, APP)
        assert (found.verdict, found.forward.dropped_at) == ("no", "aws_security_group.nlb")
    # A group of another VPC is nobody there: there is no peering between the two.
    found = ask(guarded(cidr=None, group="@aws_security_group.client"), CLIENT, APP)
    assert (found.verdict, found.forward.dropped_at) == ("no", "aws_security_group.nlb")
    things = guarded(cidr="10.0.0.0/16")
    things["aws_lb.nlb"]["privatelink_rules"] = False
    assert ask(things, CLIENT, APP).verdict == "yes"
    things["aws_lb.nlb"]["privatelink_rules"] = Unknown(Reason.NO_VALUE, "var.rules")
    assert ask(things, CLIENT, APP).verdict == "depends"


def test_groups_of_the_endpoint_are_asked_about_the_client() -> None:
    things = served()
    things["aws_security_group.end"]["ingress"] = [{**ANY, "cidr": "10.1.1.10/32"}]
    assert ask(things, CLIENT, APP).verdict == "yes"
    things["aws_security_group.end"]["ingress"] = [{**ANY, "cidr": "10.1.1.11/32"}]
    assert ask(things, CLIENT, APP).forward.dropped_at == "aws_security_group.end"


@pytest.mark.parametrize(("behind", "said", "verdict"), [("a", None, "yes"), ("b", None, "no"), ("ba", None, "yes")])
def test_an_endpoint_needs_its_service_in_its_own_zone(behind: str, said: Any, verdict: str) -> None:
    """vpc/latest/privatelink/create-endpoint-service.html: a service is where its balancer has a zone."""
    found = ask(served("a", behind), CLIENT, APP)
    assert found.verdict == verdict
    if verdict == "no":
        assert reason(found) == "endpoint-has-no-service-here"
    # What the service says of its zones goes first.
    things = served("a", behind)
    things["aws_vpc_endpoint_service.s"]["availability_zones"] = ["eu-west-1c"]
    assert reason(ask(things, CLIENT, APP)) == "endpoint-has-no-service-here"
    things["aws_vpc_endpoint_service.s"]["availability_zones"] = ["eu-west-1a", "eu-west-1c"]
    assert ask(things, CLIENT, APP).verdict == "yes"


def test_the_balancer_answers_by_its_node_in_the_zone_of_the_endpoint() -> None:
    things = served("a", "ba")
    things["aws_security_group.app"]["ingress"] = [{**ANY, "cidr": "10.0.1.0/24"}]  # (of zone a)
    assert ask(things, CLIENT, APP).verdict == "yes"
    things["aws_security_group.app"]["ingress"] = [{**ANY, "cidr": "10.0.0.0/24"}]
    assert ask(things, CLIENT, APP).verdict == "no"


@pytest.mark.parametrize("place", ["ends", "front-a"])
def test_where_a_zone_is_not_known_it_is_no_reason_to_refuse(place: str) -> None:
    things = served("a", "a")
    things[f"aws_subnet.{place}"]["availability_zone"] = None
    assert ask(things, CLIENT, APP).verdict == "yes"


def test_a_service_without_a_balancer_in_the_data_is_open() -> None:
    things = served()
    things["aws_vpc_endpoint_service.s"] = {"service": NAME, "load_balancers": ["arn:elsewhere"]}
    things["aws_vpc_endpoint_service.s"]["connections"] = [{"endpoint": f"@{END}"}]
    found = ask(things, CLIENT, END)
    assert found.verdict == "yes"  # (the endpoint itself is there)
    del things["aws_vpc_endpoint_service.s"]
    assert ask(things, CLIENT, END).verdict == "yes"


@pytest.mark.parametrize("state", ["deleted", "deleting", "rejected", "failed", "expired", "pendingAcceptance"])
def test_an_endpoint_carries_nothing_until_it_is_accepted_or_once_it_is_gone(state: str) -> None:
    """vpc/latest/privatelink/create-endpoint-service.html"""
    things = served()
    things[END]["state"] = state
    for end in (APP, END):
        found = ask(things, CLIENT, end)
        assert (found.verdict, reason(found)) == ("no", "component-not-active")
    things[END]["state"] = "available"
    assert ask(things, CLIENT, APP).verdict == "yes"


def test_a_balancer_without_ipv6_answers_no_endpoint_of_ipv6() -> None:
    """vpc/latest/privatelink/create-endpoint-service.html: both sides speak the same version."""
    things = served()
    for number, name in enumerate(("work", "ends")):
        things[f"aws_subnet.{name}"]["ipv6_cidr"] = f"2600:1f00:0:{number}::/64"
    things["aws_vpc.w"]["ipv6_cidrs"] = ["2600:1f00::/56"]
    things[CLIENT]["ipv6_addresses"] = ["2600:1f00::10"]
    things[END]["ipv6_addresses"] = ["2600:1f00:0:1::10"]
    for group in ("client", "end"):
        things[f"aws_security_group.{group}"] |= {"ingress": [ANY, ANY6], "egress": [ANY, ANY6]}
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f01::/56"]
    things["aws_subnet.app"]["ipv6_cidr"] = "2600:1f01::/64"
    things[APP]["ipv6_addresses"] = ["2600:1f01::10"]
    ways = {t.candidate.version: t for t in ask(things, CLIENT, APP).traced if t.candidate.through == "end"}
    assert ways[4].judged.verdict == "yes"
    assert ways[6].judged.verdict == "no"
    assert {str(walk.drop.reason) for walk in ways[6].cases.walks if walk.drop} == {"nobody-home"}


def test_nobody_behind_an_endpoint_asks_by_it() -> None:
    """vpc/latest/privatelink/concepts.html: connections start at the endpoint, not at the service."""
    assert ask(served(), APP, CLIENT).verdict == "no"


def test_what_is_not_known_of_a_service_leaves_no_wrong_sure_answer() -> None:
    things = guarded(cidr="10.1.0.0/16")
    about = {name: fields for name, fields in things.items() if "endpoint" in name or name.startswith("aws_lb.")}
    wrong = [
        what
        for what, fields in holes(about)
        if (found := ask({**things, **fields}, CLIENT, APP)).verdict not in ("yes", "depends")
        or (found.verdict == "depends" and not found.depends_on)
    ]
    assert wrong == []
