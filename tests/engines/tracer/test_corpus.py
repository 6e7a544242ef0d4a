"""Estates that real packets decided (`scripts/net_oracle`): the tracer gives every packet's verdict."""

from __future__ import annotations

import json
import pathlib

import pytest

from scripts.net_oracle.ask import INTERNET, Questions
from scripts.net_oracle.generate import Case
from scripts.net_oracle.things import of_kind

CORPUS = pathlib.Path(__file__).parent / "corpus"
ESTATES = sorted(CORPUS.glob("estate_*.json"))


def wrong(path: pathlib.Path) -> list[str]:
    """The probes of an estate the tracer decides otherwise, asked one by one and as intervals of ports."""
    said = json.loads(path.read_text(encoding="utf-8"))
    case = Case(said["seed"], said["things"], tuple(said["ports"]), said["sport"], said["public"])
    expected = {(a, b, target, port): arrived for a, b, target, port, arrived in said["probes"]}
    questions = Questions(case)
    spaces = {key: key for key in of_kind(case.things, "aws_instance")} | {INTERNET: INTERNET}
    found: list[str] = []
    met = 0
    for asked in questions.all(spaces):
        arrived = expected.get((asked.start, asked.goal, asked.probe.target, asked.probe.port))
        if arrived is None:
            continue
        met += 1
        verdict = questions.traced(asked).judged.verdict
        if verdict != ("yes" if arrived else "no"):
            found.append(f"{asked.start} -> {asked.goal} {asked.probe.target}:{asked.probe.port}: {verdict}")
        if met % 8 == 0 and questions.over_all_ports(asked)[asked.probe.port] != verdict:
            found.append(f"{asked.start} -> {asked.goal} {asked.probe.target}:{asked.probe.port}: as an interval")
    if met < len(expected):
        found.append(f"{len(expected) - met} probes were not asked")
    return found


@pytest.mark.parametrize("path", ESTATES, ids=lambda path: path.stem)
def test_the_tracer_gives_the_verdict_of_the_packet(path: pathlib.Path) -> None:
    assert wrong(path) == []


def test_the_corpus_meets_every_part_of_the_oracle() -> None:
    kinds = {key.partition(".")[0] for path in ESTATES for key in json.loads(path.read_text())["things"]}
    assert {
        "aws_nat_gateway",
        "aws_ec2_transit_gateway",
        "aws_vpc_peering_connection",
        "aws_lb",
        "aws_egress_only_internet_gateway",
        "aws_network_acl",
    } <= kinds
