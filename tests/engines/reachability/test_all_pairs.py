"""All pairs at once: equal to the packet tracer, equal to the same without classes, true to what changes nothing."""

from __future__ import annotations

import copy
import json
import pathlib
import re
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from agreement import Comparison
from dense import dense
from random_networks import Maker, Things, build

from nephograph.engines.reachability.engine import Reachability, Traffic
from nephograph.model.value import Reason, Unknown

SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_pairs_equal_the_tracer_on_random_estates(seed: int) -> None:
    """In real estates, where addresses are said or not; blocks at once, and one by one."""
    assert list(Comparison(build(Maker(seed).make()), filled=bool(seed % 2)).differences()) == []


@pytest.mark.parametrize("seed", range(100, 106))
def test_all_pairs_equal_the_tracer_on_estates_of_code(seed: int) -> None:
    assert list(Comparison(build(Maker(seed).make(), "code"), filled=True).differences()) == []


def test_random_estates_hold_what_is_compared() -> None:
    """A generator whose packets all end early would prove nothing."""
    counts: dict[str, int] = {}
    for seed in range(8):
        comparison = Comparison(build(Maker(seed).make()), filled=False)
        assert list(comparison.differences()) == []
        for name, count in comparison.counts.items():
            counts[name] = counts.get(name, 0) + count
    assert all(counts.get(f"{what} sure", 0) > 10 for what in ("pair", "inward", "outward")), counts


@pytest.mark.parametrize("seed", range(200, 215))
def test_classes_lose_nothing(seed: int) -> None:
    """Every pair of interfaces with known addresses, by plain loops over rules and atoms."""
    found = Reachability(build(Maker(seed).make()))
    found.fill()
    for version in (4, 6):
        known = [i for i in found.inventory.all.values() if _known(found, i.urn, version)]
        for a in known:
            for b in known:
                if a.urn != b.urn:
                    value = found.between(a.urn, b.urn, version)
                    sure, open_ = dense(found, a.urn, b.urn, version)
                    mask = found.axis.all ^ found.axis.mask(_icmp(version))
                    assert (value.sure, value.open) == (sure & mask, open_ & mask), (a.urn, b.urn)


def _icmp(version: int):  # type: ignore[no-untyped-def]
    from nephograph.engines.reachability.traffic import Span

    return Span("icmpv6" if version == 4 else "icmp", 0, 255)


def _known(found: Reachability, urn: str, version: int) -> bool:
    interface = found.inventory.all[urn]
    places = interface.addresses.get(version, ())
    return interface.owner.startswith("aws_instance") and len(places) == 1 and places[0][0] == places[0][1]


def everything(things: Things) -> dict[tuple[str, str, int], Traffic]:
    found = Reachability(build(things))
    return {(a, b, v): found.traffic(a, b, v) for a in found.inventory.all for b in found.inventory.all for v in (4, 6)}


def rewritten(things: Things, pattern: str, by: str) -> Things:
    again: Things = json.loads(re.sub(pattern, by, json.dumps(things)))
    return again


@pytest.mark.parametrize("seed", range(300, 306))
def test_other_names_and_other_ranges_change_nothing(seed: int) -> None:
    things = Maker(seed).make()
    renamed = rewritten(things, r"(aws_(?:vpc|subnet|security_group|instance|route_table))\.(\w+)", r"\1.zz\2x")
    before, after = everything(things), everything(renamed)
    mapped = {
        tuple(re.sub(r"(aws_(?:subnet|instance))\.(\w+)", r"\1.zz\2x", str(part)) for part in key): value
        for key, value in before.items()
    }
    assert {tuple(map(str, key)): value.sure for key, value in after.items()} == {k: v.sure for k, v in mapped.items()}
    moved = rewritten(things, r'"10\.([0-9])\.', lambda m: f'"10.{int(m[1]) + 48}.')  # type: ignore[arg-type]
    wide = rewritten(moved, r'"10\.48\.0\.0/(8|15)"', lambda m: {"8": '"10.0.0.0/8"', "15": '"10.48.0.0/15"'}[m[1]])  # type: ignore[arg-type]
    assert {k: v.sure for k, v in everything(wide).items()} == {k: v.sure for k, v in before.items()}


