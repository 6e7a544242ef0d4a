"""VPC Block Public Access: what it blocks by its mode and direction, where it holds, and what exclusions spare."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_rules_of_stations import reason
from written_estates import ANY, Things, ask, machine, subnet, table, world

from nephograph.engines.tracer.blockers import blockers, flips
from nephograph.engines.tracer.ends import of_resource, of_word
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, put
from nephograph.model.value import Reason, Unknown

A, OUT = "aws_instance.a", "198.51.100.7"
OPTIONS, SPARED = "aws_vpc_block_public_access_options.o", "aws_vpc_block_public_access_exclusion.e"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")


def public(switch: Any, **exclusion: Any) -> Things:
    """A machine with a public address in a VPC that leads to the internet; another VPC beside."""
    things: Things = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}, "aws_vpc.w": {"cidrs": ["10.1.0.0/16"]}}
    subnet(things, "a", "10.0.0.0/24")
    subnet(things, "b", "10.0.1.0/24")
    machine(things, "a", "a", "10.0.0.10")
    things["aws_internet_gateway.g"] = {"vpc": "@aws_vpc.v"}
    things["aws_eip.p"] = {"public_ip": "203.0.113.9", "instance": f"@{A}"}
    table(things, "a", ["a"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    things[OPTIONS] = {"internet_gateway_block_mode": switch}
    if exclusion:
        things[SPARED] = exclusion
    return things


def both(things: Things) -> tuple[str, str]:
    """The verdicts of what starts inside, and of what starts outside."""
    return ask(things, A, OUT).verdict, ask(things, OUT, A).verdict


@pytest.mark.parametrize(
    ("mode", "verdicts"),
    [
        (None, ("yes", "yes")),
        ("off", ("yes", "yes")),
        ("block-ingress", ("no", "no")),
        ("block-bidirectional", ("no", "no")),
        (HOLE, ("depends", "depends")),
    ],
)
def test_the_mode_says_which_direction_is_blocked(mode: Any, verdicts: tuple[str, str]) -> None:
    """vpc/latest/userguide/security-vpc-bpa.html: ingress spares NAT and egress-only gateways alone."""
    assert both(public(mode)) == verdicts
    if "no" in verdicts:
        assert reason(ask(public(mode), OUT, A)) == "public-access-blocked"


def test_it_holds_in_its_account_and_region_alone() -> None:
    regions = {"aws_vpc.v": "us-east-1"}
    assert ask(public("block-bidirectional"), A, OUT, regions=regions).verdict == "yes"
    regions[OPTIONS] = "us-east-1"
    assert ask(public("block-bidirectional"), A, OUT, regions=regions).verdict == "no"


@pytest.mark.parametrize("spared", [{"vpc": "@aws_vpc.v"}, {"subnet": "@aws_subnet.a"}])
@pytest.mark.parametrize(
    ("mode", "verdicts"),
    [
        ("allow-bidirectional", ("yes", "yes")),
        ("allow-egress", ("yes", "no")),
        (None, ("no", "no")),
        (HOLE, ("depends", "depends")),
    ],
)
def test_an_exclusion_of_the_vpc_or_the_subnet_spares_them(
    spared: dict[str, Any], mode: Any, verdicts: tuple[str, str]
) -> None:
    """vpc/latest/userguide/security-vpc-bpa-exclusions.html"""
    assert both(public("block-bidirectional", mode=mode, **spared)) == verdicts


@pytest.mark.parametrize("other", [{"vpc": "@aws_vpc.w"}, {"subnet": "@aws_subnet.b"}])
def test_an_exclusion_of_something_else_spares_nobody(other: dict[str, Any]) -> None:
    assert both(public("block-bidirectional", mode="allow-bidirectional", **other)) == ("no", "no")


@pytest.mark.parametrize(
    ("state", "verdict"),
    [(None, "yes"), ("create-complete", "yes"), ("delete-complete", "no"), ("create-failed", "no")],
)
def test_an_exclusion_counts_while_it_is_there(state: Any, verdict: str) -> None:
    things = public("block-bidirectional", mode="allow-bidirectional", vpc="@aws_vpc.v", state=state)
    assert both(things) == (verdict, verdict)


@pytest.mark.parametrize("lost", [HOLE, "@aws_vpc.gone"])
def test_what_an_exclusion_spares_may_not_be_known(lost: Any) -> None:
    assert both(public("block-bidirectional", mode="allow-bidirectional", vpc=lost)) == ("depends", "depends")
    # An egress exclusion lets nobody in, whomever it spares.
    found = ask(public("block-bidirectional", mode="allow-egress", vpc=lost), OUT, A)
    assert (found.verdict, reason(found)) == ("no", "public-access-blocked")


def test_of_two_exclusions_either_spares() -> None:
    things = public("block-bidirectional", mode="allow-egress", vpc="@aws_vpc.v")
    things["aws_vpc_block_public_access_exclusion.f"] = {"mode": "allow-bidirectional", "subnet": "@aws_subnet.a"}
    assert both(things) == ("yes", "yes")


@pytest.mark.parametrize(("start", "mode"), [(A, "allow-egress"), (OUT, "allow-bidirectional")])
def test_the_smallest_edit_excludes_the_direction_that_is_blocked(start: str, mode: str) -> None:
    things = public("block-bidirectional")
    things["aws_security_group.a"]["ingress"] = [ANY]
    ground = Ground(world(things))
    inside = tuple(of_resource(ground, ground.estate.resources[A]))
    outside = tuple(of_word(ground, OUT))
    ends = (inside, outside) if start == A else (outside, inside)
    question = Question(*ends, "tcp", (443, 443), 40000)
    found = put(ground, question)
    sets = blockers(ground.estate, question, found).sets
    assert [[b.edit.text[-len(mode) - 1 : -1] for b in chain if b.edit] for chain in sets] == [[mode]]
    assert all(flips(ground.estate, question, chain) for chain in sets)
