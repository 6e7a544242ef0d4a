"""Sample estates in four spellings: code, a plan, a state, answers of the AWS CLI. One estate, one set of answers.

What a spelling cannot say is not known in it. So it may answer *depends* where the code answers yes or no, and never
the contrary; and it may never say that something is, or is not, which the code says otherwise.
"""

from __future__ import annotations

import functools
import pathlib

import pytest
from example_estates import EXAMPLES

from nephograph.estate.differ import Differences, differences
from nephograph.estate.graph import Estate
from nephograph.estate.match import match
from nephograph.model.edge import Edge
from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import Unknown
from nephograph.session import Session, open_estate
from tests.support.spellings import write_spellings

HERE = pathlib.Path(__file__).parent
ESTATES = ("tiny", "shop", "network")
"""`network` has every component that packets meet; its dump is written by hand, for no stand-in knows them all."""
SPELLINGS = ("plan", "state", "shown", "dump")

MADE_BY_AWS = {
    "aws_cloudwatch_event_bus": "every account has one",
    "aws_ebs_volume": "the disks of an instance are said inside the instance in code",
    "aws_ec2_managed_prefix_list": "AWS's own lists",
    "aws_ec2_transit_gateway_attachment": "those of VPNs and of Direct Connect, which code says with these",
    "aws_kms_alias": "aliases of keys that AWS manages",
    "aws_kms_key": "keys that AWS manages",
    "aws_lb_listener_rule": "the default rule of a listener",
    "aws_network_acl": "the default list of a VPC",
    "aws_network_interface": "the interface of an instance or a gateway",
    "aws_route53_record": "the NS and SOA records of a zone",
    "aws_route53_zone": "the zone that the code refers to by its id",
    "aws_route_table": "the main table of a VPC",
    "aws_security_group": "the default group of a VPC",
    "aws_vpc_endpoint": "the endpoints of a firewall",
}
"""What a dump holds beside what the code says, and why."""

JUDGED_OF_AWS = {
    ("aws-ec2-instance-public-address", "aws_instance"): "the subnet decides where an instance says nothing",
    ("aws-rds-database-storage-previous", "aws_db_instance"): "AWS chooses the storage where code says nothing",
    ("aws-iam-policy-condition-key-unknown", "aws_sns_topic"): "AWS writes a policy for a topic that is given none",
}
"""Findings about what AWS fills in where code says nothing, and why: of code they cannot be asked."""


@functools.cache
def said(estate: str) -> Session:
    return open_estate([str(tree(estate))], today="2026-01-01")


def tree(estate: str) -> pathlib.Path:
    """Where the code is: what is no example for people stands beside this test."""
    return EXAMPLES / estate if (EXAMPLES / estate).is_dir() else HERE / "trees" / estate


@functools.cache
def spelled(estate: str, spelling: str, folder: pathlib.Path) -> Session:
    if spelling == "dump":
        path = HERE / "dumps" / estate
    else:
        path, _ = write_spellings(tree(estate), folder / estate)[spelling]
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
        if field.decided and not (spelling == "dump" and _is_of_what_is_real(change.after, field.path, field.after))
    ]
    assert told == []


def _is_of_what_is_real(resource: Resource, path: Path, value: object) -> bool:
    """Code says by whom routes are learnt; only what is real holds the routes."""
    learnt = path[0] == "routes" and isinstance(value, dict) and value.get("propagated") is True
    return learnt or _is_a_disk(resource, path)


def _is_a_disk(resource: Resource, path: Path) -> bool:
    """Code says the disks that a host is launched with inside the host, AWS as volumes of their own."""
    return resource.kind == "aws_instance" and path[0] in ("volumes", "attached_volumes")


