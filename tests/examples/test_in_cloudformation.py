"""The sample estates as CloudFormation: one and the same estate, findings and paths, whichever language says it.

The templates are written from what the Terraform source reads, account by account, in the properties that people
write; the CloudFormation source reads them back.
"""

from __future__ import annotations

import functools
import pathlib

import pytest
import yaml
from example_estates import EXAMPLES

from nephograph.estate.differ import Differences, differences
from nephograph.estate.match import match
from nephograph.model.source import LoadOptions
from nephograph.session import Session, open_estate
from nephograph.session.load import read
from nephograph.session.opened import just_read
from tests.support.templates import template_of

ESTATES = ("tiny", "shop")

WITHOUT = frozenset({"aws_s3_account_public_access_block"})
"""Kinds that CloudFormation has no type for."""

SAID_OTHERWISE = {
    ("aws_iam_instance_profile", "tags"): "no property for tags",
    ("aws_iam_policy", "tags"): "no property for tags",
    ("aws_instance", "volumes"): "the root volume is known by its device",
    ("aws_lambda_function", "permissions"): "a permission has no id of its own",
    ("aws_security_group", "egress"): "where nothing is written, everything may leave",
    ("aws_db_instance", "password_in_code"): "a parameter without a value says nothing",
    ("aws_secretsmanager_secret", "versions"): "a version is said by another kind of resource",
}
"""Fields that the languages say differently, and why."""


@functools.cache
def hcl(estate: str) -> Session:
    return open_estate([str(EXAMPLES / estate)], today="2026-01-01")


@functools.cache
def cloudformation(estate: str, folder: pathlib.Path) -> Session:
    reads = []
    for account in sorted({r.scope.account for r in hcl(estate).estate.resources.values()} - {""}):
        path = folder / f"{estate}-{account}.yaml"
        template = template_of(hcl(estate).estate, WITHOUT, account)
        path.write_text(yaml.safe_dump(template, sort_keys=False))
        options = LoadOptions(account=account, region="eu-west-1")
        reads += read([str(path)], options, lambda *_: None)
    return Session(just_read(reads), "2026-01-01")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tmp_path_factory.mktemp("templates")


def compared(estate: str, folder: pathlib.Path) -> Differences:
    return differences(hcl(estate).estate, cloudformation(estate, folder).estate)


@pytest.mark.parametrize("estate", ESTATES)
def test_everything_is_there_and_nothing_else(estate: str, folder: pathlib.Path) -> None:
    assert cloudformation(estate, folder).problems == ()
    found = compared(estate, folder)
    assert [one.address for one in found.removed if one.kind not in WITHOUT] == []
    assert [one.address for one in found.added] == []


@pytest.mark.parametrize("estate", ESTATES)
def test_nothing_is_said_otherwise(estate: str, folder: pathlib.Path) -> None:
    told = [
        f"{change.after.address} {field.path}: {field.before!r} -> {field.after!r}"
        for change in compared(estate, folder).changed
        for field in change.fields
        if field.decided and (change.after.kind, field.path[0]) not in SAID_OTHERWISE
    ]
    assert told == []


@pytest.mark.parametrize("estate", ESTATES)
def test_the_edges_are_the_same(estate: str, folder: pathlib.Path) -> None:
    here, there = hcl(estate).estate, cloudformation(estate, folder).estate
    after = {pair.before: pair.after for pair in match(here, there).pairs}
    ours = {(e.kind, after[e.source], after[e.target]) for e in here.edges if {e.source, e.target} <= after.keys()}
    theirs = {(e.kind, e.source, e.target) for e in there.edges}
    assert ours == theirs


@pytest.mark.parametrize("estate", ESTATES)
def test_the_answers_are_the_same(estate: str, folder: pathlib.Path) -> None:
    here, there = hcl(estate), cloudformation(estate, folder)
    after = {pair.before: pair.after for pair in match(here.estate, there.estate).pairs}
    one, other = here.ask("check"), there.ask("check")
    # A group without egress rules sends nothing in Terraform and everything in CloudFormation, which cannot say "none":
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
    alike = "aws-ec2-group-egress-open"
    found = [f for f in one.findings if f.code != alike and f.resource.cls != "configuration"]
    ours = sorted((f.code, after[f.resource.urn], f.verdict) for f in found)
    assert ours == sorted((f.code, f.resource.urn, f.verdict) for f in other.findings if f.code != alike)
    proven = sorted((p.entry.label, p.target.label) for p in one.paths if p.verdict == "yes")
    assert proven == sorted((p.entry.label, p.target.label) for p in other.paths if p.verdict == "yes")
