"""What the examples of AWS's transit gateway guide say reaches what (`vpc/latest/tgw/…`)."""

from __future__ import annotations

import itertools
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import pytest
from page_estates import (
    alone,
    ask,
    attach,
    attachment,
    block,
    edits,
    group,
    hub,
    hub_table,
    machine,
    nat,
    prefix_list,
    premises,
    reasons,
    subnet,
    vpc,
    wrong,
)

HUB, HOME = "aws_ec2_transit_gateway.hub", "aws_vpn_connection.home"
LINE = "aws_vpn_connection.home.transit_gateway_attachment_id"
CIDRS = {"a": "10.1.0.0/16", "b": "10.2.0.0/16", "c": "10.3.0.0/16", "d": "10.4.0.0/16"}


def vpcs(names: str) -> str:
    """VPCs with one machine each, all of whose traffic for elsewhere goes to the gateway."""
    return "".join(alone(n, CIDRS[n], {"0.0.0.0/0": HUB}) + attach(n, "hub", n, n) for n in names)


def home() -> str:
    return premises(HUB, "home", "10.99.99.0/24", at_hub=True)


def test_a_centralized_router() -> None:
    """transit-gateway-centralized-router.html: all are associated with the default table and tell it their routes."""
    code = hub(default=True) + vpcs("abc") + home()
    pairs = [f"{x} -> {y} tcp/22: yes" for x, y in itertools.permutations("abc", 2)]
    lines = [f"{x} -> {HOME} tcp/22: yes\n{HOME} -> {x} tcp/22: yes" for x in "abc"]
    assert not wrong(code, "\n".join([*pairs, *lines, "a -> 198.51.100.7 tcp/443: no transit-has-no-route"]))


def test_isolated_vpcs() -> None:
    """transit-gateway-isolated.html: a table of the VPCs that knows the VPN, one of the VPN that knows the VPCs."""
    own = [attachment(n) for n in "abc"]
    code = hub() + vpcs("abc") + home() + hub_table("vpcs", "hub", own, [LINE]) + hub_table("vpn", "hub", [LINE], own)
    pairs = [f"{x} -> {y} tcp/22: no transit-has-no-route" for x, y in itertools.permutations("abc", 2)]
    lines = [f"{x} -> {HOME} tcp/22: yes\n{HOME} -> {x} tcp/22: yes" for x in "abc"]
    assert not wrong(code, "\n".join([*pairs, *lines]))


def test_isolated_vpcs_with_shared_services() -> None:
    """transit-gateway-isolated-shared.html: D and the VPN serve A, B and C, which do not see each other."""
    own = [attachment(n) for n in "abc"]
    shared = [attachment("d"), LINE]
    code = hub() + vpcs("abcd") + home()
    code += hub_table("isolated", "hub", own, shared) + hub_table("shared", "hub", shared, [*own, *shared])
    pairs = [f"{x} -> {y} tcp/22: no transit-has-no-route" for x, y in itertools.permutations("abc", 2)]
    served = [f"{x} -> d tcp/443: yes\nd -> {x} tcp/443: yes\n{x} -> {HOME} tcp/22: yes" for x in "abc"]
    assert not wrong(code, "\n".join([*pairs, *served, f"d -> {HOME} tcp/22: yes", f"{HOME} -> d tcp/22: yes"]))


def test_propagation_and_association_are_two_things() -> None:
    """how-transit-gateways-work.html: a route to an attachment whose own table knows no way back serves nobody."""
    a, b = attachment("a"), attachment("b")
    code = hub() + vpcs("ab") + hub_table("of_a", "hub", [a], [b]) + hub_table("of_b", "hub", [b], [])
    found = ask(code, "a -> b tcp/22")
    assert (found.verdict, found.forward.verdict) == ("no", "yes")
    assert not wrong(code, "a -> b tcp/22: no transit-has-no-route\nb -> a tcp/22: no transit-has-no-route")


