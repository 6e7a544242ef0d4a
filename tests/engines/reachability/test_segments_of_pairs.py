"""What segments pass: sure where every place passes it that somebody may stand in; and what is left out is counted."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import pytest
from small_estates import database
from test_rules_of_stations import two
from written_estates import Things, machine, neighbours, world

from nephograph.engines.reachability.engine import Reachability
from nephograph.engines.reachability.left_out import left_out
from nephograph.engines.reachability.segments import Segments
from tests.support.holes import HOLE


def _of_vpc(things: Things) -> tuple[str, tuple[str, ...]]:
    """What the two interfaces of one VPC may send to each other, as one segment."""
    found = Reachability(world(things))
    value = next(r.value for r in Segments(found, "vpc").reaches if r.source == r.target)
    said = found.said(value)
    return said.verdict, said.depends_on


def _alone(things: Things) -> Things:
    """Without the second machine: the database is the only other one."""
    del things["aws_instance.b"]
    return things


def test_what_stands_in_one_of_several_subnets_passes_surely_what_it_passes_in_each() -> None:
    assert _of_vpc(_alone(database())) == ("depends", ("in which of its subnets d stands",))
    open_ = _alone(database())
    del open_["aws_network_acl.c"]
    assert _of_vpc(open_) == ("yes", ())


def test_two_that_stand_in_one_of_several_subnets_each_are_told_so() -> None:
    things = _alone(database())
    things["aws_db_instance.e"] = {**things["aws_db_instance.d"]}
    del things["aws_instance.a"]
    verdict, why = _of_vpc(things)
    assert verdict == "depends"
    assert set(why) == {"in which of its subnets d stands", "in which of its subnets e stands"}


def test_what_is_not_among_the_pairs_is_counted_and_named() -> None:
    things = two("transit")
    assert left_out(Reachability(world(things))) == ()
    things["aws_vpn_connection.line"] = {"transit_gateway": "@aws_ec2_transit_gateway.t", "state": "available"}
    things["aws_vpc_endpoint.s3"] = {"vpc": "@aws_vpc.v", "type": "Gateway", "service": "com.amazonaws.eu-west-1.s3"}
    things["aws_instance.a"]["private_ips"] = ["10.0.0.10", "10.0.0.11"]
    things["aws_globalaccelerator_accelerator.edge"] = {"enabled": True}
    found = {one.kind: one.names for one in left_out(Reachability(world(things)))}
    assert found == {"accelerators": ("edge",), "premises": ("line",), "services": ("s3",), "addresses": ("a",)}


@pytest.mark.parametrize(
    ("destination", "tier"), [("0.0.0.0/0", "unknown"), ("10.9.0.0/16", "isolated"), (HOLE, "unknown")]
)
def test_a_route_that_may_lead_to_the_internet_leaves_the_tier_open(destination: object, tier: str) -> None:
    things = neighbours()
    things["aws_route_table.m"]["routes"] = [{"destination": destination, "target": HOLE}]
    assert {segment.tier for segment in Segments(Reachability(world(things))).members} == {tier}


def test_neighbours_are_one_segment() -> None:
    things = neighbours()
    machine(things, "c", "a", "10.0.0.20")
    found = Segments(Reachability(world(things)), "vpc")
    assert [len(members) for members in found.members.values()] == [3]
