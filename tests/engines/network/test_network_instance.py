"""Exposure of instances, rule by rule: each test is a row of docs/semantics/network.md."""

from __future__ import annotations

from typing import Any

import pytest
from network_estates import allow, estate, public_web

from nephograph.engines.network.network import Network
from nephograph.model.facts import Exposure
from nephograph.model.value import Reason, Unknown
from nephograph.model.verdict import Verdict

Things = dict[str, dict[str, Any]]
WEB = "aws_instance.web"


def exposed(things: Things, key: str = WEB, **more: Any) -> list[Exposure]:
    built = estate(things, **more)
    return Network(built).exposed(built.resources[key])


def why_not(things: Things, key: str = WEB) -> Verdict:
    built = estate(things)
    return Network(built).why_not(built.resources[key])


def brief(found: list[Exposure]) -> list[tuple[str, tuple[str, ...], str]]:
    return [(str(e.ports), e.sources, e.verdict.answer) for e in found]


def unknown(what: str) -> Unknown:
    return Unknown(Reason.NO_VALUE, what)


def places(verdict: Verdict) -> list[str]:
    return [e.location.file for e in verdict.because if e.location]


def test_address_route_and_group_together_expose() -> None:
    found = exposed(public_web())
    assert brief(found) == [("tcp/443", ("0.0.0.0/0",), "yes")]
    assert found[0].door == WEB
    assert places(found[0].verdict) == [
        "aws_subnet.front.public_ip_on_launch",
        "aws_route_table.public.routes.0.target",
        "aws_security_group.web.ingress.0.cidr",
    ]


def test_no_public_address() -> None:
    things = public_web()
    things[WEB]["public_ip"] = False
    assert exposed(things) == []
    assert [e.text for e in why_not(things).because] == ["web has no public address"]


def test_the_word_of_the_instance_beats_its_subnet() -> None:
    things = public_web()
    things["aws_subnet.front"]["public_ip_on_launch"] = False
    things[WEB]["public_ip"] = True
    assert brief(exposed(things)) == [("tcp/443", ("0.0.0.0/0",), "yes")]


def test_an_elastic_ip_is_a_public_address() -> None:
    things = public_web()
    things[WEB]["public_ip"] = False
    things["aws_eip.one"] = {"instance": f"@{WEB}"}
    assert brief(exposed(things)) == [("tcp/443", ("0.0.0.0/0",), "yes")]


def test_an_elastic_ip_on_something_unknown_leaves_it_open() -> None:
    things = public_web()
    things[WEB]["public_ip"] = False
    things["aws_eip.one"] = {"instance": unknown("var.instance")}
    (found,) = exposed(things)
    assert found.verdict.answer == "depends"
    assert "var.instance" in found.verdict.depends_on[0]


def test_a_subnet_of_its_own_vpc_without_a_route_is_quiet() -> None:
    things = public_web()
    del things["aws_route_table.public"]
    assert exposed(things) == []
    assert "main one of its VPC" in why_not(things).because[0].text


def test_the_main_table_serves_a_subnet_without_an_association() -> None:
    things = public_web()
    things["aws_route_table.public"].update(subnets=[], main=True)
    assert brief(exposed(things)) == [("tcp/443", ("0.0.0.0/0",), "yes")]


def test_a_subnet_whose_vpc_is_not_in_the_data_depends() -> None:
    things = public_web()
    del things["aws_route_table.public"]
    things["aws_subnet.front"]["vpc"] = unknown("data.aws_vpc.this")
    (found,) = exposed(things)
    assert found.verdict.answer == "depends"
    assert "data.aws_vpc.this" in found.verdict.depends_on[0]


@pytest.mark.parametrize("target", ["@aws_nat_gateway.nat", "@aws_egress_only_internet_gateway.out", None])
def test_only_an_internet_gateway_leads_answers_home(target: str | None) -> None:
    things = public_web()
    things["aws_nat_gateway.nat"] = {"subnet": "@aws_subnet.front"}
    things["aws_egress_only_internet_gateway.out"] = {"vpc": "@aws_vpc.main"}
    things["aws_route_table.public"]["routes"][0]["target"] = target
    assert exposed(things) == []


def test_a_gateway_of_another_vpc_does_not_count() -> None:
    things = public_web()
    things["aws_vpc.other"] = {"cidrs": []}
    things["aws_internet_gateway.igw"]["vpc"] = "@aws_vpc.other"
    assert exposed(things) == []