def test_a_blackhole_route_drops_what_a_propagated_one_would_carry() -> None:
    """tgw-route-tables.html"""
    a, b = attachment("a"), attachment("b")
    code = hub() + vpcs("ab") + hub_table("all", "hub", [a, b], [a, b], {"10.2.1.0/24": "blackhole"})
    assert not wrong(code, "a -> b tcp/22: no transit-blackhole\nb -> a tcp/22: no transit-blackhole")


def test_a_static_route_beats_a_propagated_one() -> None:
    """how-transit-gateways-work.html (route evaluation order)"""
    a, b, c = (attachment(n) for n in "abc")
    code = hub() + vpcs("abc") + hub_table("all", "hub", [a, b, c], [a, b, c], {"10.2.0.0/16": c})
    assert not wrong(code, "a -> b tcp/22: no\na -> c tcp/22: yes")
    code = hub() + vpcs("abc") + hub_table("all", "hub", [a, b, c], [a, b, c], {"10.0.0.0/8": c})
    assert not wrong(code, "a -> b tcp/22: yes\nb -> a tcp/22: yes")


def test_a_static_route_beats_a_prefix_list_and_that_a_propagated_one() -> None:
    a, b, c = (attachment(n) for n in "abc")
    lists = prefix_list("b", "10.2.0.0/16")
    of_list = "aws_ec2_managed_prefix_list.b"
    base = hub() + vpcs("abc") + lists
    assert not wrong(base + hub_table("all", "hub", [a, b, c], [a, b, c], {of_list: c}), "a -> b tcp/22: no")
    assert not wrong(base + hub_table("all", "hub", [a, b, c], [a, c], {of_list: b}), "a -> b tcp/22: yes")
    routes = {of_list: c, "10.2.0.0/16": b}
    assert not wrong(base + hub_table("all", "hub", [a, b, c], [a, c], routes), "a -> b tcp/22: yes")


@pytest.mark.parametrize("order", [("b", LINE), (LINE, "b")])
def test_what_a_vpc_tells_beats_what_a_vpn_tells(order: tuple[str, str]) -> None:
    """The same range of both: the VPC's goes first, whichever is written first."""
    learns = [one if "." in one else attachment(one) for one in order]
    a, b = attachment("a"), attachment("b")
    code = hub() + vpcs("ab") + premises(HUB, "home", "10.2.0.0/16", at_hub=True)
    code += hub_table("all", "hub", [a, b, LINE], [a, *learns])
    assert not wrong(code, "a -> b tcp/22: yes\nb -> a tcp/22: yes")


def test_of_two_vpcs_with_one_range_only_the_first_tells_its_routes() -> None:
    """tgw-transit-gateways.html: which of them was attached first is written nowhere."""
    code = hub(default=True) + alone("a", "10.1.0.0/16", {"0.0.0.0/0": HUB}) + attach("a", "hub", "a", "a")
    for name in "xy":
        code += alone(name, "10.9.0.0/16", {"0.0.0.0/0": HUB}) + attach(name, "hub", name, name)
    for name in "xy":
        found = ask(code, f"a -> {name} tcp/22")
        assert found.verdict == "depends"
        assert any("x" in why and "y" in why for why in found.depends_on)


def test_only_zones_with_a_subnet_of_the_attachment_reach_the_gateway() -> None:
    """tgw-vpc-attachments.html: from a zone without one nobody reaches it, from a zone with one every subnet does."""
    code = hub(default=True) + vpcs("b") + vpc("a", "10.1.0.0/16") + attach("a", "hub", "a", "link")
    code += subnet("link", "a", "10.1.0.0/28", {})
    for name, zone in (("a1", "a"), ("a2", "b")):
        code += subnet(name, "a", f"10.1.{name[1]}.0/24", {"0.0.0.0/0": HUB}, zone=zone) + machine(name, name, vpc="a")
    assert not wrong(
        code,
        """
        a1 -> b tcp/22: yes
        b -> a1 tcp/22: yes
        a2 -> b tcp/22: no transit-not-in-zone
        b -> a2 tcp/22: no transit-not-in-zone
        """,
    )


