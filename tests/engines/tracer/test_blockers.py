"""Every set of blockers of random estates flips the verdict once its edits are made; none of them can be left out."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "network"))

from network_estates import allow, estate, public_web
from test_network_against_tracer import RELAXED, surroundings

from nephograph.engines.tracer.blockers import blockers, edits_of, flips
from nephograph.engines.tracer.came import Outside
from nephograph.engines.tracer.edits import apply
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.places import interfaces_of
from nephograph.engines.tracer.question import Question, put


def question(built: Any, source: str, protocol: str, port: int) -> Question:
    web = interfaces_of(Ground(built), built.resources["aws_instance.web"])
    ranges = () if source == "internet" else (source,)
    return Question((Outside("internet", source, ranges),), tuple(web), protocol, (port, port))


@settings(max_examples=60, deadline=None, suppress_health_check=RELAXED)
@given(surroundings(), st.sampled_from(["internet", "8.8.8.8", "203.0.113.0/24"]), st.sampled_from([22, 443, 65535]))
def test_every_set_flips_and_is_minimal(things: dict[str, dict[str, Any]], source: str, port: int) -> None:
    built = estate(things)
    asked = question(built, source, "tcp", port)
    found = put(Ground(built), asked)
    if found.verdict != "no":
        return
    blocked = blockers(built, asked, found)
    whole = [chain for chain in blocked.sets if all(blocker.edit for blocker in chain)]
    if not whole:
        # The VPC itself has the sender's address in its ranges: no edit makes the gateway believe that.
        assert {str(chain[-1].drop.reason) for chain in blocked.sets} == {"spoofed-source"}
    for chain in whole:
        assert flips(built, asked, chain)
        for blocker in chain if len(chain) > 1 else ():
            assert not flips(built, asked, tuple(b for b in chain if b is not blocker))


def test_alternatives_are_sets_of_their_own() -> None:
    things = public_web()
    things["aws_instance.web"]["public_ip"] = False
    things["aws_subnet.other"] = {"vpc": "@aws_vpc.main", "cidr": "10.0.9.0/24"}
    things["aws_nat_gateway.nat"] = {"subnet": "@aws_subnet.other", "connectivity": "public"}
    things["aws_route_table.public"]["routes"] = []
    things["aws_security_group.web"]["egress"] = [allow("all", 0, 65535, cidr="0.0.0.0/0")]
    things["aws_route_table.other"] = {
        "vpc": "@aws_vpc.main",
        "routes": [{"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.igw"}],
        "subnets": [{"subnet": "@aws_subnet.other"}],
    }
    built = estate(things)
    web = tuple(interfaces_of(Ground(built), built.resources["aws_instance.web"]))
    asked = Question(web, (Outside("internet", "internet"),), "tcp", (443, 443))
    found = put(Ground(built), asked)
    assert found.verdict == "no"
    sets = [[b.edit.text for b in chain if b.edit] for chain in blockers(built, asked, found).sets]
    assert sets == [
        ["route 0.0.0.0/0 to nat in route table public"],
        ["route 0.0.0.0/0 to igw in route table public", "give web a public address"],
    ]


def test_edits_leave_the_estate_they_are_made_on_as_it_was() -> None:
    things = public_web()
    built = estate(things)
    asked = question(built, "internet", "tcp", 22)
    found = put(Ground(built), asked)
    (chain,) = blockers(built, asked, found).sets
    group = built.resources["aws_security_group.web"]
    before = len(group.get("ingress"))
    after = apply(built, edits_of(chain))
    assert len(built.resources["aws_security_group.web"].get("ingress")) == before
    assert len(after.resources["aws_security_group.web"].get("ingress")) == before + 1
    assert put(Ground(built), asked).verdict == "no"