@pytest.mark.parametrize("seed", range(400, 412))
def test_removing_a_deny_never_removes_reachability(seed: int) -> None:
    things = Maker(seed).make()
    before = Reachability(build(things))
    for key, config in things.items():
        if not key.startswith("aws_network_acl"):
            continue
        for direction in ("ingress", "egress"):
            for at, rule in enumerate(config[direction]):
                if rule["action"] != "deny":
                    continue
                less = copy.deepcopy(things)
                del less[key][direction][at]
                after = Reachability(build(less))
                for a in before.inventory.all:
                    for b in before.inventory.all:
                        # Atoms of the two differ: compare what was said.
                        _contains(after.traffic(a, b), before.traffic(a, b))


def _contains(wide: Traffic, narrow: Traffic) -> None:
    for span in narrow.sure:
        assert any(s.protocol == span.protocol and s.low <= span.low and span.high <= s.high for s in wide.sure) or (
            span.protocol not in ("tcp", "udp", "icmp", "icmpv6", "other")
        )


def small() -> Things:
    every = {"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": "0.0.0.0/0"}
    return {
        "aws_vpc.a": {"cidrs": ["10.0.0.0/16"], "ipv6_cidrs": []},
        "aws_vpc.b": {"cidrs": ["10.1.0.0/16"], "ipv6_cidrs": []},
        "aws_subnet.a": {"vpc": "@aws_vpc.a", "cidr": "10.0.1.0/24"},
        "aws_subnet.b": {"vpc": "@aws_vpc.b", "cidr": "10.1.1.0/24"},
        "aws_vpc_peering_connection.p": {"vpc": "@aws_vpc.a", "peer_vpc": "@aws_vpc.b", "status": "active"},
        "aws_route_table.a": {
            "vpc": "@aws_vpc.a",
            "routes": [{"destination": "10.1.0.0/16", "target": "@aws_vpc_peering_connection.p"}],
            "subnets": [{"subnet": "@aws_subnet.a"}],
        },
        "aws_route_table.b": {
            "vpc": "@aws_vpc.b",
            "routes": [{"destination": "10.0.0.0/16", "target": "@aws_vpc_peering_connection.p"}],
            "subnets": [{"subnet": "@aws_subnet.b"}],
        },
        "aws_security_group.all": {"vpc": "@aws_vpc.a", "ingress": [every], "egress": [every]},
        "aws_instance.a": {"subnet": "@aws_subnet.a", "security_groups": ["@aws_security_group.all"]},
        "aws_instance.b": {"subnet": "@aws_subnet.b", "security_groups": ["@aws_security_group.all"]},
    }


def asked(things: Things) -> Traffic:
    return Reachability(build(things)).traffic("aws_instance.a#aws_subnet.a", "aws_instance.b#aws_subnet.b")


def test_without_the_way_back_nothing_passes() -> None:
    things = small()
    assert asked(things).verdict == "yes"
    things["aws_route_table.b"]["routes"] = []
    assert asked(things).verdict == "no"


def test_what_is_not_known_is_named() -> None:
    things = small()
    things["aws_vpc_peering_connection.p"]["peer_vpc"] = Unknown(Reason.NO_VALUE, "var.peer")
    found = asked(things)
    assert found.verdict == "depends"
    assert any("var.peer" in text for text in found.depends_on)
    things = small()
    things["aws_security_group.all"]["ingress"] = Unknown(Reason.NO_VALUE, "var.rules")
    assert asked(things).depends_on == ("the ingress rules of all (var.rules: variable without a value)",)


