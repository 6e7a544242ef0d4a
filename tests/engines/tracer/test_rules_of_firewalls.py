"""Network Firewall: which rules meet a packet, what its two engines remember, and what is open if it is not known."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_holes import holes
from test_rules_of_stations import reason
from written_estates import ANY, ANY6, Things, ask, deny, guard, neighbours, subnet, table

from nephograph.model.value import Reason, Unknown

A, B = "aws_instance.a", "aws_instance.b"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")
PASS: dict[str, Any] = {"priority": 9, "actions": ["aws:pass"]}
NO_RULE = {"priority": 1, "actions": ["aws:drop"]}


def walled(policy: dict[str, Any] | None = None, zones: tuple[str, ...] = ("a",)) -> Things:
    """What `a` and `b` send each other goes through a firewall; its policy forwards everything to stateful rules."""
    things = neighbours()
    for number, zone in enumerate(zones):
        subnet(things, f"wall-{zone}", f"10.0.{8 + number}.0/24", zone=zone)
    things["aws_networkfirewall_firewall.f"] = {
        "vpc": "@aws_vpc.v",
        "subnets": [f"@aws_subnet.wall-{zone}" for zone in zones],
        "policy": "@aws_networkfirewall_firewall_policy.p",
    }
    things["aws_networkfirewall_firewall_policy.p"] = {
        "rule_order": "DEFAULT_ACTION_ORDER",
        "stateless_default_actions": ["aws:forward_to_sfe"],
        **(policy or {}),
    }
    table(things, "a", ["a"], {"10.0.1.0/24": "aws_networkfirewall_firewall.f"})
    table(things, "b", ["b"], {"10.0.0.0/24": "aws_networkfirewall_firewall.f"})
    return things


def group(things: Things, name: str, field: str, rules: object, priority: Any = None, **more: Any) -> Things:
    """One more rule group of the policy, after those that are there."""
    kind = "stateless" if field == "stateless_rules" else "stateful"
    things[f"aws_networkfirewall_rule_group.{name}"] = {"type": kind.upper(), field: rules, **more}
    policy = things["aws_networkfirewall_firewall_policy.p"]
    one = {"group": f"@aws_networkfirewall_rule_group.{name}", "priority": priority}
    policy[f"{kind}_groups"] = [*policy.get(f"{kind}_groups", []), one]
    return things


def stateless(*rules: dict[str, Any], default: str = "aws:drop") -> Things:
    return group(walled({"stateless_default_actions": [default]}), "less", "stateless_rules", list(rules), 1)


def stateful(*rules: dict[str, Any], **policy: Any) -> Things:
    return group(walled(policy), "full", "stateful_rules", list(rules))


def rule(action: str = "drop", **more: Any) -> dict[str, Any]:
    """A stateful rule about everything."""
    said = {"protocol": "tcp", "source": "any", "source_port": "any", "direction": "forward"}
    return {"action": action, **said, "destination": "any", "destination_port": "any", **more}


@pytest.mark.parametrize(
    ("match", "verdict"),
    [
        ({}, "no"),
        ({"protocols": ["tcp"]}, "no"),
        ({"protocols": ["udp"]}, "yes"),
        ({"protocols": ["udp", "all"]}, "no"),
        ({"sources": ["10.0.0.0/24"]}, "no"),
        ({"sources": ["10.0.1.0/24"], "destinations": ["10.0.1.0/24"]}, "yes"),
        ({"sources": ["10.0.7.0/24", "any"], "destinations": ["ANY"]}, "no"),
        ({"sources": ["::/0", "not a range"]}, "yes"),
        ({"destinations": ["10.0.1.10/32"]}, "no"),
        ({"destinations": ["10.0.1.11/32"]}, "yes"),
        ({"source_ports": [{"from_port": 40000, "to_port": 40000}]}, "no"),
        ({"source_ports": [{"from_port": 40001, "to_port": 65535}]}, "yes"),
        ({"destination_ports": [{"from_port": 1, "to_port": 442}, {"from_port": 443, "to_port": 443}]}, "no"),
        ({"destination_ports": [{"from_port": 1, "to_port": 442}]}, "yes"),
        ({"destination_ports": [{"from_port": None, "to_port": 443}]}, "no"),
        ({"destination_ports": [{"from_port": 443, "to_port": None}]}, "no"),
        ({"sources": ["10.0.0.0/24"], "destination_ports": [{"from_port": 444, "to_port": None}]}, "yes"),
        ({"tcp_flags": [{"flags": ["SYN"], "masks": ["SYN", "ACK"]}]}, "depends"),
    ],
)
def test_a_stateless_rule_is_about_protocol_addresses_and_ports(match: dict[str, Any], verdict: str) -> None:
    """network-firewall/latest/developerguide/stateless-rule-groups-5-tuple.html: what is not said matches all."""
    assert ask(stateless({**NO_RULE, **match}, PASS), A, B).verdict == verdict


def test_ports_of_rules_say_nothing_about_protocols_without_ports() -> None:
    ports = [{"from_port": 1, "to_port": 2}]
    assert ask(stateless({**NO_RULE, "destination_ports": ports}, PASS), A, B, "icmp", 8).verdict == "no"
    assert ask(stateless({**NO_RULE, "destination_ports": ports}, PASS), A, B, "tcp", 443).verdict == "yes"
    assert ask(stateful(rule(protocol="ip", destination_port="1:2")), A, B, "icmp", 8).verdict == "no"
    assert ask(stateful(rule(protocol="ip", destination_port="1:2")), A, B, "udp", 443).verdict == "yes"


@pytest.mark.parametrize(("numbers", "verdict"), [((2, 1), "yes"), ((1, 2), "no"), ((0, 1), "no"), ((1, 0), "yes")])
def test_of_stateless_groups_the_one_of_the_lowest_priority_goes_first(numbers: tuple[int, int], verdict: str) -> None:
    """network-firewall/latest/developerguide/firewall-policy-processing.html"""
    things = walled()
    group(things, "one", "stateless_rules", [NO_RULE], numbers[0])
    group(things, "two", "stateless_rules", [PASS], numbers[1])
    assert ask(things, A, B).verdict == verdict


def test_a_packet_that_no_stateless_rule_meets_takes_the_default_action() -> None:
    assert ask(stateless(default="aws:pass"), A, B).verdict == "yes"
    assert ask(stateless(default="aws:drop"), A, B).verdict == "no"
    things = group(walled({"stateless_default_actions": ["metric", "aws:pass"]}), "full", "stateful_rules", [rule()])
    assert ask(things, A, B).verdict == "yes"


def test_what_stateless_rules_pass_is_remembered_by_nobody() -> None:
    """network-firewall/latest/developerguide/rule-action.html: pass ends all inspection, of this packet alone."""
    outward = {**PASS, "sources": ["10.0.0.0/24"]}
    found = ask(stateless(outward, default="aws:forward_to_sfe"), A, B)
    assert (found.verdict, found.forward.verdict, found.back.verdict) == ("no", "yes", "no")
    assert "a connection whose start it did not see" in found.back.hops[-1].text
    homeward = {**PASS, "sources": ["10.0.1.0/24"]}
    assert ask(stateless(outward, homeward, default="aws:forward_to_sfe"), A, B).verdict == "yes"
    assert ask(stateless(homeward, default="aws:forward_to_sfe"), A, B).verdict == "yes"


def two_zones(actions: str) -> Things:
    """`a` and `b` stand in two zones, each of which has an endpoint of the firewall."""
    things = walled({"stateless_default_actions": [actions]}, ("a", "b"))
    for name in "ab":
        things[f"aws_subnet.{name}"]["availability_zone"] = f"eu-west-1{name}"
    return things


@pytest.mark.parametrize(("actions", "verdict"), [("aws:forward_to_sfe", "no"), ("aws:pass", "yes")])
def test_stateful_rules_know_connections_of_their_own_endpoint_alone(actions: str, verdict: str) -> None:
    """network-firewall/latest/developerguide/asymmetric-routing.html"""
    things = two_zones(actions)
    things["aws_route_table.a"]["routes"] = [{"destination": "10.0.1.0/24", "target": "@aws_vpc_endpoint.a"}]
    things["aws_route_table.b"]["routes"] = [{"destination": "10.0.0.0/24", "target": "@aws_vpc_endpoint.b"}]
    box = things["aws_networkfirewall_firewall.f"]
    box["endpoints"] = []
    for name in "ab":
        things[f"aws_vpc_endpoint.{name}"] = {
            "vpc": "@aws_vpc.v",
            "type": "GatewayLoadBalancer",
            "subnets": [f"@aws_subnet.wall-{name}"],
        }
        box["endpoints"].append({"subnet": f"@aws_subnet.wall-{name}", "endpoint": f"@aws_vpc_endpoint.{name}"})
    found = ask(things, A, B)
    assert found.verdict == verdict
    assert verdict == "yes" or "another endpoint" in found.back.hops[-1].text
    # By one endpoint both ways it knows what it let through.
    things["aws_route_table.b"]["routes"][0]["target"] = "@aws_vpc_endpoint.a"
    assert ask(things, A, B).verdict == "yes"


def test_an_answer_is_no_new_connection_to_stateful_rules() -> None:
    homeward = rule(source="10.0.1.0/24", destination="10.0.0.0/24")
    assert ask(stateful(homeward), A, B).verdict == "yes"
    assert ask(stateful(homeward), B, A).verdict == "no"


@pytest.mark.parametrize(
    ("match", "verdict"),
    [
        ({"protocol": "udp"}, "yes"),
        ({"protocol": "ip"}, "no"),
        ({"protocol": None}, "no"),
        ({"protocol": "TCP", "source": None, "destination": None, "source_port": None}, "no"),
        ({"source": "10.0.1.0/24"}, "yes"),
        ({"source": "10.0.1.0/24", "destination": "10.0.0.0/24", "direction": "any"}, "no"),
        ({"source": "10.0.1.0/24", "destination": "10.0.0.0/24", "direction": "ANY"}, "no"),
        ({"source": "10.0.0.0/24", "destination": "10.0.1.0/24", "direction": "any"}, "no"),
        ({"source": "10.0.1.0/24", "destination": "10.0.7.0/24", "direction": "any"}, "yes"),
        ({"destination_port": "444"}, "yes"),
        ({"source_port": "40000"}, "no"),
        ({"source_port": "[1:39999,40001:]"}, "yes"),
        ({"source_port": "443", "destination_port": "40000"}, "yes"),
        ({"source_port": "443", "destination_port": "40000", "direction": "any"}, "no"),
        ({"source": "2001:db8::/32"}, "yes"),
        ({"options": [{"keyword": "sid", "settings": ["1"]}]}, "no"),
        ({"options": [{"keyword": "content", "settings": ["x"]}]}, "depends"),
        ({"options": []}, "no"),
        ({"protocol": "tls"}, "depends"),
    ],
)
def test_a_stateful_rule_is_about_protocol_addresses_ports_and_what_its_options_say(
    match: dict[str, Any], verdict: str
) -> None:
    """network-firewall/latest/developerguide/suricata-examples.html; `any` as direction: both ways."""
    assert ask(stateful(rule(**match)), A, B).verdict == verdict


def test_icmp_is_of_both_versions() -> None:
    """docs.suricata.io/en/latest/rules/intro.html: `icmp` covers ICMPv4 and ICMPv6."""
    things = stateful(rule(protocol="icmp"))
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2001:db8::/56"]
    for number, name in enumerate("ab"):
        things[f"aws_subnet.{name}"]["ipv6_cidr"] = f"2001:db8:0:{number}::/64"
        things[f"aws_instance.{name}"]["ipv6_addresses"] = [f"2001:db8:0:{number}::10"]
        other = f"2001:db8:0:{1 - number}::/64"
        routes = things[f"aws_route_table.{name}"]["routes"]
        routes.append({"destination": other, "target": "@aws_networkfirewall_firewall.f"})
        assert things[f"aws_security_group.{name}"]["ingress"] == [ANY, ANY6]
    assert ask(things, A, B, "icmpv6", 128).verdict == "no"
    assert ask(things, A, B, "icmp", 8).verdict == "no"
    assert ask(things, A, B, "tcp", 443).verdict == "yes"


def test_what_alerts_decides_nothing() -> None:
    strict = {"rule_order": "STRICT_ORDER", "stateful_default_actions": ["aws:drop_strict"]}
    assert ask(stateful(rule("alert"), rule("pass"), **strict), A, B).verdict == "yes"
    assert ask(stateful(rule("alert"), **strict), A, B).verdict == "no"
    assert ask(stateful(rule("alert"), rule("drop")), A, B).verdict == "no"


def test_which_rule_of_which_group_decided_is_told() -> None:
    found = ask(stateful(rule("alert"), rule("drop")), A, B)
    assert (reason(found), found.forward.hops[-1].rule) == ("firewall-denies", "full rule 2: drop")
    found = ask(stateless(NO_RULE), A, B)
    assert (reason(found), found.forward.hops[-1].rule) == ("firewall-denies", "less rule 1: drop")


def test_in_strict_order_groups_decide_by_their_priority() -> None:
    """network-firewall/latest/developerguide/suricata-rule-evaluation-order.html"""
    for numbers, verdict in (((1, 2), "no"), ((2, 1), "yes")):
        things = walled({"rule_order": "STRICT_ORDER"})
        group(things, "one", "stateful_rules", [rule("drop")], numbers[0])
        group(things, "two", "stateful_rules", [rule("pass")], numbers[1])
        assert ask(things, A, B).verdict == verdict
        # By action it makes no difference which comes first.
        things["aws_networkfirewall_firewall_policy.p"]["rule_order"] = "DEFAULT_ACTION_ORDER"
        assert ask(things, A, B).verdict == "yes"


def test_what_is_alone_needs_no_order() -> None:
    assert ask(group(walled(), "one", "stateless_rules", [{**NO_RULE, "priority": HOLE}], HOLE), A, B).verdict == "no"
    assert ask(group(walled(), "one", "stateful_rules", [rule()], HOLE), A, B).verdict == "no"


def test_a_rule_that_looks_deeper_is_named_by_its_place() -> None:
    found = ask(stateful(rule(destination_port="1"), rule(protocol="tls")), A, B)
    assert found.depends_on == ("whether rule 2 of full (tls) matches the content",)


@pytest.mark.parametrize("field", ["stateless_groups", "stateful_groups"])
def test_a_rule_group_that_is_not_in_the_data_may_pass_or_drop(field: str) -> None:
    gone = {"group": "arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/Threats", "priority": 1}
    strict = {"rule_order": "STRICT_ORDER", "stateful_default_actions": ["aws:drop_strict"]}
    for default in ("aws:drop", "aws:pass", "aws:forward_to_sfe"):
        for more in ({}, strict):
            things = walled({field: [gone], "stateless_default_actions": [default], **more})
            decided = field == "stateful_groups" and default != "aws:forward_to_sfe"
            found = ask(things, A, B)
            assert found.verdict == ("depends" if not decided else "yes" if default == "aws:pass" else "no")


def test_behind_a_firewall_a_sender_is_known_by_its_address_alone() -> None:
    """vpc/latest/userguide/route-table-options.html"""
    things = walled()
    things["aws_security_group.b"]["ingress"] = [{**ANY, "cidr": None, "group": "@aws_security_group.a"}]
    found = ask(things, A, B)
    assert (found.verdict, reason(found)) == ("no", "group-reference-lost")


@pytest.mark.parametrize(("place", "verdict"), [("wall-a", "yes"), ("b", "no")])
def test_what_a_firewall_hands_on_in_its_own_subnet_crosses_no_border(place: str, verdict: str) -> None:
    things = walled({"stateless_default_actions": ["aws:pass"]})
    cidr = {"wall-a": "10.0.8.0/24", "b": "10.0.1.0/24"}[place]
    things[B] |= {"subnet": f"@aws_subnet.{place}", "private_ip": cidr.replace("0/24", "10")}
    table(things, "a", ["a"], {cidr: "aws_networkfirewall_firewall.f"})
    guard(things, "wall-a", [], deny(cidr))
    assert ask(things, A, B).verdict == verdict


def test_a_route_to_a_firewall_leads_to_its_endpoint_in_the_sender_s_zone() -> None:
    """network-firewall/latest/developerguide/vpc-config.html"""
    things = two_zones("aws:pass")
    guard(things, "wall-b", deny("10.0.0.0/24"), [])
    assert ask(things, A, B).verdict == "yes"
    things["aws_subnet.a"]["availability_zone"] = "eu-west-1b"
    assert reason(ask(things, A, B)) == "network-list-refuses"
    # Where the sender's zone is not known the first of them stands for all.
    things["aws_subnet.a"]["availability_zone"] = None
    assert ask(things, A, B).verdict == "yes"


def test_addresses_of_rules_are_lists_variables_and_what_is_left_of_them() -> None:
    """network-firewall/latest/developerguide/suricata-how-to-provide-rules.html"""
    said = {
        "[10.0.0.0/24, 10.0.7.0/24]": "no",
        "[10.0.7.0/24, [10.0.8.0/24, 10.0.0.0/24]]": "no",
        "[[10.0.0.0/24,!10.0.0.10/32],10.0.7.0/24]": "yes",
        "[!10.0.7.0/24]": "no",
        "[!10.0.0.0/24]": "yes",
        "!10.0.0.0/24": "yes",
        "!10.0.7.0/24": "no",
        "[10.0.0.0/24,!10.0.0.10]": "yes",
        "$DEEP8": "depends",
        "$DEEP7": "no",
        "@NONE": "depends",
        "10.0.0.0/24]": "depends",
        "[10.0.0.0/24": "depends",
        "[10.0.7.0/24,]": "yes",
    }
    deep = [{"name": f"DEEP{at}", "values": [f"$DEEP{at - 1}" if at else "10.0.0.0/24"]} for at in range(9)]
    for text, verdict in said.items():
        things = stateful(rule(source=text))
        things["aws_networkfirewall_rule_group.full"]["address_sets"] = deep
        assert (text, ask(things, A, B).verdict) == (text, verdict)
    for text in ("0.0.0.0/0", "::/0"):
        things = stateful(rule(source=text))
        assert ask(things, A, B).verdict == ("no" if text == "0.0.0.0/0" else "yes")


def test_ports_of_rules_are_numbers_ranges_and_lists() -> None:
    said = {"443": "no", "442": "yes", "400:": "no", "444:": "yes", ":443": "no", ":442": "yes", ":": "no"}
    said |= {"440:450": "no", "[80,443]": "no", "[80,!443]": "yes", "!443": "yes", "!80": "no", "443:443": "no"}
    said |= {"x": "depends", "4x:": "depends", ":4x": "depends", "-443": "depends", "$OPEN": "depends", "": "no"}
    for text, verdict in said.items():
        found = ask(stateful(rule(destination_port=text)), A, B)
        assert (text, found.verdict) == (text, verdict)


def test_a_variable_may_name_ranges_of_the_other_version() -> None:
    things = stateful(rule(source="$BOTH"))
    sets = [{"name": "$BOTH", "values": ["2600:1f00::/56", "10.0.0.0/24"]}]
    things["aws_networkfirewall_rule_group.full"]["address_sets"] = sets
    assert ask(things, A, B).verdict == "no"


ESTATES = {
    "a stateless rule drops": lambda: stateless(
        {
            **NO_RULE,
            "protocols": ["tcp"],
            "sources": ["10.0.0.0/24"],
            "destinations": ["10.0.1.0/24"],
            "source_ports": [{"from_port": 1024, "to_port": 65535}],
            "destination_ports": [{"from_port": 443, "to_port": 443}],
        },
        PASS,
    ),
    "stateless rules pass": lambda: stateless({**PASS, "sources": ["10.0.0.0/16"]}, {**NO_RULE, "priority": 11}),
    "two stateless groups": lambda: group(stateless(PASS), "more", "stateless_rules", [NO_RULE], 2),
    "stateless rules of other ports": lambda: stateless(
        {**NO_RULE, "destination_ports": [{"from_port": 80, "to_port": 80}]}, default="aws:pass"
    ),
    "a stateful rule drops": lambda: stateful(
        rule(source="10.0.0.0/24", destination="10.0.1.0/24", destination_port="443", options=[{"keyword": "sid"}])
    ),
    "a stateful rule passes": lambda: stateful(
        rule("pass", source="10.0.0.0/24"), rule_order="STRICT_ORDER", stateful_default_actions=["aws:drop_strict"]
    ),
    "a stateful rule of the other way": lambda: stateful(rule(source="10.0.1.0/24", destination="10.0.0.0/24")),
    "a stateful rule passes what another drops": lambda: stateful(rule(), rule("pass")),
    "in order a stateful rule drops what another passes": lambda: stateful(
        rule(), rule("pass"), rule_order="STRICT_ORDER"
    ),
    "variables": lambda: group(
        walled({"address_sets": [{"name": "HOME_NET", "values": ["10.0.0.0/24"]}]}),
        "full",
        "stateful_rules",
        [rule(source="$HOME_NET", destination="$EXTERNAL_NET", destination_port="$OPEN")],
        address_sets=[{"name": "OTHERS", "values": ["10.0.7.0/24"]}],
        port_sets=[{"name": "OPEN", "values": ["443"]}],
    ),
    "a list that looks deeper": lambda: group(
        walled(), "deep", "stateful_rules", None, domains={"action": "DENYLIST", "names": ["example.com"]}
    ),
}


@pytest.mark.parametrize("case", ESTATES)
def test_what_is_not_known_of_a_firewall_leaves_no_wrong_sure_answer(case: str) -> None:
    things = ESTATES[case]()
    known = ask(things, A, B).verdict
    about = {name: fields for name, fields in things.items() if "firewall" in name}
    wrong = []
    for what, fields in holes(about):
        found = ask({**things, **fields}, A, B)
        if found.verdict not in (known, "depends") or (found.verdict == "depends" and not found.depends_on):
            wrong.append(f"{what}: {known} when it is known, {found.verdict} when it is not")
    assert wrong == []
