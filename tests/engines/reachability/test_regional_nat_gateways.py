"""Regional NAT gateways in random estates: both engines say the same of whom they serve and what they carry."""

from __future__ import annotations

import pathlib
import random
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from agreement import Comparison
from random_networks import Maker, Things, build

from nephograph.engines.reachability.engine import Reachability
from nephograph.model.value import Reason, Unknown

UNKNOWN = Unknown(Reason.NO_VALUE, "var.zones")


def regional(seed: int) -> Things:
    """A random estate whose NAT gateways are regional, with zones and tables that are known or not."""
    things = Maker(seed).make()
    dice = random.Random(seed)
    for vpc in [key for key in things if key.startswith("aws_vpc.")]:
        short = vpc.partition(".")[2]
        key = f"aws_nat_gateway.{short}"
        zones: list[Any] = [{"zone": f"eu-west-1{z}"} for z in "abc" if dice.random() < 0.4]
        if dice.random() < 0.2:
            zones.append({"zone": UNKNOWN})
        things[key] = {
            "vpc": f"@{vpc}",
            "availability": "regional",
            "connectivity": "public",
            "zones": dice.choice((zones, zones, zones, None, UNKNOWN)),
            "auto_zones": dice.choice((False, False, True, None, UNKNOWN)),
            "state": "available",
        }
        if dice.random() < 0.3:
            things[key]["routes"] = [{"destination": dice.choice(("198.51.100.0/24", "10.0.0.0/8", UNKNOWN))}]
        own = f"aws_route_table.{short}n"
        if dice.random() < 0.4:
            things[key]["route_table"] = f"@{own}"
        if dice.random() < 0.8:
            targets = [t for t in (f"aws_internet_gateway.{short}", "aws_ec2_transit_gateway.t") if t in things]
            routes = [{"destination": "0.0.0.0/0", "target": f"@{dice.choice(targets)}"}] if targets else []
            if dice.random() < 0.3:
                routes.append({"destination": "198.51.100.0/24", "target": None, "blackhole": True})
            things[own] = {"vpc": f"@{vpc}", "main": False, "subnets": [], "routes": routes}
        for name, config in things.items():
            if name.startswith(f"aws_route_table.{short}t") and dice.random() < 0.7:
                others = [r for r in config["routes"] if r.get("destination") != "0.0.0.0/0"]
                config["routes"] = [*others, {"destination": "0.0.0.0/0", "target": f"@{key}"}]
    return things


@pytest.mark.parametrize("seed", range(500, 514))
def test_both_engines_say_the_same_of_regional_nat_gateways(seed: int) -> None:
    assert list(Comparison(build(regional(seed)), filled=bool(seed % 2)).differences()) == []


def test_some_get_out_through_them_some_perhaps_and_some_not() -> None:
    verdicts = set()
    for seed in range(500, 512):
        found = Reachability(build(regional(seed)))
        for urn, interface in found.inventory.all.items():
            if interface.owner.startswith("aws_instance"):
                ranges = found.outward(urn)
                verdicts.add("yes" if any(r.value.sure for r in ranges) else "depends" if ranges else "no")
    assert verdicts == {"yes", "depends", "no"}


def small(**gateway: Any) -> Things:
    """Machines in three subnets that are alike but for their zones, and lead to one NAT gateway."""
    every = {"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": "0.0.0.0/0"}
    things: Things = {
        "aws_vpc.v": {"cidrs": ["10.0.0.0/16"], "ipv6_cidrs": []},
        "aws_internet_gateway.g": {"vpc": "@aws_vpc.v"},
        "aws_security_group.all": {"vpc": "@aws_vpc.v", "ingress": [every], "egress": [every]},
        "aws_nat_gateway.n": {"connectivity": "public", **gateway},
        "aws_route_table.t": {
            "vpc": "@aws_vpc.v",
            "routes": [{"destination": "0.0.0.0/0", "target": "@aws_nat_gateway.n"}],
            "subnets": [{"subnet": f"@aws_subnet.{z}"} for z in "abc"],
        },
    }
    for number, zone in enumerate(("eu-west-1a", "eu-west-1b", UNKNOWN)):
        name = "abc"[number]
        things[f"aws_subnet.{name}"] = {"vpc": "@aws_vpc.v", "cidr": f"10.0.{number}.0/24", "availability_zone": zone}
        things[f"aws_instance.{name}"] = {
            "subnet": f"@aws_subnet.{name}",
            "security_groups": ["@aws_security_group.all"],
            "private_ip": f"10.0.{number}.10",
        }
    return things


def test_zones_tell_subnets_apart_that_are_alike_otherwise() -> None:
    zones = [{"zone": "eu-west-1a"}]
    things = small(vpc="@aws_vpc.v", availability="regional", zones=zones, auto_zones=False)
    found = Reachability(build(things))
    a, b, c = (found.outward(f"aws_instance.{name}#aws_subnet.{name}") for name in "abc")
    assert a[0].value.sure
    assert b == ()
    assert not c[0].value.sure
    assert found.said(c[0].value).depends_on == ("whether regional NAT gateway n serves that zone",)
    assert list(Comparison(build(things), filled=True).differences()) == []


@pytest.mark.parametrize("zonal", [True, False])
def test_what_a_nat_gateway_hands_back_has_the_address_of_whoever_answered(zonal: bool) -> None:
    """The list of the sender's subnet is asked about that address, and not about the gateway's."""
    things = small(vpc="@aws_vpc.v", availability="regional")
    if zonal:
        things = small(subnet="@aws_subnet.front", private_ip="10.0.9.9", public_ip="203.0.113.7")
        things["aws_subnet.front"] = {"vpc": "@aws_vpc.v", "cidr": "10.0.9.0/24", "availability_zone": "eu-west-1a"}
        out = [{"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.g"}]
        mine = [{"subnet": "@aws_subnet.front"}]
        things["aws_route_table.front"] = {"vpc": "@aws_vpc.v", "routes": out, "subnets": mine}
    every = {"protocol": "all", "from_port": 0, "to_port": 65535, "icmp_type": None}
    allow = {**every, "number": 9, "action": "allow", "cidr": "0.0.0.0/0"}
    things["aws_network_acl.a"] = {
        "vpc": "@aws_vpc.v",
        "subnets": [{"subnet": "@aws_subnet.a"}],
        "ingress": [{**every, "number": 1, "action": "deny", "cidr": "198.51.100.0/24"}, allow],
        "egress": [allow],
    }
    found = Reachability(build(things))
    ranges = [low_high for r in found.outward("aws_instance.a#aws_subnet.a") for low_high in r.addresses]
    refused = (198 << 24) + (51 << 16) + (100 << 8)
    assert ranges
    assert not any(low <= refused <= high for low, high in ranges)
    assert list(Comparison(build(things), filled=False).differences()) == []