def test_the_longest_prefix_decides() -> None:
    things = public_web()
    things["aws_nat_gateway.nat"] = {"subnet": "@aws_subnet.front"}
    things["aws_route_table.public"]["routes"] += [{"destination": "128.0.0.0/1", "target": "@aws_nat_gateway.nat"}]
    assert brief(exposed(things)) == [("tcp/443", ("0.0.0.0/1",), "yes")]


def test_a_route_to_something_unknown_depends() -> None:
    things = public_web()
    things["aws_route_table.public"]["routes"][0]["target"] = unknown("module.network.gateway")
    (found,) = exposed(things)
    assert found.verdict.depends_on == (
        "the target of a route of public (module.network.gateway: variable without a value)",
    )


def test_two_halves_say_everybody() -> None:
    things = public_web()
    things["aws_security_group.web"]["ingress"] = [
        allow("tcp", 22, 22, cidr="0.0.0.0/1"),
        allow("tcp", 22, 22, cidr="128.0.0.0/1"),
    ]
    assert brief(exposed(things)) == [("tcp/22", ("0.0.0.0/0",), "yes")]


@pytest.mark.parametrize("cidr", ["10.0.0.0/8", "192.168.1.0/24", "100.64.0.0/10", "fd00::/8"])
def test_private_sources_are_not_the_internet(cidr: str) -> None:
    things = public_web()
    things["aws_security_group.web"]["ingress"][0]["cidr"] = cidr
    assert exposed(things) == []
    assert "lets in an address of the internet" in why_not(things).because[0].text


def test_a_group_is_not_the_internet() -> None:
    things = public_web()
    for peer in ({"group": "@aws_security_group.lb"}, {"group": unknown("var.group")}, {"itself": True}):
        things["aws_security_group.web"]["ingress"] = [allow("tcp", 443, 443, **peer)]
        assert exposed(things) == []


def test_a_prefix_list_depends_on_what_it_holds() -> None:
    things = public_web()
    things["aws_security_group.web"]["ingress"] = [allow("tcp", 443, 443, prefix_list="pl-1")]
    (found,) = exposed(things)
    assert found.verdict.depends_on == ("the addresses of prefix list pl-1",)


def test_a_prefix_list_of_the_data_lets_in_what_it_holds() -> None:
    things = public_web()
    things["aws_security_group.web"]["ingress"] = [
        allow("tcp", 443, 443, prefix_list="@aws_ec2_managed_prefix_list.offices")
    ]
    entries: list[Any] = [{"cidr": "203.0.113.0/24"}, {"cidr": "198.51.100.7/32"}]
    things["aws_ec2_managed_prefix_list.offices"] = {"entries": entries}
    (found,) = exposed(things)
    assert (found.verdict.answer, sorted(found.sources)) == ("yes", ["198.51.100.7/32", "203.0.113.0/24"])
    entries.append({"cidr": unknown("var.office")})
    assert {found.verdict.answer for found in exposed(things)} == {"yes", "depends"}
    things["aws_ec2_managed_prefix_list.offices"]["entries"] = []
    assert exposed(things) == []


def test_the_route_of_a_gateway_endpoint_leads_nobody_of_the_internet_astray() -> None:
    things = public_web()
    things["aws_vpc_endpoint.s3"] = {"vpc": "@aws_vpc.main", "type": "Gateway", "service": "com.amazonaws.eu-west-1.s3"}
    things["aws_route_table.public"]["routes"].append({"prefix_list": "pl-1", "target": "@aws_vpc_endpoint.s3"})
    (found,) = exposed(things)
    assert found.verdict.answer == "yes"


def test_a_route_for_a_prefix_list_counts_with_what_the_list_holds() -> None:
    things = public_web()
    things["aws_ec2_managed_prefix_list.offices"] = {"entries": [{"cidr": "203.0.113.0/24"}]}
    things["aws_nat_gateway.n"] = {"subnet": "@aws_subnet.front"}
    routes = things["aws_route_table.public"]["routes"]
    routes.append({"prefix_list": "@aws_ec2_managed_prefix_list.offices", "target": "@aws_nat_gateway.n"})
    (found,) = exposed(things)
    assert found.verdict.answer == "yes"
    assert "203.0.113.0/24" not in found.sources
    assert "0.0.0.0/0" not in found.sources
    routes.append({"destination": "203.0.113.0/24", "target": "@aws_internet_gateway.igw"})
    (found,) = exposed(things)
    assert (found.verdict.answer, found.sources) == ("yes", ("0.0.0.0/0",))


