"""A machine that forwards: its groups let the packet in, and let it out again."""

from __future__ import annotations

from typing import Any

import pytest

from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.places import interfaces_of
from nephograph.engines.tracer.question import Question, Reach, put
from scripts.net_oracle.things import estate_of

ANY = {"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": "0.0.0.0/0"}


def through_a_box(egress: list[dict[str, Any]]) -> Reach:
    """`a` reaches `b` through `box`, whose own group lets everything in and these out."""
    things: dict[str, dict[str, Any]] = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}}
    for number, name in enumerate(("a", "b", "box")):
        things[f"aws_subnet.{name}"] = {"vpc": "@aws_vpc.v", "cidr": f"10.0.{number}.0/24"}
        things[f"aws_security_group.{name}"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": [ANY]}
        things[f"aws_instance.{name}"] = {
            "subnet": f"@aws_subnet.{name}",
            "private_ip": f"10.0.{number}.10",
            "security_groups": [f"@aws_security_group.{name}"],
            "source_dest_check": name != "box",
        }
    things["aws_security_group.box"]["egress"] = egress
    things["aws_route_table.a"] = {
        "vpc": "@aws_vpc.v",
        "subnets": [{"subnet": "@aws_subnet.a"}],
        "routes": [{"destination": "10.0.1.0/24", "target": "@aws_instance.box"}],
    }
    things["aws_route_table.m"] = {"vpc": "@aws_vpc.v", "main": True, "subnets": [], "routes": []}
    ground = Ground(estate_of(things))
    ends = [tuple(interfaces_of(ground, ground.estate.resources[f"aws_instance.{name}"])) for name in ("a", "b")]
    return put(ground, Question(ends[0], ends[1], "tcp", (443, 443), 40000))


def test_a_box_whose_groups_let_nothing_out_forwards_nothing() -> None:
    found = through_a_box([])
    assert found.verdict == "no"
    assert found.forward.dropped_at == "aws_security_group.box"


@pytest.mark.parametrize("low", [443, 444])
def test_the_way_out_of_a_box_is_judged_by_the_port_that_is_asked_for(low: int) -> None:
    rule = {"protocol": "tcp", "from_port": low, "to_port": 500, "cidr": "10.0.1.0/24"}
    assert through_a_box([rule]).verdict == ("yes" if low == 443 else "no")
