"""Balancers that lead to others, NAT and what it writes, gateways of a table, hubs whose zones are known in part."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_answers_read import through_a_box
from test_nat64 import HOST, six_alone
from test_regional_nat import HERE, OUT, behind
from test_rules_of_ends import behind_a_balancer, rule
from test_rules_of_gateways import BOTH_WAYS, ONLY_OUT, six
from test_rules_of_stations import by_group, reason, two
from test_targets_of_balancers import balancer, nested, network, straight
from test_tasks_on_machines import SERVICE, shared
from written_estates import ANY, ANY6, Things, ask, machine, subnet, table

from nephograph.model.value import Reason, Unknown

A, B, APP = "aws_instance.a", "aws_instance.b", "aws_instance.app"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")


def two_inner() -> Things:
    """A network balancer that leads to an empty application balancer by port 444, and by 443 to that of `app`."""
    things = nested()
    balancer(things, "aside", "application", 8080, ["front", "other"])
    things["aws_lb.aside"]["scheme"] = "internal"
    for key in ("aws_lb_listener", "aws_lb_target_group"):
        things[f"{key}.more"] = dict(things[f"{key}.outer"])
    more = {"port": 444, "actions": [{"type": "forward", "target_group": "@aws_lb_target_group.more"}]}
    things["aws_lb_listener.more"] |= more
    things["aws_lb_target_group.more"]["targets"] = [{"target": "@aws_lb.aside", "port": 8080, "health": "healthy"}]
    # What is written first is looked at first.
    first = [key for key in things if key.endswith(".more")]
    return {key: things[key] for key in [*first, *(key for key in things if key not in first)]}


def test_of_two_inner_balancers_the_one_that_leads_to_the_target_is_the_next() -> None:
    assert ask(two_inner(), "internet", APP, port=443).verdict == "yes"
    found = ask(two_inner(), "internet", APP, port=444)
    assert (found.verdict, reason(found)) == ("no", "listener-group-refuses")


def test_an_ipv6_target_is_spoken_to_by_ipv6() -> None:
    """elasticloadbalancing/latest/application/load-balancer-target-groups.html: a group of IPv6 addresses."""
    things = six()
    balancer(things, "web", "application", 443, ["b"], target_type="ip", ip_address_type="ipv6")
    things["aws_lb.web"] |= {"scheme": "internal", "ip_address_type": "dualstack"}
    things["aws_security_group.web"] |= {"ingress": [ANY6], "egress": [ANY6]}
    things["aws_lb_target_group.web"]["targets"] = [{"target": f"@{B}", "port": 80, "health": "healthy"}]
    things["aws_security_group.b"]["ingress"] = [rule(80, cidr="2600:1f00::/56")]
    (way,) = [t for t in ask(things, A, B).traced if t.candidate.through and t.candidate.version == 6]
    assert way.judged.verdict == "yes"


def test_a_balancer_sends_what_its_listener_says_and_a_gateway_balancer_geneve_alone() -> None:
    assert ask(behind_a_balancer(), "aws_lb.web", APP, port=8080).verdict == "yes"
    things = behind_a_balancer()
    things["aws_lb.web"]["type"] = "gateway"
    assert ask(things, "aws_lb.web", APP, "udp", 6081).verdict == "yes"
    assert reason(ask(things, "aws_lb.web", APP, "udp", 6082)) == "geneve-port-only"
    assert reason(ask(things, "aws_lb.web", APP, "tcp", 6081)) == "geneve-protocol-only"


def test_a_group_that_sends_to_others_says_to_whom() -> None:
    def others(*targets: str) -> list[str]:
        things = two_inner()
        things["aws_lb_target_group.more"]["target_type"] = "ip"
        things["aws_lb_target_group.more"]["targets"] = [{"target": one, "port": 80} for one in targets]
        found = ask(things, "internet", APP, port=444)
        last = [walk.forward[-1] for way in found.traced for walk in way.cases.walks]
        return sorted({one.text for hop in last if hop.reason == "listener-group-refuses" for one in hop.because})

    assert others("@aws_lb.aside", "10.0.3.7") == ["target group more sends to aside only"]
    assert others("10.0.3.7", "10.0.3.8") == ["target group more sends to 10.0.3.7, 10.0.3.8 only"]


def test_zones_of_another_vpc_are_not_asked_for() -> None:
    """elasticloadbalancing/latest/APIReference/API_TargetDescription.html: targets outside are of all zones."""
    things = two("peering")
    subnet(things, "front", "10.0.2.0/24")
    table(things, "front", ["front"], {"10.1.0.0/16": "aws_vpc_peering_connection.p"})
    balancer(things, "web", "application", 443, ["front"], target_type="ip")
    things["aws_lb.web"]["scheme"] = "internal"
    things["aws_lb_target_group.web"]["targets"] = [{"target": f"@{B}", "port": 80, "health": "healthy"}]
    things["aws_subnet.b"]["availability_zone"] = "eu-west-1b"
    (way,) = [t for t in ask(things, A, B).traced if t.candidate.through]
    assert way.judged.verdict == "yes", [w.drop.reason for w in way.cases.walks if w.drop]


def test_a_port_that_is_not_known_is_told_as_such() -> None:
    found = ask(shared(), "internet", SERVICE, port=443)
    assert any("port that container web of app has on its machine" in hop.text for hop in found.forward.hops)


def private_nat(things: Things, to: str) -> Things:
    """What `a` sends to the range leaves through a private NAT gateway of its VPC."""
    subnet(things, "nat", "10.0.7.0/24")
    nat = {"subnet": "@aws_subnet.nat", "private_ip": "10.0.7.4", "connectivity": "private"}
    things["aws_nat_gateway.n"] = nat
    beyond = {key["destination"]: key["target"].removeprefix("@") for key in things["aws_route_table.a"]["routes"]}
    table(things, "nat", ["nat"], beyond)
    table(things, "a", ["a"], {to: "aws_nat_gateway.n"})
    return things


@pytest.mark.parametrize("joined", ["peering", "transit"])
def test_behind_nat_nobody_knows_the_group_of_who_asked(joined: str) -> None:
    assert ask(private_nat(two(joined), "10.1.0.0/16"), A, B).verdict == "yes"
    things = by_group(private_nat(two(joined), "10.1.0.0/16"), "b", "ingress", "a")
    found = ask(things, A, B)
    assert (found.verdict, reason(found)) == ("no", "group-reference-lost")


def test_nat_carries_no_other_protocols_and_says_which() -> None:
    found = ask(behind(HERE, False), A, OUT, "other", None)
    assert (found.verdict, reason(found)) == ("no", "protocol-not-carried")
    assert found.forward.hops[-1].text.endswith("not protocols other than these")
    assert ask(behind(HERE, False), A, OUT, "47", None).forward.hops[-1].text.endswith("not 47")


@pytest.mark.parametrize("regional", [False, True])
def test_nat64_is_told(regional: bool) -> None:
    more = {"vpc": "@aws_vpc.v", "availability": "regional"} if regional else {}
    found = ask(six_alone(**more), A, HOST)
    assert any("NAT64" in hop.text for hop in found.forward.hops if hop.kind == "NAT gateway")


def test_the_table_of_a_regional_gateway_sees_the_address_nat64_made() -> None:
    things = six_alone(vpc="@aws_vpc.v", availability="regional", route_table="@aws_route_table.n")
    table(things, "n", [], {"0.0.0.0/0": "aws_internet_gateway.g"})
    assert ask(things, A, HOST).verdict == "yes"
    table(things, "n", [], {"::/0": "aws_internet_gateway.g"})
    assert reason(ask(things, A, HOST)) == "no-route"


def test_a_regional_gateway_leads_out_by_the_internet_gateway_of_its_own_vpc() -> None:
    things = behind(HERE, False, route_table="@aws_route_table.n")
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"]}
    things["aws_internet_gateway.w"] = {"vpc": "@aws_vpc.w"}
    table(things, "n", [], {"0.0.0.0/0": "aws_internet_gateway.w"})
    found = ask(things, A, OUT)
    assert (found.verdict, reason(found)) == ("no", "attachment-not-active")
    things = behind(HERE, False)
    del things["aws_internet_gateway.g"]
    things["aws_vpc.v"]["default"] = True
    assert ask(things, A, OUT).verdict == "yes"


def two_of_ipv6() -> Things:
    """`a` leaves by an egress-only gateway; `far`, in another VPC, is asked by its IPv6 address."""
    things = six()
    table(things, "a", ["a"], ONLY_OUT)
    things["aws_vpc.w"] = {"cidrs": ["10.9.0.0/16"], "ipv6_cidrs": ["2600:1f00:9::/56"]}
    things["aws_internet_gateway.w"] = {"vpc": "@aws_vpc.w"}
    subnet(things, "far", "10.9.1.0/24", vpc="w", ipv6_cidr="2600:1f00:9::/64")
    machine(things, "far", "far", "10.9.1.10", ipv6_addresses=["2600:1f00:9::10"])
    table(things, "far", ["far"], {"::/0": "aws_internet_gateway.w"}, vpc="w")
    return things


def test_over_the_internet_nobody_knows_the_group_of_who_asked() -> None:
    assert ask(two_of_ipv6(), A, "2600:1f00:9::10").verdict == "yes"
    found = ask(by_group(two_of_ipv6(), "far", "ingress", "a"), A, "2600:1f00:9::10")
    assert (found.verdict, reason(found)) == ("no", "group-reference-lost")


def test_a_vpc_with_an_egress_only_gateway_alone_has_no_way_in_for_ipv4() -> None:
    things = six()
    del things["aws_internet_gateway.g"]
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": f"@{A}"}
    found = ask(things, "internet", "203.0.113.9")
    assert (found.verdict, reason(found)) == ("no", "attachment-not-active")


def test_the_table_of_a_gateway_may_name_the_interface_of_the_machine_in_the_way() -> None:
    """vpc/latest/userguide/gateway-route-tables.html: a route of it leads to an interface."""
    things = through_a_box()
    assert ask(things, "internet", A).verdict == "yes"
    box = things["aws_instance.box"]
    things["aws_network_interface.box"] = {key: value for key, value in box.items() if key != "public_ip"}
    things["aws_eip.box"] = {"public_ip": "203.0.113.8", "interface": "@aws_network_interface.box"}
    things["aws_instance.box"] = {"interfaces": [{"interface": "@aws_network_interface.box"}]}
    things["aws_route_table.edge"]["routes"][0]["target"] = "@aws_network_interface.box"
    assert ask(things, "internet", A).verdict == "yes"


def test_by_ipv6_too_what_comes_in_through_a_machine_goes_out_through_it() -> None:
    things = six()
    table(things, "a", ["a"], BOTH_WAYS)
    subnet(things, "box", "10.0.9.0/24", ipv6_cidr="2600:1f00:0:9::/64")
    machine(things, "box", "box", "10.0.9.10", source_dest_check=False, ipv6_addresses=["2600:1f00:0:9::10"])
    table(things, "box", ["box"], BOTH_WAYS)
    to_box = {"destination": "2600:1f00::/64", "target": "@aws_instance.box"}
    edge = {"vpc": "@aws_vpc.v", "subnets": [], "gateway": "@aws_internet_gateway.g", "routes": [to_box]}
    things["aws_route_table.edge"] = {**edge, "gateways": [{"gateway": "@aws_internet_gateway.g"}]}
    found = ask(things, "internet", "2600:1f00::10")
    assert (found.verdict, reason(found)) == ("no", "redirected-way-back")
    table(things, "a", ["a"], {"::/0": "aws_instance.box"})
    assert ask(things, "internet", "2600:1f00::10").verdict == "yes"


def hub(zone: Any, *subnets: Any) -> Things:
    """`a` stands in a subnet of a zone and leaves by a hub that is attached in some subnets."""
    things = two("transit")
    things["aws_subnet.a"]["availability_zone"] = zone
    subnet(things, "unsaid", "10.0.4.0/24", availability_zone=None)
    subnet(things, "near", "10.0.5.0/24")
    table(things, "unsaid", ["unsaid", "near"], {"10.1.0.0/16": "aws_ec2_transit_gateway.t"})
    things["aws_ec2_transit_gateway_attachment.v"]["subnets"] = list(subnets)
    return things


@pytest.mark.parametrize(
    ("zone", "subnets", "verdict"),
    [
        # Attached in the sender's own subnet: whatever its zone is.
        (None, ["@aws_subnet.a"], "yes"),
        (None, ["@aws_subnet.near", "@aws_subnet.a"], "yes"),
        (None, ["@aws_subnet.near"], "depends"),
        ("eu-west-1a", ["@aws_subnet.near"], "yes"),
        ("eu-west-1a", ["@aws_subnet.unsaid"], "depends"),
        ("eu-west-1b", ["@aws_subnet.near"], "no"),
    ],
)
def test_a_hub_is_reached_from_the_zones_it_is_attached_in(zone: Any, subnets: list[Any], verdict: str) -> None:
    """vpc/latest/tgw/tgw-vpc-attachments.html: only what is in a zone of the attachment reaches the gateway."""
    assert ask(hub(zone, *subnets), A, B).verdict == verdict


def test_where_the_zone_is_not_said_subnets_that_are_not_known_are_what_it_hangs_on() -> None:
    found = ask(hub(None, "@aws_subnet.unsaid", HOLE), A, B)
    assert (found.verdict, found.depends_on) == ("depends", ("the subnets of attachment v",))
    assert found.forward.verdict == "depends"
    # From the attachment's own subnet it is reached; by which one the answer comes is not known.
    found = ask(hub(None, "@aws_subnet.a", HOLE), A, B)
    assert (found.verdict, found.forward.verdict) == ("depends", "yes")


def test_tasks_with_interfaces_of_their_own_get_no_address_from_their_subnet() -> None:
    """AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html: assignPublicIp is off unless it is said."""
    things = network()
    table(things, "back", ["back"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    things["aws_subnet.back"]["public_ip_on_launch"] = True
    things["aws_security_group.task"] = {"vpc": "@aws_vpc.v", "ingress": [ANY], "egress": [ANY]}
    service = {"subnets": ["@aws_subnet.back"], "security_groups": ["@aws_security_group.task"]}
    things["aws_ecs_service.task"] = dict(service)
    assert ask(things, "aws_ecs_service.task", "198.51.100.7").verdict == "no"
    things["aws_ecs_service.task"]["public_ip"] = True
    assert ask(things, "aws_ecs_service.task", "198.51.100.7").verdict == "yes"


def test_who_asks_a_machine_by_its_balancer_keeps_the_source_check_of_the_balancer_out_of_it() -> None:
    things = straight(health="healthy")
    found = ask(things, "198.51.100.7", APP)
    assert found.verdict == "yes"
    assert "sends" not in [hop.decision for hop in found.forward.hops[1:]]
