"""Services of AWS: by the internet, by gateway endpoints, by interface endpoints and what names lead to."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import ANY, Things, ask, deny, guard, machine, subnet, table

from nephograph.engines.tracer.services import short
from nephograph.model.value import Reason, Unknown


def closed() -> Things:
    """A machine in a VPC that leads nowhere."""
    things: Things = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"], "dns_support": True, "dns_hostnames": True}}
    subnet(things, "work", "10.0.1.0/24")
    subnet(things, "ends", "10.0.2.0/24")
    table(things, "m", [], {}, main=True)
    machine(things, "app", "work", "10.0.1.10")
    return things


def endpoint(things: Things, service: str = "com.amazonaws.eu-west-1.sqs", **more: Any) -> Things:
    things["aws_security_group.end"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": []}
    things["aws_vpc_endpoint.end"] = {
        "vpc": "@aws_vpc.v",
        "type": "Interface",
        "service": service,
        "private_dns": True,
        "subnets": ["@aws_subnet.ends"],
        "security_groups": ["@aws_security_group.end"],
        **more,
    }
    return things


def test_a_service_is_reached_by_an_interface_endpoint_where_nothing_else_leads_to_it() -> None:
    assert ask(closed(), "aws_instance.app", "sqs").verdict == "no"
    found = ask(endpoint(closed()), "aws_instance.app", "sqs")
    assert (found.verdict, found.candidate.through if found.candidate else "") == ("yes", "end")
    assert found.back.hops[-1].component == "aws_instance.app"


@pytest.mark.parametrize("service", ["com.amazonaws.eu-west-1.sns", "com.amazonaws.eu-west-1.ecr.api", "sqs.example"])
def test_an_endpoint_of_another_service_leads_to_that_one_only(service: str) -> None:
    assert ask(endpoint(closed(), service), "aws_instance.app", "sqs").verdict == "no"


@pytest.mark.parametrize(
    ("full", "word"),
    [
        ("com.amazonaws.eu-west-1.sqs", "sqs"),
        ("com.amazonaws.us-east-1.ecr.api", "ecr.api"),
        ("com.amazonaws.us-east-1.airflow.api", "airflow.api"),
        ("cn.com.amazonaws.cn-north-1.ec2", "ec2"),
        ("com.amazonaws.s3", "s3"),
        ("aws.sagemaker.eu-west-1.notebook", "notebook"),
        ("sqs", "sqs"),
        ("com.amazonaws.vpce.eu-west-1.vpce-svc-0abc", "eu-west-1.vpce-svc-0abc"),
    ],
)
def test_the_name_of_a_service_is_what_follows_the_region(full: str, word: str) -> None:
    assert short(full) == word


def test_two_services_whose_names_end_alike_are_two() -> None:
    things = endpoint(closed(), "com.amazonaws.eu-west-1.airflow.api")
    assert ask(things, "aws_instance.app", "ecr.api").verdict == "no"
    assert ask(things, "aws_instance.app", "com.amazonaws.eu-west-1.airflow.api").verdict == "yes"


def test_the_groups_of_the_endpoint_are_asked() -> None:
    things = endpoint(closed())
    things["aws_security_group.end"]["ingress"] = [{**ANY, "protocol": "tcp", "from_port": 80, "to_port": 80}]
    found = ask(things, "aws_instance.app", "sqs")
    assert found.verdict == "no"
    assert "aws_security_group.end" in {w.drop.component for t in found.traced for w in t.cases.walks if w.drop}


def test_an_endpoint_that_is_gone_leads_nowhere() -> None:
    assert ask(endpoint(closed(), state="deleted"), "aws_instance.app", "sqs").verdict == "no"


def test_by_which_name_an_endpoint_is_asked_is_said() -> None:
    def assumed(**more: Any) -> str:
        return " ".join(ask(endpoint(closed(), **more), "aws_instance.app", "sqs").assumptions)

    assert "a name of its own" not in assumed()
    assert "private DNS of end is off" in assumed(private_dns=False)
    assert "is not known" in assumed(private_dns=Unknown(Reason.NO_VALUE, "var.dns"))
    things = endpoint(closed())
    things["aws_vpc.v"]["dns_hostnames"] = False
    assert any("no DNS hostnames" in text for text in ask(things, "aws_instance.app", "sqs").assumptions)


def test_the_policy_of_an_endpoint_stops_no_packet_and_one_that_is_not_known_is_said() -> None:
    found = ask(endpoint(closed(), endpoint_policy=Unknown(Reason.NO_VALUE, "var.policy")), "aws_instance.app", "sqs")
    assert found.verdict == "yes"
    assert any("the policy of endpoint end" in text and "var.policy" in text for text in found.assumptions)
    assert not any("var.policy" in text for text in ask(endpoint(closed()), "aws_instance.app", "sqs").assumptions)


def open_too() -> Things:
    things = endpoint(closed())
    things["aws_internet_gateway.g"] = {"vpc": "@aws_vpc.v"}
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": "@aws_instance.app"}
    table(things, "work", ["work"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    return things


def test_where_names_lead_to_a_shut_endpoint_the_public_way_is_said_to_be_for_public_addresses() -> None:
    things = open_too()
    things["aws_security_group.end"]["ingress"] = []
    found = ask(things, "aws_instance.app", "sqs")
    assert found.verdict == "yes"
    assert any("its names lead to endpoint end" in text for text in found.assumptions)
    things["aws_vpc_endpoint.end"]["private_dns"] = False
    assert not any("its names lead" in text for text in ask(things, "aws_instance.app", "sqs").assumptions)


def test_another_vpc_asks_an_endpoint_over_its_peering() -> None:
    things = endpoint(closed())
    things["aws_vpc.w"] = {"cidrs": ["10.1.0.0/16"]}
    subnet(things, "far", "10.1.1.0/24", vpc="w")
    machine(things, "guest", "far", "10.1.1.10")
    things["aws_vpc_peering_connection.p"] = {"vpc": "@aws_vpc.v", "peer_vpc": "@aws_vpc.w", "status": "active"}
    assert ask(things, "aws_instance.guest", "sqs").verdict == "no"
    table(things, "far", ["far"], {"10.0.0.0/16": "aws_vpc_peering_connection.p"}, vpc="w")
    table(things, "ends", ["ends"], {"10.1.0.0/16": "aws_vpc_peering_connection.p"})
    found = ask(things, "aws_instance.guest", "sqs")
    assert found.verdict == "yes"
    assert any("in its own VPC only" in text for text in found.assumptions)


def test_nobody_on_the_internet_asks_a_service_through_an_endpoint() -> None:
    assert ask(endpoint(closed()), "internet", "sqs").verdict == "yes"
    assert ask(endpoint(closed()), "internet", "aws_vpc_endpoint.end").verdict == "no"


def gateway() -> Things:
    things = closed()
    things["aws_vpc_endpoint.s3"] = {
        "vpc": "@aws_vpc.v",
        "type": "Gateway",
        "service": "com.amazonaws.eu-west-1.s3",
        "route_tables": ["@aws_route_table.m"],
    }
    return things


def test_a_gateway_endpoint_leads_to_its_service_from_the_tables_that_have_it() -> None:
    things = gateway()
    assert ask(things, "aws_instance.app", "s3").verdict == "yes"
    assert ask(things, "aws_instance.app", "dynamodb").verdict == "no"
    assert ask(things, "aws_instance.app", "s3", "udp").verdict == "no"
    table(things, "work", ["work"], {})
    assert ask(things, "aws_instance.app", "s3").verdict == "no"


def test_the_list_of_the_sender_s_subnet_sees_what_goes_to_an_endpoint() -> None:
    for things in (gateway(), endpoint(closed())):
        guard(things, "work", [], deny("0.0.0.0/0"))
        for service in ("s3", "sqs"):
            assert ask(things, "aws_instance.app", service).verdict == "no"
