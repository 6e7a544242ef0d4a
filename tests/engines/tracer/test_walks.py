"""What single packets meet: gateways that rewrite, what is not known, loops, groups across gateways."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "network"))

from network_estates import LINKS, allow, estate, public_web

from nephograph.engines.tracer.ends import of_resource, of_word
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.hop import Hop
from nephograph.engines.tracer.question import Question, Reach, put
from nephograph.model.value import Reason, Unknown

Things = dict[str, dict[str, Any]]
LINKS.setdefault("aws_vpc_peering_connection", [("attached_to", "vpc"), ("attached_to", "peer_vpc")])
OPEN = [allow("all", 0, 65535, cidr="0.0.0.0/0")]


def ask(things: Things, source: str, target: str, protocol: str | None = "tcp", port: int | None = 443) -> Reach:
    ground = Ground(estate(things))

    def ends(word: str) -> Any:
        found = ground.estate.resources.get(word)
        return tuple(of_resource(ground, found) if found is not None else of_word(ground, word))

    return put(ground, Question(ends(source), ends(target), protocol, (port, port) if port is not None else None))


def steps(hops: tuple[Hop, ...]) -> list[tuple[str, str]]:
    return [(hop.kind, hop.decision) for hop in hops]


def private_behind_nat() -> Things:
    things = public_web()
    things["aws_security_group.web"]["egress"] = OPEN
    things["aws_subnet.back"] = {"vpc": "@aws_vpc.main", "cidr": "10.0.2.0/24"}
    things["aws_nat_gateway.nat"] = {"subnet": "@aws_subnet.front", "connectivity": "public"}
    things["aws_route_table.back"] = {
        "vpc": "@aws_vpc.main",
        "routes": [{"destination": "0.0.0.0/0", "target": "@aws_nat_gateway.nat"}],
        "subnets": [{"subnet": "@aws_subnet.back"}],
    }
    things["aws_instance.app"] = {"subnet": "@aws_subnet.back", "security_groups": ["@aws_security_group.web"]}
    return things


def test_a_private_instance_calls_out_through_nat_and_gets_its_answer() -> None:
    found = ask(private_behind_nat(), "aws_instance.app", "internet")
    assert found.verdict == "yes"
    assert ("NAT gateway", "rewrites") in steps(found.forward.hops)
    assert ("internet gateway", "rewrites") in steps(found.forward.hops)
    assert ("NAT gateway", "rewrites") in steps(found.back.hops)
    assert found.back.hops[-1].component == "aws_instance.app"


def test_nobody_comes_in_through_nat() -> None:
    found = ask(private_behind_nat(), "internet", "aws_instance.app")
    assert found.verdict == "no"
    assert found.forward.dropped_at == "aws_instance.app"


def test_a_list_that_refuses_some_ports_of_clients_leaves_the_answer_open_and_names_them() -> None:
    things = private_behind_nat()
    things["aws_network_acl.fence"] = {
        "vpc": "@aws_vpc.main",
        "subnets": [{"subnet": "@aws_subnet.back"}],
        "ingress": [{**allow("tcp", 32768, 60999, cidr="0.0.0.0/0"), "number": 100, "action": "allow"}],
        "egress": [{**allow("all", 0, 65535, cidr="0.0.0.0/0"), "number": 100, "action": "allow"}],
    }
    found = ask(things, "aws_instance.app", "internet")
    assert found.verdict == "depends"
    assert found.depends_on == ("the port the client sends from",)


def test_a_peering_whose_other_side_is_not_in_the_data_depends_and_names_it() -> None:
    things = public_web()
    things["aws_security_group.web"]["egress"] = OPEN
    gone = Unknown(Reason.NO_VALUE, "var.peer")
    things["aws_vpc_peering_connection.pair"] = {"vpc": "@aws_vpc.main", "peer_vpc": gone, "status": "active"}
    things["aws_route_table.public"]["routes"].append(
        {"destination": "10.7.0.0/16", "target": "@aws_vpc_peering_connection.pair"}
    )
    found = ask(things, "aws_instance.web", "10.7.1.1")
    assert found.verdict == "depends"
    assert "var.peer" in found.depends_on[0]


def test_routes_in_a_circle_end_with_a_reason() -> None:
    things = public_web()
    things["aws_security_group.web"].update(ingress=OPEN, egress=OPEN)
    for name, other in (("one", "two"), ("two", "one")):
        things[f"aws_subnet.{name}"] = {"vpc": "@aws_vpc.main", "cidr": f"10.0.{len(things)}.0/24"}
        things[f"aws_network_interface.{name}"] = {
            "subnet": f"@aws_subnet.{name}",
            "security_groups": ["@aws_security_group.web"],
            "source_dest_check": False,
        }
        things[f"aws_route_table.{name}"] = {
            "vpc": "@aws_vpc.main",
            "routes": [{"destination": "0.0.0.0/0", "target": f"@aws_network_interface.{other}"}],
            "subnets": [{"subnet": f"@aws_subnet.{name}"}],
        }
    things["aws_route_table.public"]["routes"] = [{"destination": "0.0.0.0/0", "target": "@aws_network_interface.one"}]
    found = ask(things, "aws_instance.web", "internet")
    assert found.verdict == "no"
    assert found.forward.hops[-1].reason == "loop"


def test_without_protocol_and_port_the_answer_holds_exactly_what_passes() -> None:
    things = public_web()
    things["aws_security_group.web"]["ingress"] = [
        allow("tcp", 443, 443, cidr="0.0.0.0/0"),
        allow("udp", 500, 510, cidr="8.8.8.0/24"),
    ]
    found = ask(things, "internet", "aws_instance.web", None, None)
    assert found.verdict == "yes"
    passes = [(one.protocol, one.low, one.high, one.verdict) for one in found.allowed]
    assert passes == [("tcp", 443, 443, "yes"), ("udp", 500, 510, "yes")]
    low = int.from_bytes(bytes((8, 8, 8, 0)))
    assert found.allowed[1].sources == ((low, low + 255),)


def test_members_of_a_group_are_known_in_their_vpc_and_not_by_address_alone() -> None:
    things = private_behind_nat()
    things["aws_security_group.db"] = {
        "vpc": "@aws_vpc.main",
        "ingress": [allow("tcp", 5432, 5432, group="@aws_security_group.web")],
    }
    things["aws_instance.db"] = {"subnet": "@aws_subnet.back", "security_groups": ["@aws_security_group.db"]}
    things["aws_instance.stranger"] = {"subnet": "@aws_subnet.back", "security_groups": ["@aws_security_group.db"]}
    assert ask(things, "aws_instance.app", "aws_instance.db", "tcp", 5432).verdict == "yes"
    found = ask(things, "aws_instance.stranger", "aws_instance.db", "tcp", 5432)
    assert found.forward.hops[-1].reason == "group-has-no-rules"


def test_lists_are_not_asked_inside_a_subnet() -> None:
    things = private_behind_nat()
    things["aws_security_group.web"]["ingress"] = OPEN
    things["aws_instance.next"] = {"subnet": "@aws_subnet.back", "security_groups": ["@aws_security_group.web"]}
    things["aws_network_acl.fence"] = {
        "vpc": "@aws_vpc.main",
        "subnets": [{"subnet": "@aws_subnet.back"}],
        "ingress": [],
        "egress": [],
    }
    assert ask(things, "aws_instance.app", "aws_instance.next").verdict == "yes"
    assert ask(things, "aws_instance.app", "aws_instance.web").verdict == "no"


def test_an_answer_that_leaves_by_another_address_is_lost() -> None:
    things = public_web()
    things["aws_subnet.other"] = {"vpc": "@aws_vpc.main", "cidr": "10.0.9.0/24"}
    things["aws_nat_gateway.nat"] = {"subnet": "@aws_subnet.other", "connectivity": "public"}
    things["aws_route_table.public"]["routes"] = [{"destination": "0.0.0.0/0", "target": "@aws_nat_gateway.nat"}]
    found = ask(things, "internet", "aws_instance.web")
    assert found.verdict == "no"
    assert found.back.hops[-1].reason == "answer-from-another-address"