def outbound(isolated: bool) -> str:
    """transit-gateway-nat-igw.html: A and B have no way to the internet but the NAT gateway of C."""
    code = hub() + "".join(
        vpc(n, CIDRS[n])
        + subnet(n, n, CIDRS[n].replace("0.0/16", "1.0/24"), {"0.0.0.0/0": HUB})
        + machine(n, n, vpc=n)
        + attach(n, "hub", n, n)
        for n in "ab"
    )
    code += vpc("c", "10.3.0.0/16", gateway=True)
    code += subnet("link", "c", "10.3.0.0/24", {"0.0.0.0/0": "aws_nat_gateway.n"})
    code += subnet("out", "c", "10.3.1.0/24", {"10.0.0.0/8": HUB, "0.0.0.0/0": "aws_internet_gateway.c"})
    code += nat("n", "out") + machine("c", "out", vpc="c") + attach("c", "hub", "c", "link")
    routes = {"0.0.0.0/0": attachment("c")} | ({"10.0.0.0/8": "blackhole"} if isolated else {})
    both = [attachment("a"), attachment("b")]
    learns = [] if isolated else both
    code += hub_table("app", "hub", both, learns, routes) + hub_table("egress", "hub", [attachment("c")], both)
    return code


def test_a_nat_gateway_of_one_vpc_serves_all() -> None:
    assert not wrong(
        outbound(isolated=False),
        """
        a -> 198.51.100.7 tcp/443: yes
        b -> 198.51.100.7 tcp/443: yes
        internet -> a tcp/443: no
        a -> b tcp/443: yes
        a -> c tcp/443: yes
        """,
    )


def test_blackholes_keep_the_vpcs_behind_a_shared_nat_gateway_apart() -> None:
    assert not wrong(
        outbound(isolated=True),
        """
        a -> 198.51.100.7 tcp/443: yes
        b -> 198.51.100.7 tcp/443: yes
        a -> b tcp/443: no transit-blackhole
        b -> a tcp/443: no transit-blackhole
        a -> c tcp/443: no transit-blackhole
        """,
    )


def through_appliance(mode: str) -> str:
    """transit-gateway-appliance-scenario.html: A and B talk by an appliance in a VPC of its own."""
    code = hub() + vpcs("b")
    code += vpc("a", CIDRS["a"]) + "".join(
        subnet(f"a{zone}", "a", f"10.1.{at}.0/24", {"0.0.0.0/0": HUB}, zone=zone) for at, zone in enumerate("ab")
    )
    code += machine("a", "ab", vpc="a") + attach("a", "hub", "a", "aa", "ab")
    code += vpc("c", CIDRS["c"])
    for at, zone in enumerate("ab"):
        to_box = {"0.0.0.0/0": f"aws_network_interface.box{zone}"}
        code += subnet(f"link{zone}", "c", f"10.3.{at}.0/24", to_box, zone=zone)
        code += subnet(f"box{zone}", "c", f"10.3.{at + 8}.0/24", {"0.0.0.0/0": HUB}, zone=zone)
        code += group(f"box{zone}", "c")
        code += block(
            "aws_network_interface",
            f"box{zone}",
            f"subnet_id = aws_subnet.box{zone}.id",
            "source_dest_check = false",
            f"security_groups = [aws_security_group.box{zone}.id]",
        )
    code += attach("c", "hub", "c", "linka", "linkb", more=f'appliance_mode_support = "{mode}"')
    spokes = [attachment("a"), attachment("b")]
    code += hub_table("spokes", "hub", spokes, [], {"0.0.0.0/0": attachment("c")})
    return code + hub_table("inspected", "hub", [attachment("c")], spokes)


def test_appliance_mode_keeps_both_directions_in_one_zone() -> None:
    """Without it the answer comes by the zone of the one that was asked, and to another appliance."""
    ways = {}
    for mode in ("enable", "disable"):
        found = ask(through_appliance(mode), "a -> b tcp/443")
        out, back = ([h.name for h in leg.hops if h.name.startswith("box")] for leg in (found.forward, found.back))
        ways[mode] = set(out), set(back)
    assert ways["enable"][0] == ways["enable"][1]
    assert not ways["disable"][0] & ways["disable"][1]


