"""The tracer and the network engine, which share no code, answer alike for every probe of random estates."""

from __future__ import annotations

import copy
import ipaddress
import pathlib
import sys
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "network"))

from network_estates import estate
from packet_tracer import Packet
from test_network_against_tracer import BLANKS, PROBES, RELAXED, answers, blank, surroundings

from nephograph.engines.tracer.came import Outside
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.places import interfaces_of
from nephograph.engines.tracer.question import Question, put

STRIDE = 7
"""Every so many probes are asked: estates vary more than probes do."""


def probes(things: dict[str, dict[str, Any]]) -> list[Packet]:
    """Nobody on the internet has an address of the VPC itself: an answer to it would meet the subnet, not a route."""
    vpc = things["aws_vpc.main"]
    own = [ipaddress.ip_network(text) for text in (*vpc["cidrs"], *(vpc.get("ipv6_cidrs") or ())) if text]
    return [p for p in PROBES[::STRIDE] if not any(p.source in network for network in own)]


def traced(things: dict[str, dict[str, Any]]) -> Any:
    """A function from a packet of the internet to the tracer's answer."""
    built = estate(things)
    ground = Ground(built)
    web = interfaces_of(ground, built.resources["aws_instance.web"])
    found = put(ground, Question((Outside("internet", "internet"),), tuple(web)))
    named = {one.protocol for one in found.allowed} | {t.protocol for t in found.traced}

    def answer(packet: Packet) -> str:
        protocol = packet.protocol if packet.protocol in named else "other"
        got = "no"
        for one in found.allowed:
            if (one.protocol, one.version) != (protocol, packet.source.version):
                continue
            if protocol in ("tcp", "udp") and not one.low <= packet.port <= one.high:
                continue
            if any(low <= int(packet.source) <= high for low, high in one.sources):
                got = "yes" if "yes" in (got, one.verdict) else one.verdict
        return got

    return answer


@settings(max_examples=60, deadline=None, suppress_health_check=RELAXED)
@given(surroundings())
def test_known_estates_give_equal_answers(things: dict[str, dict[str, Any]]) -> None:
    engine, tracer = answers(things), traced(things)
    for packet in probes(things):
        assert tracer(packet) == engine(packet), packet


@settings(max_examples=60, deadline=None, suppress_health_check=RELAXED)
@given(surroundings(), st.lists(st.sampled_from(BLANKS), min_size=1, max_size=2, unique=True))
def test_a_certain_answer_of_one_is_no_contradiction_of_the_other(
    things: dict[str, dict[str, Any]], blanks: list[tuple[str, tuple[str | int, ...]]]
) -> None:
    partly = copy.deepcopy(things)
    for key, path in blanks:
        blank(partly, key, path)
    engine, tracer, known = answers(partly), traced(partly), answers(things)
    for packet in probes(things):
        mine, other = tracer(packet), engine(packet)
        assert {mine, other} != {"yes", "no"}, packet
        assert mine in ("depends", known(packet)), packet
