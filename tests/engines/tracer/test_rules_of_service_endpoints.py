"""Endpoints of services of AWS: what a gateway endpoint takes and hands in, and what an endpoint starts."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import msgspec
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_stations import reason
from test_services_of_aws import closed, endpoint, gateway
from written_estates import ANY, Things, ask, machine, subnet, table, world

from nephograph.engines.tracer.ends import of_resource, of_word
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, put
from nephograph.estate.graph import Estate
from nephograph.model.value import Reason, Unknown

APP = "aws_instance.app"
LIST = [{"cidr": "52.218.0.0/16"}, {"cidr": "3.5.0.0/20"}, {"cidr": "2a05:d000::/25"}]


def listed(by: str = "endpoint", entries: Any = LIST) -> Things:
    """A gateway endpoint of S3 whose list of addresses is known: of itself, or of the route that it wrote."""
    things = gateway()
    things["aws_ec2_managed_prefix_list.s3"] = {"entries": entries, "address_family": "IPv4"}
    if by == "endpoint":
        things["aws_vpc_endpoint.s3"]["prefix_list"] = "@aws_ec2_managed_prefix_list.s3"
    else:
        things["aws_route_table.m"]["routes"] = [
            {"destination": "10.7.0.0/16", "target": "@aws_vpc_endpoint.other"},
            {"prefix_list": "@aws_ec2_managed_prefix_list.s3", "target": "@aws_vpc_endpoint.s3"},
        ]
    return things


@pytest.mark.parametrize("by", ["endpoint", "route"])
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("52.218.3.4", "endpoint-starts-nothing"),
        ("52.218.0.0", "endpoint-starts-nothing"),
        ("3.5.15.255", "endpoint-starts-nothing"),
        ("3.5.16.0", "service-address-not-listed"),
        ("198.51.100.7", "service-address-not-listed"),
    ],
)
def test_a_gateway_endpoint_hands_in_what_comes_from_its_service_alone(by: str, address: str, why: str) -> None:
    """vpc/latest/privatelink/gateway-endpoints.html: its routes are to the list of the service's addresses."""
    found = ask(listed(by), "s3", APP, source_address=address)
    assert (found.verdict, reason(found)) == ("no", why)


def test_only_the_list_of_that_service_s_endpoint_in_that_vpc_counts() -> None:
    def why(things: Things, service: str = "s3") -> str:
        return reason(ask(things, service, APP, source_address="198.51.100.7"))

    starts = "endpoint-starts-nothing"
    assert why(listed()) == "service-address-not-listed"
    assert why(listed(), "dynamodb") == starts
    assert why(listed(entries=[])) == starts
    assert why(listed(entries=Unknown(Reason.NO_VALUE, "var.list"))) == starts
    assert why(gateway()) == starts
    things = listed()
    things["aws_vpc_endpoint.s3"]["type"] = "Interface"
    assert why(things) == starts
    things = listed()
    things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"]}
    things["aws_vpc_endpoint.s3"]["vpc"] = "@aws_vpc.w"
    assert why(things) == starts
    # What the service sends by itself, from no address that is named, and to nobody of a VPC.
    assert reason(ask(listed(), "s3", APP)) == starts
    assert reason(ask(listed(), "s3", "198.51.100.7")) == starts


@pytest.mark.parametrize(
    ("protocol", "port", "verdict"), [("tcp", 443, "yes"), ("udp", 443, "no"), ("icmp", 8, "yes"), ("gre", None, "no")]
)
def test_a_gateway_endpoint_takes_tcp_and_echo(protocol: str, port: int | None, verdict: str) -> None:
    """vpc/latest/privatelink/gateway-endpoints.html"""
    found = ask(gateway(), APP, "s3", protocol, port)
    assert found.verdict == verdict
    assert verdict == "yes" or reason(found) == "endpoint-takes-tcp-only"


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        (None, "yes"),
        ("available", "yes"),
        ("Available", "yes"),
        ("pending", "yes"),
        ("deleting", "no"),
        ("failed", "no"),
    ],
)
def test_a_gateway_endpoint_leads_on_while_it_is_available(state: str | None, verdict: str) -> None:
    things = gateway()
    things["aws_vpc_endpoint.s3"]["state"] = state
    found = ask(things, APP, "s3")
    assert found.verdict == verdict
    assert verdict == "yes" or reason(found) == "component-not-active"


def test_a_gateway_endpoint_hands_back_the_answer() -> None:
    found = ask(gateway(), APP, "s3")
    assert ("aws_vpc_endpoint.s3", "answer") in [(hop.component, hop.reason) for hop in found.back.hops]
    assert found.back.hops[-1].component == APP


def routed(service: str = "com.amazonaws.eu-west-1.s3", **more: Any) -> Things:
    """A route of the table names the endpoint; the endpoint names no tables."""
    things = gateway()
    things["aws_vpc_endpoint.s3"] |= {"route_tables": [], "service": service, **more}
    routes = [{"destination": "52.218.0.0/16", "target": "@aws_vpc_endpoint.s3"}]
    things["aws_route_table.m"]["routes"] = routes
    return things