def test_two_gateways_that_are_peered() -> None:
    """transit-gateway-peering-scenario.html: only static routes lead over a peering attachment, on both sides."""
    far = "aws_ec2_transit_gateway.far"
    code = hub() + hub("far")
    code += alone("a", CIDRS["a"], {"0.0.0.0/0": HUB}) + attach("a", "hub", "a", "a")
    code += alone("b", CIDRS["b"], {"0.0.0.0/0": far}) + attach("b", "far", "b", "b")
    ends = f"transit_gateway_id = {HUB}.id", f"peer_transit_gateway_id = {far}.id", 'peer_region = "eu-west-1"'
    code += block("aws_ec2_transit_gateway_peering_attachment", "p", *ends)
    over = "aws_ec2_transit_gateway_peering_attachment.p.id"
    here = hub_table("here", "hub", [attachment("a"), over], [attachment("a")], {CIDRS["b"]: over})
    there = hub_table("there", "far", [attachment("b"), over], [attachment("b")], {CIDRS["a"]: over})
    assert not wrong(code + here + there, "a -> b tcp/443: yes\nb -> a tcp/443: yes")
    silent = hub_table("there", "far", [attachment("b"), over], [attachment("b")])
    assert not wrong(code + here + silent, "a -> b tcp/443: no\nb -> a tcp/443: no transit-has-no-route")


def referencing(gateway: str | None, one: str | None, other: str | None) -> str:
    """tgw-vpc-attachments.html: a rule of B names the group of A."""
    said = lambda word: f'security_group_referencing_support = "{word}"' if word else ""  # noqa: E731
    code = hub("hub", said(gateway), default=True)
    for name, word, rule in (("a", one, None), ("b", other, ["tcp/443 a"])):
        code += vpc(name, CIDRS[name]) + subnet(name, name, CIDRS[name].replace("/16", "/24"), {"0.0.0.0/0": HUB})
        code += group(name, name, rule) + machine(name, name, groups=name)
        code += attach(name, "hub", name, name, more=said(word))
    return code


@pytest.mark.parametrize(
    ("gateway", "one", "other", "expected"),
    [
        ("enable", "enable", "enable", "yes"),
        ("enable", None, None, "yes"),
        ("disable", "enable", "enable", "no group-reference-lost"),
        (None, None, None, "no group-reference-lost"),
        ("enable", "disable", "enable", "no group-reference-not-supported"),
        ("enable", "enable", "disable", "no group-reference-not-supported"),
    ],
)
def test_security_group_referencing(gateway: str | None, one: str | None, other: str | None, expected: str) -> None:
    assert not wrong(referencing(gateway, one, other), f"a -> b tcp/443: {expected}")


def test_outbound_rules_know_no_groups_behind_the_gateway() -> None:
    code = referencing("enable", "enable", "enable")
    start = code.index('resource "aws_security_group" "a"')
    own = group("a", "a", [], ["tcp/443 b"])
    end = code.index("resource", start + 10)
    found = ask(code[:start] + own + code[end:], "a -> b tcp/443")
    assert found.verdict == "no"
    assert reasons(found) & {"group-refuses", "group-reference-lost"}


def test_a_blackhole_for_more_than_the_vpc_stays_for_the_rest() -> None:
    """tgw-route-tables.html: routes of the two VPCs are added; the blackhole still keeps the others apart."""
    assert edits(outbound(isolated=True), "a -> b tcp/443") == [
        {"route 10.2.0.0/16 to attachment b in app", "route 10.1.0.0/16 to attachment a in app"}
    ]


def test_a_blackhole_for_a_part_of_the_vpc_is_led_elsewhere() -> None:
    a, b = attachment("a"), attachment("b")
    code = hub() + vpcs("ab") + hub_table("all", "hub", [a, b], [a, b], {"10.2.1.0/24": "blackhole"})
    assert edits(code, "a -> b tcp/443") == [{"route 10.2.1.0/24 to attachment b instead, in all"}]
