"""The sample estate in four spellings: code, a plan, a state, answers of the AWS CLI. One estate, one set of answers.

What a spelling cannot say is not known in it. So it may answer *depends* where the code answers yes or no, and never
the contrary; and it may never say that something is, or is not, which the code says otherwise.
"""

from __future__ import annotations

import functools
import pathlib

import pytest
from example_estates import EXAMPLES

from nephograph.estate.differ import Differences, differences
from nephograph.estate.match import match
from nephograph.session import Session, open_estate
from tests.support.spellings import write_spellings

HERE = pathlib.Path(__file__).parent
ESTATES = ("tiny", "shop")
SPELLINGS = ("plan", "state", "shown", "dump")

MADE_BY_AWS = {
    "aws_cloudwatch_event_bus": "every account has one",
    "aws_ebs_volume": "the root volume of an instance is said inside the instance in code",
    "aws_ec2_managed_prefix_list": "AWS's own lists",
    "aws_kms_alias": "aliases of keys that AWS manages",
    "aws_kms_key": "keys that AWS manages",
    "aws_lb_listener_rule": "the default rule of a listener",
    "aws_network_acl": "the default list of a VPC",
    "aws_network_interface": "the interface of an instance or a gateway",
    "aws_route53_record": "the NS and SOA records of a zone",
    "aws_route53_zone": "the zone that the code refers to by its id",
    "aws_route_table": "the main table of a VPC",
    "aws_security_group": "the default group of a VPC",
}
"""What a dump holds beside what the code says, and why."""


@functools.cache
def said(estate: str) -> Session:
    return open_estate([str(EXAMPLES / estate)], today="2026-01-01")


@functools.cache
def spelled(estate: str, spelling: str, folder: pathlib.Path) -> Session:
    if spelling == "dump":
        path = HERE / "dumps" / estate
    else:
        path, _ = write_spellings(EXAMPLES / estate, folder / estate)[spelling]
    return open_estate([str(path)], today="2026-01-01")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tmp_path_factory.mktemp("spellings")


EVERY = pytest.mark.parametrize(
    ("estate", "spelling"), [(e, s) for e in ESTATES for s in SPELLINGS], ids=lambda value: value
)


def compared(estate: str, spelling: str, folder: pathlib.Path) -> Differences:
    return differences(said(estate).estate, spelled(estate, spelling, folder).estate)


@EVERY
def test_everything_is_there_and_nothing_else(estate: str, spelling: str, folder: pathlib.Path) -> None:
    found = compared(estate, spelling, folder)
    assert [r.address for r in found.removed] == []
    extra = found.added if spelling != "dump" else [r for r in found.added if r.kind not in MADE_BY_AWS]
    assert [r.address for r in extra] == []


@EVERY
def test_nothing_is_said_otherwise(estate: str, spelling: str, folder: pathlib.Path) -> None:
    told = [
        f"{change.after.address} {field.path}: {field.before!r} -> {field.after!r}"
        for change in compared(estate, spelling, folder).changed
        for field in change.fields
        if field.decided
    ]
    assert told == []


@EVERY
def test_the_edges_are_the_same(estate: str, spelling: str, folder: pathlib.Path) -> None:
    code, other = said(estate).estate, spelled(estate, spelling, folder).estate
    after = {pair.before: pair.after for pair in match(code, other).pairs}
    here = {(e.kind, after[e.source], after[e.target]) for e in code.edges if {e.source, e.target} <= after.keys()}
    there = {(e.kind, e.source, e.target) for e in other.edges}
    known = set(after.values())
    assert here - there == set()
    assert {edge for edge in there - here if {edge[1], edge[2]} <= known} == set()


@EVERY
def test_the_answers_do_not_contradict(estate: str, spelling: str, folder: pathlib.Path) -> None:
    code, other = said(estate), spelled(estate, spelling, folder)
    after = {pair.before: pair.after for pair in match(code.estate, other.estate).pairs}
    here, there = code.ask("check"), other.ask("check")
    ours = {(f.code, after[f.resource.urn]): f.verdict for f in here.findings}
    theirs = {(f.code, f.resource.urn): f.verdict for f in there.findings}
    for finding, verdict in theirs.items():
        if finding[1] in after.values():
            assert verdict == "depends" or ours.get(finding) == verdict, finding
    for finding, verdict in ours.items():
        assert verdict == "depends" or finding in theirs, f"{finding} is lost"
    proven = {(path.entry.label, path.target.label) for path in here.paths if path.verdict == "yes"}
    possible = {(path.entry.label, path.target.label) for path in there.paths}
    assert proven <= possible
    assert {(p.entry.label, p.target.label) for p in there.paths if p.verdict == "yes"} <= proven


@pytest.mark.parametrize("estate", ESTATES)
@pytest.mark.parametrize("spelling", ["state", "dump"])
def test_what_is_real_is_answered_as_exactly_as_the_code(estate: str, spelling: str, folder: pathlib.Path) -> None:
    code, other = said(estate).ask("check"), spelled(estate, spelling, folder).ask("check")
    proven = [(p.entry.label, p.target.label) for p in code.paths if p.verdict == "yes"]
    assert sorted((p.entry.label, p.target.label) for p in other.paths if p.verdict == "yes") == sorted(proven)