def test_unknown_parts_of_a_rule_are_named() -> None:
    things = public_web()
    things["aws_security_group.web"]["ingress"] = [allow("tcp", 22, 22, cidr=unknown("var.ssh_cidrs"))]
    (found,) = exposed(things)
    assert str(found.ports) == "tcp/22"
    assert found.verdict.depends_on == ("var.ssh_cidrs: variable without a value",)


def test_rules_of_several_groups_add_up() -> None:
    things = public_web()
    things["aws_security_group.ssh"] = {"ingress": [allow("tcp", 22, 22, cidr="203.0.113.7/32")]}
    things[WEB]["security_groups"].append("@aws_security_group.ssh")
    assert brief(exposed(things)) == [
        ("tcp/22", ("203.0.113.7/32",), "yes"),
        ("tcp/443", ("0.0.0.0/0",), "yes"),
    ]


def test_all_protocols_from_everywhere_is_said_once() -> None:
    things = public_web()
    things["aws_security_group.web"]["ingress"] = [allow("all", 0, 65535, cidr="0.0.0.0/0")]
    assert brief(exposed(things)) == [("all traffic", ("0.0.0.0/0",), "yes")]


def test_only_the_rules_that_are_needed_are_cited() -> None:
    things = public_web()
    narrow = [allow("tcp", 443, 443, cidr="203.0.113.0/24"), allow("tcp", 443, 443, cidr="198.51.100.0/25")]
    halves = [allow("tcp", 443, 443, cidr="0.0.0.0/1"), allow("tcp", 443, 443, cidr="128.0.0.0/1")]
    things["aws_security_group.web"]["ingress"] = narrow + halves
    (found,) = exposed(things)
    assert [place for place in places(found.verdict) if "security_group" in place] == [
        "aws_security_group.web.ingress.2.cidr",
        "aws_security_group.web.ingress.3.cidr",
    ]


def test_icmp_rules_speak_of_types() -> None:
    things = public_web()
    things["aws_security_group.web"]["ingress"] = [allow("icmp", 8, 0, cidr="0.0.0.0/0")]
    assert brief(exposed(things)) == [("icmp/8", ("0.0.0.0/0",), "yes")]
    things["aws_security_group.web"]["ingress"] = [allow("icmp", -1, -1, cidr="0.0.0.0/0")]
    assert brief(exposed(things)) == [("all icmp", ("0.0.0.0/0",), "yes")]


def test_no_group_means_the_default_group_which_lets_in_only_itself() -> None:
    things = public_web()
    things[WEB]["security_groups"] = []
    assert exposed(things) == []
    assert "default group" in why_not(things).because[0].text


def test_the_default_group_of_the_data_speaks_for_itself() -> None:
    things = public_web()
    things[WEB]["security_groups"] = []
    things["aws_security_group.theirs"] = {
        "name": "default",
        "vpc": "@aws_vpc.main",
        "ingress": [allow("tcp", 22, 22, cidr="0.0.0.0/0")],
    }
    assert brief(exposed(things)) == [("tcp/22", ("0.0.0.0/0",), "yes")]


def test_a_group_that_is_not_in_the_data_leaves_the_rest_open() -> None:
    things = public_web()
    things[WEB]["security_groups"].append(unknown("data.aws_security_group.old"))
    certain, *rest = exposed(things)
    assert brief([certain]) == [("tcp/443", ("0.0.0.0/0",), "yes")]
    assert {e.verdict.answer for e in rest} == {"depends"}


def test_an_acl_is_ordered() -> None:
    things = public_web()
    everything = allow("all", 0, 65535, cidr="0.0.0.0/0")
    things["aws_network_acl.fence"] = {
        "vpc": "@aws_vpc.main",
        "subnets": [{"subnet": "@aws_subnet.front"}],
        "ingress": [
            {**everything, "number": 100, "action": "allow"},
            {**allow("tcp", 443, 443, cidr="8.0.0.0/8"), "number": 90, "action": "deny"},
            {**allow("tcp", 443, 443, cidr="0.0.0.0/0"), "number": 110, "action": "deny"},
        ],
        "egress": [{**everything, "number": 100, "action": "allow"}],
    }
    (found,) = exposed(things)
    assert "8.0.0.0/8" not in found.sources
    assert "9.0.0.0/8" in found.sources
    assert found.verdict.answer == "yes"


