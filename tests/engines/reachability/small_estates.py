"""Small estates in which one thing each decides, beside those that are written for the tracer."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "tracer"))

from test_rules_of_stations import by_group, two
from test_targets_of_balancers import network, straight
from written_estates import ANY, Things, machine, neighbours, subnet, table

REFUSED = {"protocol": "tcp", "from_port": 443, "to_port": 443}


def other_zone(**balancer: object) -> Things:
    """A machine in a zone that the balancer in front is enabled in, and its only node with an address not."""
    things = straight(health="healthy")
    things["aws_subnet.back"]["availability_zone"] = "eu-west-1b"
    things["aws_lb.nlb"].update(subnets=["@aws_subnet.front", "@aws_subnet.other"], cross_zone=False, **balancer)
    return things


def not_enabled() -> Things:
    """A machine in a zone that the balancer in front is not enabled in."""
    things = straight(health="healthy")
    things["aws_subnet.back"]["availability_zone"] = "eu-west-1c"
    return things


def classic() -> Things:
    """A machine behind a classic balancer."""
    things = network()
    machine(things, "app", "back", "10.0.2.10")
    things["aws_security_group.old"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": [ANY]}
    things["aws_elb.old"] = {
        "scheme": "internet-facing",
        "subnets": ["@aws_subnet.front"],
        "security_groups": ["@aws_security_group.old"],
        "instances": ["@aws_instance.app"],
        "listeners": [{"port": 443, "protocol": "TCP", "instance_port": 80}],
        "cross_zone": True,
    }
    return things


def database() -> Things:
    """A database in one of two subnets, of which one is guarded by its list; and a machine."""
    things = neighbours()
    subnet(things, "c", "10.0.2.0/24")
    deny = [{**ANY, "number": 1, "action": "deny"}]
    things["aws_network_acl.c"] = {
        "vpc": "@aws_vpc.v",
        "subnets": [{"subnet": "@aws_subnet.c"}],
        "ingress": deny,
        "egress": deny,
    }
    things["aws_db_subnet_group.g"] = {"subnets": ["@aws_subnet.b", "@aws_subnet.c"]}
    things["aws_db_instance.d"] = {
        "subnet_group": "@aws_db_subnet_group.g",
        "security_groups": ["@aws_security_group.b"],
        "port": 5432,
    }
    return things


def down(kind: str, field: str, state: str, make: Callable[[], Things]) -> Things:
    """Something on the way that carries nothing."""
    things = make()
    for key in things:
        if key.startswith(f"{kind}."):
            things[key][field] = state
    return things


def with_nat(**gateway: object) -> Things:
    """A machine behind a NAT gateway, zonal or regional."""
    things = network()
    machine(things, "app", "back", "10.0.2.10")
    things["aws_nat_gateway.n"] = {
        "subnet": "@aws_subnet.front",
        "connectivity": "public",
        "private_ip": "10.0.1.9",
        **gateway,
    }
    table(things, "back", ["back"], {"0.0.0.0/0": "aws_nat_gateway.n"})
    return things


def regional() -> Things:
    """A machine behind a regional NAT gateway that serves its zone."""
    things = with_nat(vpc="@aws_vpc.v", availability="regional", auto_zones=False, zones=[{"zone": "eu-west-1a"}])
    del things["aws_nat_gateway.n"]["subnet"]
    return things


def guarded_hub() -> Things:
    """Two VPCs and a transit gateway, with the prefixes of one in a prefix list."""
    things = two("transit")
    things["aws_ec2_managed_prefix_list.far"] = {"entries": [{"cidr": "10.1.0.0/16"}, {"cidr": "10.2.0.0/16"}]}
    return things


SMALL: dict[str, Callable[[], Things]] = {
    "a peering, out by group": lambda: by_group(two("peering"), "a", "egress", "b"),
    "a balancer that does not cross zones": other_zone,
    "a balancer that does": lambda: other_zone() | {"aws_lb.nlb": {**other_zone()["aws_lb.nlb"], "cross_zone": True}},
    "a balancer that is not enabled there": not_enabled,
    "a classic balancer": classic,
    "a database in one of two subnets": database,
    "a peering that is gone": lambda: down("aws_vpc_peering_connection", "status", "deleted", lambda: two("peering")),
    "a NAT gateway that failed": lambda: with_nat(state="failed"),
    "a NAT gateway that is private": lambda: with_nat(connectivity="private"),
    "a balancer that failed": lambda: down("aws_lb", "state", "failed", straight),
    "a hub with an attachment that is gone": lambda: down(
        "aws_ec2_transit_gateway_attachment", "state", "deleted", lambda: two("transit")
    ),
    "a regional NAT gateway": regional,
    "a hub and a prefix list": guarded_hub,
}