@pytest.mark.parametrize("estate", ESTATES)
def test_the_disks_that_code_says_in_a_host_are_the_volumes_it_uses(estate: str, folder: pathlib.Path) -> None:
    code, other = said(estate).estate, spelled(estate, "dump", folder).estate
    after = {pair.before: pair.after for pair in match(code, other).pairs}
    keys = {(e.source, e.path[:2]): e.target for e in code.edges if e.kind == "encrypted_by"}
    for host in (r for r in code.resources.values() if r.kind == "aws_instance"):
        used = [other.resources[e.target] for e in other.outgoing(after[host.urn]) if e.kind == "uses_volume"]
        elsewhere = {after[e.target] for e in code.outgoing(host.urn) if e.kind == "uses_volume"}
        assert elsewhere <= {volume.urn for volume in used}, host.address
        own = [volume for volume in used if volume.urn not in elsewhere]
        written = host.config.get("volumes") or []
        # A host has a root volume whether or not it is written.
        assert len(own) == max(1, len(written)), host.address
        for position, disk in enumerate(written):
            key = keys.get((host.urn, ("volumes", position)))
            locks = {e.target for e in other.outgoing(own[position].urn) if e.kind == "encrypted_by"}
            assert key is None or after[key] in locks, host.address
            for name in ("encrypted", "size", "type"):
                assert disk.get(name) in (None, own[position].config[name]), (host.address, name)


@EVERY
def test_the_edges_are_the_same(estate: str, spelling: str, folder: pathlib.Path) -> None:
    code, other = said(estate).estate, spelled(estate, spelling, folder).estate
    after = {pair.before: pair.after for pair in match(code, other).pairs}
    here = {
        (e.kind, after[e.source], after[e.target])
        for e in code.edges
        if {e.source, e.target} <= after.keys() and not _of_a_disk(e, code, spelling)
    }
    there = {(e.kind, e.source, e.target): e for e in other.edges}
    before = {urn: code.resources[one] for one, urn in after.items()}
    assert here - there.keys() == set()
    more = [there[edge] for edge in there.keys() - here if {edge[1], edge[2]} <= before.keys()]
    more = [edge for edge in more if not _of_a_disk(edge, other, spelling)]
    # What code leaves to the provider (the VPC of a subnet group) is known only in what is real.
    assert [e for e in more if not e.path or before[e.said_by].config.get(str(e.path[0])) is not None] == []


def _of_a_disk(edge: Edge, estate: Estate, spelling: str) -> bool:
    return spelling == "dump" and bool(edge.path) and _is_a_disk(estate.resources[edge.said_by], edge.path)


@EVERY
def test_the_answers_do_not_contradict(estate: str, spelling: str, folder: pathlib.Path) -> None:
    code, other = said(estate), spelled(estate, spelling, folder)
    after = {pair.before: pair.after for pair in match(code.estate, other.estate).pairs}
    here, there = code.ask("check"), other.ask("check")
    ours = {(f.code, after[f.resource.urn]): f.verdict for f in here.findings if f.resource.cls != "configuration"}
    theirs = {(f.code, f.resource.urn): f.verdict for f in there.findings}
    filled_in = {(f.code, f.resource.urn) for f in there.findings if (f.code, f.resource.kind) in JUDGED_OF_AWS}
    for finding, verdict in theirs.items():
        if finding[1] in after.values() and finding not in filled_in:
            assert verdict == "depends" or ours.get(finding) in (verdict, "depends"), finding
    for finding, verdict in ours.items():
        assert verdict == "depends" or finding in theirs, f"{finding} is lost"
    proven = {(path.entry.label, path.target.label) for path in here.paths if path.verdict == "yes"}
    assert {(p.entry.label, p.target.label) for p in there.paths if p.verdict == "yes"} <= proven
    # Who may be administrator, for all that is known, may read what is in the account: such paths are told as one.
    possible = {(path.entry.label, end.label) for path in there.paths for end in (path.target, *path.also)}
    if any(isinstance(role.get("trust_policy"), Unknown) for role in other.estate.resources.values()):
        # Whom a policy that is not known lets in has no name of its own: it may be anybody.
        possible |= {(path.entry.label, end) for path in here.paths for entry, end in possible if entry == "internet"}
    assert proven <= possible


@pytest.mark.parametrize("estate", ESTATES)
@pytest.mark.parametrize("spelling", ["state", "dump"])
def test_what_is_real_is_answered_as_exactly_as_the_code(estate: str, spelling: str, folder: pathlib.Path) -> None:
    code, other = said(estate).ask("check"), spelled(estate, spelling, folder).ask("check")
    proven = [(p.entry.label, p.target.label) for p in code.paths if p.verdict == "yes"]
    assert sorted((p.entry.label, p.target.label) for p in other.paths if p.verdict == "yes") == sorted(proven)