def test_an_acl_is_stateless() -> None:
    things = public_web()
    everything = allow("all", 0, 65535, cidr="0.0.0.0/0")
    fence: dict[str, Any] = {
        "vpc": "@aws_vpc.main",
        "subnets": [{"subnet": "@aws_subnet.front"}],
        "ingress": [{**everything, "number": 100, "action": "allow"}],
        "egress": [],
    }
    things["aws_network_acl.fence"] = fence
    assert exposed(things) == []
    assert "lets nothing of the internet out" in why_not(things).because[0].text
    fence["egress"] = [{**allow("tcp", 1024, 65535, cidr="0.0.0.0/0"), "number": 1, "action": "allow"}]
    assert brief(exposed(things)) == [("tcp/443", ("0.0.0.0/0",), "yes")]


def test_a_doubtful_rule_that_changes_nothing_leaves_no_doubt() -> None:
    things = public_web()
    everything = allow("all", 0, 65535, cidr="0.0.0.0/0")
    things["aws_network_acl.fence"] = {
        "vpc": "@aws_vpc.main",
        "subnets": [{"subnet": "@aws_subnet.front"}],
        "ingress": [
            {**allow("tcp", 443, 443, cidr=unknown("var.partner")), "number": 90, "action": "allow"},
            {**everything, "number": 100, "action": "allow"},
        ],
        "egress": [{**everything, "number": 100, "action": "allow"}],
    }
    assert brief(exposed(things)) == [("tcp/443", ("0.0.0.0/0",), "yes")]


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ({"cidr": unknown("var.partner"), "action": "allow"}, "var.partner"),
        ({"cidr": "0.0.0.0/0", "action": unknown("var.action")}, "the action of rule 90 of fence"),
        ({"cidr": "0.0.0.0/0", "action": "allow", "from_port": unknown("var.port")}, "var.port"),
    ],
)
def test_a_doubtful_rule_that_decides_leaves_the_answer_open(rule: dict[str, Any], named: str) -> None:
    things = public_web()
    things["aws_network_acl.fence"] = {
        "vpc": "@aws_vpc.main",
        "subnets": [{"subnet": "@aws_subnet.front"}],
        "ingress": [{**allow("tcp", 443, 443), "number": 90, **rule}],
        "egress": [{**allow("all", 0, 65535, cidr="0.0.0.0/0"), "number": 100, "action": "allow"}],
    }
    (found,) = exposed(things)
    assert found.verdict.answer == "depends"
    assert any(named in on for on in found.verdict.depends_on)


def test_an_acl_that_may_guard_the_subnet_leaves_the_answer_open() -> None:
    things = public_web()
    things["aws_network_acl.fence"] = {
        "vpc": "@aws_vpc.main",
        "subnets": [{"subnet": unknown("var.subnet")}],
        "ingress": [],
        "egress": [],
    }
    (found,) = exposed(things)
    assert found.verdict.depends_on == ("which subnets fence guards (var.subnet: variable without a value)",)


def test_ipv6_needs_its_own_address_and_route() -> None:
    things = public_web()
    things["aws_security_group.web"]["ingress"] = [allow("tcp", 443, 443, cidr="::/0")]
    things["aws_subnet.front"].update(ipv6_cidr="2600:1f00::/64", ipv6_on_launch=True)
    assert exposed(things) == []
    things["aws_route_table.public"]["routes"].append({"destination": "::/0", "target": "@aws_internet_gateway.igw"})
    assert brief(exposed(things)) == [("tcp/443", ("::/0",), "yes")]
    del things["aws_subnet.front"]["ipv6_on_launch"]
    assert brief(exposed(things)) == [("tcp/443", ("::/0",), "depends")]


@pytest.mark.parametrize("key", [WEB, "aws_security_group.web", "aws_route_table.public", "aws_internet_gateway.igw"])
def test_what_may_not_exist_makes_it_depend(key: str) -> None:
    (found,) = exposed(public_web(), doubtful={key: unknown("var.create")})
    assert found.verdict.answer == "depends"
    assert any("var.create" in on for on in found.verdict.depends_on)