def test_a_middlebox_leaves_the_answer_open() -> None:
    things = small()
    things["aws_network_interface.box"] = {"subnet": "@aws_subnet.a", "source_dest_check": False}
    things["aws_route_table.a"]["routes"][0]["target"] = "@aws_network_interface.box"
    found = asked(things)
    assert found.verdict == "depends"
    assert found.depends_on == ("what the middlebox box forwards",)
    things["aws_network_interface.box"]["source_dest_check"] = True
    assert asked(things).verdict == "no"


def test_routes_in_a_circle_end() -> None:
    things = small()
    things["aws_ec2_transit_gateway.t"] = {}
    for vpc in ("a", "b"):
        things[f"aws_ec2_transit_gateway_attachment.{vpc}"] = {
            "type": "vpc",
            "transit_gateway": "@aws_ec2_transit_gateway.t",
            "resource": f"@aws_vpc.{vpc}",
            "subnets": [f"@aws_subnet.{vpc}"],
        }
        things[f"aws_route_table.{vpc}"]["routes"] = [
            {"destination": "10.0.0.0/8", "target": "@aws_ec2_transit_gateway.t"}
        ]
    things["aws_ec2_transit_gateway_route_table.r"] = {
        "transit_gateway": "@aws_ec2_transit_gateway.t",
        "routes": [{"destination": "10.1.0.0/16", "attachment": "@aws_ec2_transit_gateway_attachment.a"}],
        "associations": [{"attachment": f"@aws_ec2_transit_gateway_attachment.{v}"} for v in ("a", "b")],
    }
    assert asked(things).verdict == "no"


def test_all_pairs_look_at_the_balancer_s_node_and_its_target() -> None:
    from nephograph.engines.reachability.through import through

    things = small()
    things["aws_lb.n"] = {
        "type": "network",
        "subnets": ["@aws_subnet.b"],
        "private_ips": ["10.1.1.9"],
        "scheme": "internal",
        "ip_address_type": "ipv4",
    }
    things["aws_lb_listener.l"] = {
        "load_balancer": "@aws_lb.n",
        "port": 443,
        "protocol": "TCP",
        "actions": [{"type": "forward", "target_group": "@aws_lb_target_group.g"}],
    }
    things["aws_lb_target_group.g"] = {
        "protocol": "TCP",
        "port": 8443,
        "target_type": "instance",
        "preserve_client_ip": False,
        "targets": [{"target": "@aws_instance.b", "health": "healthy"}],
    }
    found = Reachability(build(things))
    ends = ("aws_instance.a#aws_subnet.a", "aws_lb.n#aws_subnet.b", "aws_instance.b#aws_subnet.b")
    assert [(s.protocol, s.low, s.high) for s in found.said(through(found, *ends)).sure] == [("tcp", 443, 443)]
    things["aws_lb_target_group.g"]["targets"][0]["health"] = "draining"
    assert not through(Reachability(build(things)), *ends).open
    # Tasks of ECS are no registered targets: their service says where they register, and on which port.
    machine = things["aws_instance.b"]
    things["aws_ecs_service.s"] = {
        "subnets": ["@aws_subnet.b"],
        "security_groups": machine["security_groups"],
        "load_balancers": [{"target_group": "@aws_lb_target_group.g", "container": "web", "port": 80}],
    }
    tasks = (*ends[:2], "aws_ecs_service.s#aws_subnet.b")
    found = Reachability(build(things))
    assert [(s.protocol, s.low, s.high) for s in found.said(through(found, *tasks)).sure] == [("tcp", 443, 443)]
    things["aws_ecs_service.s"]["load_balancers"] = []
    assert not through(Reachability(build(things)), *tasks).open


