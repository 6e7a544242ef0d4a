"""Transit gateways: default tables, what tables learn, which route wins, and how code names attachments."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_gateways import BOTH_WAYS, six
from test_rules_of_numbers import hub
from test_rules_of_routes import OUT, premises, reason, web
from test_rules_of_stations import shared_exit
from written_estates import Things, ask, machine, neighbours, subnet, table

from nephograph.engines.tracer.question import Reach
from nephograph.model.source import Said
from nephograph.model.value import Reason, Unknown

A, B = "aws_instance.a", "aws_instance.b"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")
FAR = "198.51.100.7"


def bare(**fields: Any) -> Things:
    """Two VPCs at a hub that has no table written down."""
    things = hub()
    del things["aws_ec2_transit_gateway_route_table.t"]
    things["aws_ec2_transit_gateway.t"] = fields
    return things


@pytest.mark.parametrize(
    ("fields", "said", "verdict", "why"),
    [
        ({}, "code", "yes", ""),
        ({"default_association": True, "default_propagation": True}, "plan", "yes", ""),
        ({"default_association": False}, "code", "no", "transit-no-association"),
        ({"default_propagation": False}, "code", "no", "transit-has-no-route"),
        ({"default_association": HOLE}, "code", "depends", ""),
        # Of what is real every association is said.
        ({}, "state", "no", "transit-no-association"),
        ({}, "dump", "no", "transit-no-association"),
    ],
)
def test_a_hub_of_code_has_a_default_table_that_everybody_is_in(
    fields: dict[str, Any], said: Said, verdict: str, why: str
) -> None:
    found = ask(bare(**fields), "aws_instance.v", "aws_instance.w", said=said)
    assert (found.verdict, reason(found)) == (verdict, why)


@pytest.mark.parametrize("which", ["v", "w"])
def test_an_attachment_that_wants_no_default_table_is_in_none(which: str) -> None:
    things = bare()
    things[f"aws_ec2_transit_gateway_attachment.{which}"]["default_association"] = False
    found = ask(things, "aws_instance.v", "aws_instance.w")
    assert (found.verdict, reason(found)) == ("no", "transit-no-association")
    things = bare()
    things[f"aws_ec2_transit_gateway_attachment.{which}"]["default_propagation"] = False
    found = ask(things, "aws_instance.v", "aws_instance.w")
    assert (found.verdict, reason(found)) == ("no", "transit-has-no-route")


def named(said: str = "code", **fields: Any) -> Reach:
    """A hub whose default table is written down, and learns by default."""
    default = "@aws_ec2_transit_gateway_route_table.d"
    things = bare(association_table=default, propagation_table=default, **fields)
    things["aws_ec2_transit_gateway_route_table.d"] = {"transit_gateway": "@aws_ec2_transit_gateway.t", "routes": []}
    return ask(things, "aws_instance.v", "aws_instance.w", said=said)  # type: ignore[arg-type]


def test_a_default_table_that_is_written_down_is_the_one_that_decides() -> None:
    found = named()
    assert (found.verdict, [h.component for h in found.forward.hops if h.reason == "route"][-1]) == (
        "yes",
        "aws_ec2_transit_gateway_route_table.d",
    )
    assert (named("state").verdict, reason(named("state"))) == ("no", "transit-no-association")
    assert reason(named(default_association=False)) == "transit-no-association"


def over_a_vpn(spelled: str) -> Things:
    """Premises at the hub of `v`: the table names the VPN, its attachment, or an attachment's id."""
    things = hub()
    things["aws_vpn_connection.n"] = {
        "transit_gateway": "@aws_ec2_transit_gateway.t",
        "static_routes_only": True,
        "routes": [{"destination": "192.168.0.0/16"}],
    }
    table(things, "v", ["v"], {"192.168.0.0/16": "aws_ec2_transit_gateway.t"}, vpc="v")
    named = "@aws_vpn_connection.n"
    if spelled != "connection":
        named = "@aws_ec2_transit_gateway_attachment.n"
        things["aws_ec2_transit_gateway_attachment.n"] = {
            "id": "tgw-attach-0123",
            "transit_gateway": "@aws_ec2_transit_gateway.t",
            "type": "vpn",
            **({"resource": "@aws_vpn_connection.n"} if spelled == "attachment" else {}),
        }
        things["aws_vpn_connection.n"]["transit_gateway_attachment"] = "tgw-attach-0123"
    rules = things["aws_ec2_transit_gateway_route_table.t"]
    rules["associations"] = [*rules["associations"], {"attachment": named}]
    rules["routes"] = [{"destination": "192.168.0.0/16", "attachment": named}]
    return things


