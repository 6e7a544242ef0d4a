"""Severity from context: the same fact weighs more where an attack path runs over it, and says so."""

from __future__ import annotations

import pathlib
import shutil

import pytest

from nephograph.model.answer import Answer, Finding, Severity
from nephograph.session import open_estate

SHOP = pathlib.Path(__file__).parents[2] / "examples" / "shop"


@pytest.fixture(scope="module")
def answer() -> Answer:
    return open_estate([str(SHOP)], today="2026-01-01").ask("check")


def raised(answer: Answer) -> list[Finding]:
    return [f for f in answer.findings if any(" elsewhere: the attack path " in fact.text for fact in f.evidence)]


def test_what_a_proven_path_runs_over_is_one_step_worse_and_says_why(answer: Answer) -> None:
    (one,) = [f for f in raised(answer) if f.code == "aws-ec2-instance-metadata-v1"]
    assert one.severity is Severity.HIGH
    assert one.evidence[-1].text == (
        "medium elsewhere: the attack path from internet to shop-customer-data runs over it"
    )


def test_nothing_beside_the_paths_is_raised(answer: Answer) -> None:
    over = {end.urn for p in answer.paths if p.verdict == "yes" for s in p.steps for end in (s.source, s.target)}
    assert raised(answer)
    assert {one.resource.urn for one in raised(answer)} <= over


def test_none_is_worse_than_the_path_and_the_order_holds(answer: Answer) -> None:
    worst = min(path.severity.rank for path in answer.paths)
    assert all(one.severity.rank >= worst for one in raised(answer))
    live = [one.severity.rank for one in answer.findings if one.suppressed is None]
    assert live == sorted(live)


def test_without_paths_a_finding_has_the_severity_of_its_check() -> None:
    alone = open_estate([str(SHOP)], today="2026-01-01").ask("check", only=("aws-ec2-instance-metadata",))
    assert {one.severity for one in alone.findings} == {Severity.MEDIUM}
    assert raised(alone) == []


def test_what_is_silenced_stays_as_it_is(tmp_path: pathlib.Path) -> None:
    shutil.copytree(SHOP, tmp_path / "shop")
    file = tmp_path / "shop" / "modules" / "bastion" / "main.tf"
    text = file.read_text().replace(
        'resource "aws_instance"', '# neph: ignore because of a test\nresource "aws_instance"'
    )
    file.write_text(text)
    answer = open_estate([str(tmp_path / "shop")], today="2026-01-01").ask("check")
    silenced = [one for one in answer.findings if one.code == "aws-ec2-instance-metadata-v1" and one.suppressed]
    assert [one.severity for one in silenced] == [Severity.MEDIUM]
    assert silenced[0] not in raised(answer)


def test_what_depends_is_not_raised(tmp_path: pathlib.Path) -> None:
    shutil.copytree(SHOP, tmp_path / "shop")
    file = tmp_path / "shop" / "modules" / "bastion" / "main.tf"
    text = file.read_text().replace("  metadata_options {\n", "  metadata_options {\n    http_tokens = var.tokens\n")
    file.write_text(f'variable "tokens" {{\n  default = data.external.tokens.result\n}}\n{text}')
    answer = open_estate([str(tmp_path / "shop")], today="2026-01-01").ask("check")
    (open_,) = [one for one in answer.findings if one.code == "aws-ec2-instance-metadata-v1"]
    assert open_.verdict == "depends"
    assert open_ not in raised(answer)
    proven = [path for path in answer.paths if path.verdict == "yes"]
    assert any(open_.resource == end for path in proven for step in path.steps for end in (step.source, step.target))
