"""The parts of the packet oracle that need no root: what it generates, and the rules it writes."""

from __future__ import annotations

import ipaddress
import itertools

from scripts.net_oracle.filters import entries, group_rules
from scripts.net_oracle.generate import generate
from scripts.net_oracle.things import estate_of, of_kind
from scripts.net_oracle.wires import Wired


def test_a_seed_is_always_the_same_estate() -> None:
    assert generate(7) == generate(7)
    assert generate(7).things != generate(8).things


def test_estates_are_ones_that_aws_would_take() -> None:
    for seed in range(60):
        things = generate(seed).things
        assert not [lost for lost in estate_of(things).resources.values() if lost.kind == ""]
        for peering in of_kind(things, "aws_vpc_peering_connection").values():
            sides = [[ipaddress.ip_network(c) for c in things[peering[f][1:]]["cidrs"]] for f in ("vpc", "peer_vpc")]
            assert not any(a.overlaps(b) for a, b in itertools.product(*sides))
        for table in of_kind(things, "aws_route_table").values():
            destinations = [route["destination"] for route in table["routes"]]
            assert len(destinations) == len(set(destinations))


def test_a_list_is_written_in_the_order_of_its_numbers() -> None:
    rule = {"protocol": "tcp", "from_port": 80, "to_port": 81, "cidr": "10.0.0.0/8"}
    acl = {
        "ingress": [{**rule, "number": 20, "action": "allow"}, {**rule, "number": 3, "action": "deny"}],
        "egress": [],
    }
    lines = [line.strip() for line in entries(4, acl)]
    assert lines[1:4] == [
        "ip saddr 10.0.0.0/8 tcp dport 80-81 drop",
        "ip saddr 10.0.0.0/8 tcp dport 80-81 return",
        "drop",
    ]


def test_a_rule_for_a_group_holds_its_members_and_wants_to_know_the_sender() -> None:
    things = {
        "aws_security_group.g": {"ingress": [{"protocol": "all", "itself": True}], "egress": []},
        "aws_instance.a": {"private_ip": "10.0.0.5", "security_groups": ["@aws_security_group.g"]},
        "aws_instance.b": {"private_ip": "10.0.0.6", "security_groups": []},
    }
    assert "  ip saddr { 10.0.0.5 } ip dscp 0 return" in group_rules(things, ["@aws_security_group.g"])


def test_every_machine_has_a_namespace_of_its_own() -> None:
    case = generate(3)
    planned = Wired(case, "t")
    names = [planned.space(key) for key in of_kind(case.things, "aws_instance")]
    assert len(names) == len(set(names)) >= 3