@pytest.mark.parametrize("spelled", ["connection", "attachment", "id"])
def test_a_vpn_is_in_the_table_that_names_it_or_its_attachment(spelled: str) -> None:
    found = ask(over_a_vpn(spelled), "192.168.7.7", "aws_instance.v")
    assert found.verdict == "yes", found.shown.drop if found.shown else None
    other = over_a_vpn(spelled)
    other["aws_vpn_connection.n"]["transit_gateway_attachment"] = None
    other["aws_ec2_transit_gateway_route_table.t"]["associations"].pop()
    found = ask(other, "192.168.7.7", "aws_instance.v")
    assert (found.verdict, reason(found)) == ("no", "transit-no-association")


def test_an_attachment_of_somebody_else_s_id_is_not_the_vpn_s() -> None:
    things = over_a_vpn("id")
    things["aws_vpn_connection.n"]["transit_gateway_attachment"] = "tgw-attach-4567"
    found = ask(things, "192.168.7.7", "aws_instance.v")
    assert (found.verdict, reason(found)) == ("no", "transit-no-association")


@pytest.mark.parametrize(
    ("routes", "verdict"),
    [
        ([{"destination": "10.0.0.0/8", "blackhole": True}], "yes"),
        ([{"destination": "10.1.0.0/16", "blackhole": True}], "no"),
        ([{"destination": "10.1.1.0/24", "blackhole": True}], "no"),
        ([{"destination": "10.1.1.11/32", "blackhole": True}], "yes"),
        ([{"destination": "10.1.1.10/32", "blackhole": True}], "no"),
        ([{"destination": "10.1.1.10/32", "blackhole": True, "propagated": True}], "no"),
        ([{"destination": HOLE, "blackhole": True}], "depends"),
        (HOLE, "depends"),
        ([{"prefix_list": "@aws_ec2_managed_prefix_list.l", "blackhole": True}], "no"),
        ([{"prefix_list": "@aws_ec2_managed_prefix_list.gone", "blackhole": True}], "depends"),
        ([{"destination": "2000::/3", "blackhole": True}], "yes"),
    ],
)
def test_of_a_hub_s_routes_the_longest_wins_and_of_equal_ones_the_written(routes: object, verdict: str) -> None:
    things = hub()
    things["aws_ec2_managed_prefix_list.l"] = {"entries": [{"cidr": "2000::/3"}, {"cidr": "10.1.0.0/16"}]}
    things["aws_ec2_transit_gateway_route_table.t"]["routes"] = routes
    assert ask(things, "aws_instance.v", "aws_instance.w").verdict == verdict


def test_ipv6_neighbours_meet_by_the_range_of_their_vpc() -> None:
    things = six()
    things["aws_route_table.m"]["routes"] = [{"destination": "::/0", "target": "@aws_internet_gateway.g"}]
    found = ask(things, A, "2600:1f00:0:1::10")
    (way,) = [t for t in found.traced if t.candidate.version == 6]
    rules = [hop.rule for hop in way.cases.walks[0].forward if hop.reason == "route"]
    assert (way.judged.verdict, rules) == ("yes", ["2600:1f00::/56 → local"])
    table(things, "a", ["a"], BOTH_WAYS)
    assert ask(things, A, "2600:1f00:0:1::10").verdict == "yes"