def test_a_route_to_the_endpoint_is_as_good_as_a_table_it_names() -> None:
    assert ask(routed(), APP, "s3").verdict == "yes"
    assert ask(routed(), APP, "dynamodb").verdict == "no"
    things = routed()
    things["aws_route_table.m"]["routes"] = []
    assert ask(things, APP, "s3").verdict == "no"
    # Who asks an address of the list has asked the service; by that route nothing else goes.
    found = ask(routed(), APP, "52.218.3.4")
    assert (found.verdict, reason(found)) == ("no", "wrong-service-address")
    found = ask(routed(type=Unknown(Reason.NO_VALUE, "var.type")), APP, "52.218.3.4")
    assert (found.verdict, any("the type of endpoint s3" in one for one in found.depends_on)) == ("depends", True)


def test_a_route_to_an_endpoint_leads_on_where_it_exists_whatever_list_it_names() -> None:
    things = routed()
    things["aws_route_table.m"]["routes"] = [{"prefix_list": "pl-0123", "target": "@aws_vpc_endpoint.s3"}]
    assert ask(things, APP, "s3").verdict == "yes"
    made = world(routed())
    hole = Unknown(Reason.NO_VALUE, "var.count")
    resources = [
        msgspec.structs.replace(r, existence=hole if "endpoint" in r.urn else None) for r in made.resources.values()
    ]
    ground = Ground(Estate(resources, made.edges, made.unlinked))
    start, service = of_resource(ground, ground.estate.resources[APP]), of_word(ground, "s3")
    found = put(ground, Question(tuple(start), tuple(service), "tcp", (443, 443)))
    assert (found.verdict, found.depends_on[0][:17]) == ("depends", "whether s3 exists")
    found = put(ground, Question(tuple(start), tuple(of_word(ground, "52.218.3.4")), "tcp", (443, 443)))
    ends = {str(walk.drop.reason) for one in found.traced for walk in one.cases.walks if walk.drop}
    assert (found.verdict, ends) == ("no", {"component-not-active", "wrong-service-address"})


def test_a_route_to_an_interface_endpoint_makes_it_no_gateway() -> None:
    things = routed(type="Interface", subnets=["@aws_subnet.ends"], security_groups=["@aws_security_group.shut"])
    things["aws_security_group.shut"] = {"vpc": "@aws_vpc.v", "ingress": [], "egress": []}
    assert ask(things, APP, "s3").verdict == "no"
    things["aws_security_group.shut"]["ingress"] = [ANY]
    assert ask(things, APP, "s3").verdict == "yes"


def test_an_entry_of_a_list_that_is_no_range_lists_nothing() -> None:
    things = listed(entries=[{"cidr": "52.218.0.0"}, {"cidr": "no range"}])
    assert reason(ask(things, "s3", APP, source_address="52.218.0.0")) == "endpoint-starts-nothing"
    assert reason(ask(things, "s3", APP, source_address="52.218.0.1")) == "service-address-not-listed"


def test_an_interface_endpoint_starts_nothing_and_is_no_way_through() -> None:
    things = endpoint(closed())
    assert ask(things, APP, "aws_vpc_endpoint.end").verdict == "yes"
    assert ask(things, "aws_vpc_endpoint.end", APP).verdict == "no"


@pytest.mark.parametrize(("kind", "verdict"), [("Interface", "yes"), ("Gateway", "no"), ("GatewayLoadBalancer", "no")])
def test_only_an_interface_endpoint_is_a_door_to_its_service(kind: str, verdict: str) -> None:
    assert ask(endpoint(closed(), type=kind), APP, "sqs").verdict == verdict
    things = endpoint(closed(), type=Unknown(Reason.NO_VALUE, "var.type"))
    assert ask(things, APP, "sqs").verdict == "depends"
    things = endpoint(closed(), service=Unknown(Reason.NO_VALUE, "var.service"))
    assert ask(things, APP, "sqs").verdict == "depends"


def test_of_several_endpoints_the_one_of_the_own_vpc_is_asked_first() -> None:
    """vpc/latest/privatelink/manage-dns-names.html: its names lead to it inside its VPC."""
    things = endpoint(closed())
    things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"], "dns_support": True, "dns_hostnames": True}
    subnet(things, "far", "10.1.1.0/24", vpc="w")
    machine(things, "guest", "far", "10.1.1.10")
    table(things, "w", [], {}, vpc="w", main=True)
    things["aws_security_group.far"] = {"vpc": "@aws_vpc.w", "ingress": [ANY], "egress": []}
    things["aws_vpc_endpoint.far"] = {
        **things["aws_vpc_endpoint.end"],
        "vpc": "@aws_vpc.w",
        "subnets": ["@aws_subnet.far"],
        "security_groups": ["@aws_security_group.far"],
    }
    for client, name in ((APP, "end"), ("aws_instance.guest", "far")):
        found = ask(things, client, "sqs")
        assert (found.verdict, found.candidate.through if found.candidate else "") == ("yes", name)
        assert next(t.candidate.through for t in found.traced if t.candidate.through) == name
