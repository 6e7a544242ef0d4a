"""Whatever one does not know of an estate, all pairs say surely only what they say when it is known.

As `tests/engines/tracer/test_holes.py`, for every pair, both directions, every protocol and port at once: what was
there is one of the things that could be there. And the tracer never surely says the contrary.
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable, Iterator

import msgspec
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "tracer"))

from everything import Everything, contradictions
from random_networks import Maker, build
from small_estates import SMALL
from test_answers_read import WRITTEN
from test_nat64_all_pairs import prepared
from test_regional_nat_gateways import regional
from test_tasks_on_their_machines import with_tasks
from written_estates import Things, ask, world

from nephograph.engines.reachability.traffic import Span
from nephograph.engines.reachability.valued import Valued
from nephograph.engines.tracer.question import Reach
from nephograph.estate.graph import Estate
from tests.support.holes import HOLE, holes


def _distinct() -> dict[str, Callable[[], Things]]:
    """The written estates, each once: several questions are about the same."""
    found: dict[str, Callable[[], Things]] = {}
    seen: list[Things] = []
    for case, make in WRITTEN.items():
        things = make()[0]
        if things not in seen:
            seen.append(things)
            found[case] = lambda make=make: make()[0]
    return {**found, **SMALL}


ESTATES = _distinct()


@pytest.mark.parametrize("case", ESTATES)
def test_what_is_sure_is_so_when_all_is_known(case: str) -> None:
    things = ESTATES[case]()
    known = Everything(world(things))
    wrong = [(what, text) for what, one in holes(things) for text in contradictions(known, Everything(world(one)))]
    assert wrong == []


RANDOM: dict[str, tuple[Callable[[int], Things], str, tuple[int, ...]]] = {
    "real": (lambda seed: Maker(seed).make(), "real", (4, 6, 9, 17)),
    "code": (lambda seed: Maker(seed).make(), "code", (103, 106)),
    "regional NAT gateways": (regional, "real", (500, 509)),
    "tasks on machines": (with_tasks, "code", (2, 9)),
    "NAT64": (prepared, "code", (5,)),
}
EVERY = 7
"""One hole of so many is looked at: a random estate has hundreds."""


@pytest.mark.parametrize("name", RANDOM)
def test_what_is_sure_of_random_estates_is_so_when_all_is_known(name: str) -> None:
    make, said, seeds = RANDOM[name]
    wrong = []
    for seed in seeds:
        things = make(seed)
        known = Everything(build(things, said))
        every = [one for one in holes(things) if "_region" not in one[0]]
        for what, one in every[seed % EVERY :: EVERY]:
            wrong += [(seed, what, text) for text in contradictions(known, Everything(build(one, said)))]
    assert wrong == []


def _asked(pairs: Everything, protocol: str | None, port: int | None, version: int) -> int:
    """The bits of what a question asks for."""
    axis = pairs.found.axis
    if protocol is None:
        return axis.all if port is None else axis.bit("tcp", port) | axis.bit("udp", port)
    if protocol == "icmp":
        return axis.bit("icmp", 8) if version == 4 else axis.bit("icmpv6", 128)
    return (
        axis.bit(protocol, port or 0) if port is not None or protocol == "47" else axis.mask(Span(protocol, 0, 65535))
    )


def _said(pairs: Everything, source: str, target: str, door: str) -> Iterator[tuple[int, Valued]]:
    """(version, what passes) on the way by a balancer, or on the direct one."""
    for version in (4, 6):
        if "internet" in (source, target):
            key = ("inward", target, version) if source == "internet" else ("outward", source, version)
            for address in pairs.edges(key):
                yield version, pairs.at(key, address)
        else:
            key = ("through", source, door, target, version) if door else ("pair", source, target, version)
            yield version, pairs.sets.get(key, Valued(0, 0))


def _against(
    pairs: Everything, found: Reach, source: str, target: str, protocol: str | None, port: int | None
) -> Iterator[str]:
    doors = {key[2] for key in pairs.sets if key[0] == "through" and "internet" not in (source, target)}
    if found.verdict == "no":
        for door in ("", *map(str, doors)):
            for version, value in _said(pairs, source, target, door):
                if value.sure & _asked(pairs, protocol, port, version):
                    yield f"all pairs: surely{' by ' + door if door else ''}; the tracer: no"
    elif found.verdict == "yes" and found.candidate is not None and not found.candidate.public:
        way = found.candidate
        door = way.door.resource.urn if way.through and way.door is not None else ""
        if door and ("internet" in (source, target) or door not in doors or "aws_lb" in target):
            return  # a leg of its own for each balancer: what is behind two of them is not asked here
        values = list(_said(pairs, source, target, door))
        if not any(value.open & _asked(pairs, protocol, port, version) for version, value in values):
            yield "all pairs: surely not; the tracer: yes"


def _between_interfaces(case: str) -> bool:
    """Is a question about interfaces, or the internet? All pairs know no single addresses and no services."""
    things, *question = WRITTEN[case]()
    return all(end == "internet" or end in things for end in question[:2])


@pytest.mark.parametrize("case", list(filter(_between_interfaces, WRITTEN)))
def test_the_tracer_never_surely_says_the_contrary(case: str) -> None:
    things, *question = WRITTEN[case]()
    ends = [str(end) for end in question[:2]]
    wrong = []
    for what, one in [("all is known", things), *holes(things)]:
        pairs, found = Everything(world(one)), ask(one, *question)
        wrong += [(what, text) for text in _against(pairs, found, ends[0], ends[1], question[2], question[3])]
    assert wrong == []


OPTIONAL = (
    "aws_eip",
    "aws_route_table",
    "aws_network_acl",
    "aws_lb_listener",
    "aws_lb_target_group",
    "aws_ec2_transit_gateway_route_table",
)
"""Kinds without which an estate is still whole: others would be missed by whatever refers to them."""


@pytest.mark.parametrize("kind", OPTIONAL)
def test_what_may_not_exist_makes_nothing_sure_that_is_not_so_with_and_without_it(kind: str) -> None:
    wrong = []
    for case, make in ESTATES.items():
        estate = world(make())
        for urn in [resource.urn for resource in estate.of_kind(kind)]:
            rest = [one for one in estate.resources.values() if one.urn != urn]
            doubtful = msgspec.structs.replace(estate.resources[urn], existence=HOLE)
            perhaps = Everything(Estate([*rest, doubtful], estate.edges, estate.unlinked))
            edges = [edge for edge in estate.edges if urn not in (edge.source, edge.target)]
            for known in (estate, Estate(rest, edges, estate.unlinked)):
                wrong += [(case, urn, text) for text in contradictions(Everything(known), perhaps)]
    assert wrong == []