def test_a_box_for_one_subnet_stands_before_the_range_of_the_vpc() -> None:
    things = neighbours()
    subnet(things, "box", "10.0.9.0/24")
    machine(things, "box", "box", "10.0.9.10", source_dest_check=False)
    table(things, "a", ["a"], {"10.0.1.0/24": "aws_instance.box", "10.0.0.0/8": "aws_internet_gateway.g"})
    found = ask(things, A, B)
    assert (found.verdict, [h.name for h in found.forward.hops if h.decision == "forwards"]) == ("yes", ["box"])


@pytest.mark.parametrize("to", ["10.0.0.0/16", "10.0.1.0/24", "10.0.1.10/32"])
def test_where_the_range_of_a_vpc_is_not_known_a_route_into_it_may_be_the_longer_one(to: str) -> None:
    things = neighbours()
    things["aws_vpc.v"]["cidrs"] = HOLE
    assert ask(things, A, B).verdict == "yes"
    things["aws_route_table.m"]["routes"] = [{"destination": to, "target": None, "blackhole": True}]
    found = ask(things, A, B)
    assert (found.verdict, "the ranges of v (var.hole" in found.depends_on[0]) == ("depends", True)
    things["aws_route_table.m"]["routes"] = [{"destination": "10.0.0.0/8", "target": None, "blackhole": True}]
    assert ask(things, A, B).verdict == "yes"


def test_a_bare_address_may_be_in_a_range_that_is_not_known_and_one_of_the_internet_is_not() -> None:
    things = web(OUT)
    things["aws_vpc.v"]["cidrs"] = ["10.7.0.0/16", HOLE]
    assert ask(things, A, FAR).verdict == "yes"
    assert ask(things, A, "10.7.0.9").verdict == "no"
    # What it reaches when it is in there nobody can say, and nobody has it as far as is known.
    assert ask(things, A, B).verdict == "yes"


def test_a_table_whose_hub_is_not_known_holds_for_what_it_names() -> None:
    things = hub()
    things["aws_ec2_transit_gateway_route_table.t"]["transit_gateway"] = HOLE
    assert ask(things, "aws_instance.v", "aws_instance.w").verdict == "yes"


def test_a_route_that_lost_is_told_of_the_table_it_stands_in() -> None:
    things = hub()
    attachment = "@aws_ec2_transit_gateway_attachment.v"
    whole = [{"destination": "10.0.0.0/8", "attachment": attachment}]
    things["aws_ec2_transit_gateway_route_table.t"]["routes"] = whole
    found = ask(things, "aws_instance.v", "aws_instance.w")
    told = [one.component for hop in found.forward.hops for one in hop.because if "transit" in one.reason]
    assert told == ["aws_ec2_transit_gateway_route_table.t"]
    things = bare()
    things["aws_vpc.x"] = {"cidrs": ["10.0.0.0/8"]}
    of_x = {"transit_gateway": "@aws_ec2_transit_gateway.t", "type": "vpc", "resource": "@aws_vpc.x", "subnets": []}
    things["aws_ec2_transit_gateway_attachment.x"] = of_x
    found = ask(things, "aws_instance.v", "aws_instance.w")
    told = [one.component for hop in found.forward.hops for one in hop.because if "transit" in one.reason]
    assert told == ["aws_ec2_transit_gateway.t"]


def test_a_public_address_leads_out_even_where_the_range_of_its_vpc_is_not_known() -> None:
    things = shared_exit()
    things["aws_vpc.w"]["cidrs"] = HOLE
    (way,) = [t for t in ask(things, A, "aws_instance.web").traced if t.candidate.public]
    hops = [hop.kind for hop in way.cases.walks[0].forward]
    assert (way.judged.verdict, hops.count("internet gateway")) == ("yes", 2)


@pytest.mark.parametrize(("cidrs", "verdict"), [(["10.0.0.0/16"], "yes"), (["10.0.0.0/16", HOLE], "depends")])
def test_a_bare_private_address_may_be_in_a_range_that_is_not_known(cidrs: object, verdict: str) -> None:
    things = premises("10.200.0.0/16", "not one")
    things["aws_vpc.v"]["cidrs"] = cidrs
    assert ask(things, A, "10.200.0.9").verdict == verdict
    things = premises("203.0.113.0/24")
    things["aws_vpc.v"]["cidrs"] = cidrs
    things["aws_route_table.m"]["routes"] = [OUT]
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": "@aws_instance.a"}
    assert ask(things, A, FAR).verdict == "yes"