def test_an_interface_brings_its_own_subnet_groups_and_address() -> None:
    things = public_web()
    things["aws_network_interface.nic"] = {
        "subnet": "@aws_subnet.front",
        "security_groups": ["@aws_security_group.web"],
    }
    things[WEB] = {"interfaces": [{"interface": "@aws_network_interface.nic"}]}
    assert brief(exposed(things)) == [("tcp/443", ("0.0.0.0/0",), "depends")]
    things["aws_subnet.front"]["public_ip_on_launch"] = False
    assert exposed(things) == []
    things["aws_eip.one"] = {"interface": "@aws_network_interface.nic"}
    assert brief(exposed(things)) == [("tcp/443", ("0.0.0.0/0",), "yes")]
    assert brief(exposed(things, "aws_network_interface.nic")) == [("tcp/443", ("0.0.0.0/0",), "yes")]


def test_an_interface_that_is_not_in_the_data_depends() -> None:
    things = public_web()
    things[WEB] = {"interfaces": [{"interface": unknown("module.nic.id")}]}
    assert {e.verdict.answer for e in exposed(things)} == {"depends"}


def test_several_reasons_are_all_named() -> None:
    things = public_web()
    things["aws_subnet.front"]["public_ip_on_launch"] = False
    del things["aws_route_table.public"]
    things["aws_security_group.web"]["ingress"] = []
    assert len(why_not(things).because) == 3


def test_a_kind_without_an_interface_says_so() -> None:
    assert why_not(public_web(), "aws_security_group.web").answer == "no"


def switched(mode: Any, exclusion: dict[str, Any] | None = None) -> Things:
    """The public machine where VPC Block Public Access is said, and perhaps an exclusion."""
    things = public_web()
    things["aws_vpc_block_public_access_options.all"] = {"internet_gateway_block_mode": mode}
    if exclusion:
        things["aws_vpc_block_public_access_exclusion.one"] = exclusion
    return things


@pytest.mark.parametrize(
    ("mode", "answer"),
    [("off", "yes"), (None, "yes"), ("block-ingress", ""), ("block-bidirectional", ""), (unknown("mode"), "depends")],
)
def test_block_public_access_keeps_the_internet_out(mode: Any, answer: str) -> None:
    found = exposed(switched(mode))
    assert [e.verdict.answer for e in found] == ([answer] if answer else [])
    if not answer:
        refused = [e.text for e in why_not(switched(mode)).because]
        assert refused == [
            "VPC Block Public Access is on in this account and region, and nothing excludes subnet front"
        ]


@pytest.mark.parametrize(
    ("exclusion", "answer"),
    [
        ({"vpc": "@aws_vpc.main", "mode": "allow-bidirectional"}, "yes"),
        ({"subnet": "@aws_subnet.front", "mode": "allow-bidirectional"}, "yes"),
        ({"subnet": "@aws_subnet.front", "mode": "allow-egress"}, ""),
        ({"subnet": "@aws_subnet.front", "mode": "allow-bidirectional", "state": "delete-complete"}, ""),
        ({"subnet": unknown("which"), "mode": "allow-bidirectional"}, "depends"),
        ({"subnet": "@aws_subnet.front", "mode": unknown("mode")}, "depends"),
        ({"mode": "allow-bidirectional"}, ""),
    ],
)
def test_an_exclusion_of_the_vpc_or_the_subnet_lets_the_public_in(exclusion: dict[str, Any], answer: str) -> None:
    found = exposed(switched("block-bidirectional", exclusion))
    assert [e.verdict.answer for e in found] == ([answer] if answer else [])


@pytest.mark.parametrize(
    ("destination", "target", "on"),
    [
        ("10.0.1.0/24", "@aws_instance.box", ("what box lets in",)),
        ("10.0.0.0/16", "@aws_instance.box", ("what box lets in",)),
        ("10.0.1.0/24", "local", ()),
        ("10.0.7.0/24", "@aws_instance.box", ()),
    ],
)
def test_what_a_gateway_leads_through_a_middlebox_depends_on_it(
    destination: str, target: str, on: tuple[str, ...]
) -> None:
    things = public_web()
    things["aws_subnet.box"] = {"vpc": "@aws_vpc.main", "cidr": "10.0.9.0/24"}
    things["aws_instance.box"] = {"subnet": "@aws_subnet.box", "security_groups": ["@aws_security_group.web"]}
    gateway = next(key for key in things if key.startswith("aws_internet_gateway."))
    things["aws_route_table.edge"] = {
        "vpc": "@aws_vpc.main",
        "gateways": [{"gateway": f"@{gateway}"}],
        "routes": [{"destination": destination, "target": target}],
    }
    (found,) = exposed(things)
    assert found.verdict.depends_on == on