@pytest.mark.parametrize("seed", range(500, 530))
def test_one_rule_changed_is_the_same_as_all_worked_out_anew(seed: int) -> None:
    maker = Maker(seed)
    things = maker.make()
    found = Reachability(build(things))
    found.fill()
    for _ in range(3):
        group = maker.random.choice([g for groups in maker.groups.values() for g in groups])
        low = maker.random.choice((22, 443, 1501, 40000, 7))
        rule = {"protocol": "tcp", "from_port": low, "to_port": low + 1, "cidr": maker.cidr()}
        for direction in ("ingress", "egress"):
            things[group][direction] = [*things[group][direction], rule]
        estate = build(things)
        if not found.change(estate.resources[group]):
            # A prefix that divides a class: nothing has changed.
            for direction in ("ingress", "egress"):
                things[group][direction] = things[group][direction][:-1]
            continue
        anew = Reachability(estate)
        for a in anew.inventory.all:
            for b in anew.inventory.all:
                for version in (4, 6):
                    assert found.traffic(a, b, version) == anew.traffic(a, b, version), (a, b)
            assert _ranges(found, a) == _ranges(anew, a)


def _ranges(found: Reachability, urn: str) -> set[tuple[int, int, Traffic]]:
    every = (*found.exposed(urn), *found.exposed(urn, 6))
    return {(low, high, found.said(each.value)) for each in every for low, high in each.addresses}


def joined_by_transit() -> Things:
    """Two VPCs behind a transit gateway that stands in two zones of each; both ends in zone b."""
    things = small()
    del things["aws_vpc_peering_connection.p"]
    things["aws_ec2_transit_gateway.t"] = {"security_group_referencing": True}
    routes, associations = [], []
    for vpc, number in (("a", 0), ("b", 1)):
        things[f"aws_subnet.{vpc}"]["availability_zone"] = "eu-west-1b"
        for zone, third in (("a", 8), ("b", 9)):
            subnet = f"aws_subnet.{vpc}t{zone}"
            cidr = f"10.{number}.{third}.0/24"
            things[subnet] = {"vpc": f"@aws_vpc.{vpc}", "cidr": cidr, "availability_zone": f"eu-west-1{zone}"}
        attachment = f"aws_ec2_transit_gateway_attachment.{vpc}"
        things[attachment] = {
            "type": "vpc",
            "transit_gateway": "@aws_ec2_transit_gateway.t",
            "resource": f"@aws_vpc.{vpc}",
            "subnets": [f"@aws_subnet.{vpc}ta", f"@aws_subnet.{vpc}tb"],
            "security_group_referencing": True,
        }
        route = {"destination": f"10.{1 - number}.0.0/16", "target": "@aws_ec2_transit_gateway.t"}
        things[f"aws_route_table.{vpc}"]["routes"] = [route]
        routes.append({"destination": f"10.{number}.0.0/16", "attachment": f"@{attachment}"})
        associations.append({"attachment": f"@{attachment}"})
    things["aws_ec2_transit_gateway_route_table.r"] = {
        "transit_gateway": "@aws_ec2_transit_gateway.t",
        "routes": routes,
        "associations": associations,
    }
    return things


def both_say(things: Things, verdict: str) -> None:
    assert asked(things).verdict == verdict
    assert list(Comparison(build(things), filled=True).differences()) == []


@pytest.mark.parametrize(("zone", "verdict"), [("a", "yes"), ("b", "no")])
def test_a_transit_gateway_keeps_to_the_zone_it_was_entered_by(zone: str, verdict: str) -> None:
    things = joined_by_transit()
    guarded = [{"subnet": f"@aws_subnet.bt{zone}"}]
    things["aws_network_acl.n"] = {"vpc": "@aws_vpc.b", "subnets": guarded, "ingress": [], "egress": []}
    both_say(things, verdict)


def test_groups_of_the_far_side_of_a_transit_gateway_are_known_inwards_alone() -> None:
    things = joined_by_transit()
    every = {"protocol": "all", "from_port": 0, "to_port": 65535}
    group = things["aws_security_group.all"]
    group["ingress"] = [{**every, "itself": True}]
    both_say(things, "yes")
    group["ingress"], group["egress"] = [{**every, "cidr": "0.0.0.0/0"}], [{**every, "itself": True}]
    both_say(things, "no")