def hub_and_premises(cidrs: object) -> Things:
    """What is for 10.9.0.0/16 leaves the hub by a VPN; of `w` some ranges may not be known."""
    things = over_a_vpn("attachment")
    table(
        things,
        "v",
        ["v"],
        {"10.9.0.0/16": "aws_ec2_transit_gateway.t", "10.1.0.0/16": "aws_ec2_transit_gateway.t"},
        "v",
    )
    things["aws_vpn_connection.n"]["routes"] = [{"destination": "10.9.0.0/16"}]
    named = {"destination": "10.9.0.0/16", "attachment": "@aws_ec2_transit_gateway_attachment.n"}
    things["aws_ec2_transit_gateway_route_table.t"]["routes"] = [named]
    things["aws_vpc.w"]["cidrs"] = cidrs
    return things


def test_a_hub_knows_who_is_in_a_vpc_whose_ranges_are_not_known_and_not_who_else_may_be() -> None:
    for cidrs, verdict in ((["10.1.0.0/16"], "yes"), (["10.1.0.0/16", HOLE], "depends"), (HOLE, "depends")):
        things = hub_and_premises(cidrs)
        assert ask(things, "aws_instance.v", "10.9.0.9").verdict == verdict
        assert ask(things, "aws_instance.v", "aws_instance.w").verdict == "yes"
    things = hub()
    things["aws_vpc.w"]["cidrs"] = ["10.1.0.0/16", HOLE]
    dead = [{"destination": "10.1.1.0/24", "blackhole": True}]
    things["aws_ec2_transit_gateway_route_table.t"]["routes"] = dead
    assert ask(things, "aws_instance.v", "aws_instance.w").verdict == "no"


def test_an_attachment_whose_vpc_is_not_known_may_be_the_one() -> None:
    things = hub()
    things["aws_ec2_transit_gateway_attachment.w"]["resource"] = HOLE
    found = ask(things, "aws_instance.v", "aws_instance.w")
    assert (found.verdict, "attachment w" in found.depends_on[0]) == ("depends", True)


@pytest.mark.parametrize("spelled", ["connection", "attachment"])
def test_a_hub_learns_what_a_vpn_says_of_its_premises(spelled: str) -> None:
    things = over_a_vpn(spelled)
    rules = things["aws_ec2_transit_gateway_route_table.t"]
    (learnt,) = [one["attachment"] for one in rules["routes"]]
    rules["routes"] = []
    assert ask(things, "aws_instance.v", "192.168.7.7").verdict == "no"
    rules["propagations"] = [*rules["propagations"], {"attachment": learnt}]
    assert ask(things, "aws_instance.v", "192.168.7.7").verdict == "yes"
    things["aws_vpn_connection.n"]["routes"] = [{"destination": "not one"}, {"destination": "2000::/3"}]
    assert ask(things, "aws_instance.v", "192.168.7.7").verdict == "no"


def test_an_attachment_that_tells_no_default_table_is_not_known_to_one_that_is_written_down() -> None:
    things = bare(
        association_table="@aws_ec2_transit_gateway_route_table.d",
        propagation_table="@aws_ec2_transit_gateway_route_table.d",
    )
    things["aws_ec2_transit_gateway_route_table.d"] = {"transit_gateway": "@aws_ec2_transit_gateway.t", "routes": []}
    assert ask(things, "aws_instance.v", "aws_instance.w").verdict == "yes"
    things["aws_ec2_transit_gateway_attachment.w"]["default_propagation"] = False
    found = ask(things, "aws_instance.v", "aws_instance.w")
    assert (found.verdict, reason(found)) == ("no", "transit-has-no-route")


def test_of_what_is_real_a_written_route_tells_which_learnt_one_it_overrules() -> None:
    things = hub()
    rules = things["aws_ec2_transit_gateway_route_table.t"]
    rules["routes"] = [{"destination": "10.1.0.0/16", "blackhole": True}]
    found = ask(things, "aws_instance.v", "aws_instance.w", said="dump")
    assert reason(found) == "transit-blackhole"
    assert len([one for one in found.forward.hops[-1].because if " w" in one.text]) == 1


def test_an_attachment_without_an_id_is_nobody_s() -> None:
    things = over_a_vpn("connection")
    for name in "vw":
        things[f"aws_ec2_transit_gateway_attachment.{name}"]["id"] = None
    things["aws_ec2_transit_gateway_route_table.t"]["associations"].pop()
    found = ask(things, "192.168.7.7", "aws_instance.v")
    assert (found.verdict, reason(found)) == ("no", "transit-no-association")


def test_a_hub_s_route_to_nowhere_is_a_blackhole() -> None:
    things = hub()
    things["aws_ec2_transit_gateway_route_table.t"]["routes"] = [{"destination": "10.1.1.0/24"}]
    found = ask(things, "aws_instance.v", "aws_instance.w")
    assert (found.verdict, reason(found)) == ("no", "transit-blackhole")


def test_an_entry_of_a_hub_s_list_that_is_no_range_is_passed_over() -> None:
    things = hub()
    things["aws_ec2_managed_prefix_list.l"] = {"entries": [{"cidr": "not one"}, {"cidr": "10.1.1.0/24"}]}
    by_list = {"prefix_list": "@aws_ec2_managed_prefix_list.l", "blackhole": True}
    things["aws_ec2_transit_gateway_route_table.t"]["routes"] = [by_list]
    assert ask(things, "aws_instance.v", "aws_instance.w").verdict == "no"


def test_of_attachments_a_table_learns_from_one_may_not_be_known() -> None:
    things = hub()
    of_v = {"attachment": "@aws_ec2_transit_gateway_attachment.v"}
    things["aws_ec2_transit_gateway_route_table.t"]["propagations"] = [of_v, {"attachment": HOLE}]
    found = ask(things, "aws_instance.v", "aws_instance.w")
    assert (found.verdict, found.depends_on) == (
        "depends",
        ("whether w tells t its routes (var.hole: variable without a value)",),
    )


def test_what_leaves_a_hub_by_direct_connect_is_carried_by_its_association() -> None:
    things = hub()
    things["aws_dx_gateway.d"] = {}
    things["aws_dx_gateway_association.d"] = {
        "dx_gateway": "@aws_dx_gateway.d",
        "gateway": "@aws_ec2_transit_gateway.t",
    }
    out = {"destination": "192.168.0.0/16", "attachment": "@aws_dx_gateway_association.d"}
    things["aws_ec2_transit_gateway_route_table.t"]["routes"] = [out]
    table(things, "v", ["v"], {"192.168.0.0/16": "aws_ec2_transit_gateway.t"}, vpc="v")
    found = ask(things, "aws_instance.v", "192.168.7.7")
    assert "aws_dx_gateway_association.d" in [h.component for h in found.forward.hops if h.kind == "Direct Connect"]


def test_a_learnt_route_for_ipv6_is_told_as_one() -> None:
    things = hub()
    for number, name in enumerate("vw"):
        things[f"aws_vpc.{name}"]["ipv6_cidrs"] = [f"2600:1f0{number}::/56"]
        things[f"aws_subnet.{name}"]["ipv6_cidr"] = f"2600:1f0{number}::/64"
        things[f"aws_instance.{name}"]["ipv6_addresses"] = [f"2600:1f0{number}::10"]
        to = {"destination": f"2600:1f0{1 - number}::/56", "target": "@aws_ec2_transit_gateway.t"}
        things[f"aws_route_table.{name}"]["routes"].append(to)
    found = ask(things, "aws_instance.v", "aws_instance.w")
    (way,) = [t for t in found.traced if t.candidate.version == 6 and not t.candidate.public]
    rules = [hop.rule for hop in way.cases.walks[0].forward if hop.kind == "transit gateway" and hop.rule]
    assert (way.judged.verdict, rules) == ("yes", ["2600:1f01::/56 → w"])
