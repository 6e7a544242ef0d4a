"""What `neph paths` is asked: ways in on request, sorts of loss, what is held, what data a rule says there is."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.model.errors import UsageError
from nephograph.session import open_estate
from nephograph.session.door import data_rules
from tests.support.command import Neph

ESTATES = pathlib.Path(__file__).parents[1] / "scenarios"
LEDGER = str(ESTATES / "cross_account_pivot" / "open")
BACKUPS = str(ESTATES / "ransomware_on_backups" / "open")


def targets(where: str, **asked: tuple[str, ...]) -> list[str]:
    return [path.target.label for path in open_estate([where], today="2026-01-01").ask("paths", **asked).paths]


def test_a_sort_of_loss_is_asked_for() -> None:
    assert targets(BACKUPS, targets=("backups",)) == ["orders-before-migration", "safe"]
    assert targets(BACKUPS, targets=("keys",)) == ["main"]
    assert targets(BACKUPS, targets=("admin",)) == []


def test_a_part_of_a_name_is_asked_for() -> None:
    assert targets(BACKUPS, targets=("migration",)) == ["orders-before-migration"]


def test_somebody_inside_starts_at_what_they_hold() -> None:
    answer = open_estate([str(ESTATES / "cross_account_pivot" / "open")], today="2026-01-01")
    (path,) = answer.ask("paths", origins=("analytics",)).paths
    assert (path.entry.label, [step.target.label for step in path.steps]) == ("insider", ["analytics", "acme-ledger"])


def test_no_path_says_why(neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "data" { bucket = "data" }')
    told = neph("paths", str(tmp_path))
    assert told.code == 0
    assert "No way in from outside was found" in told.out
    assert "leaked-key" in told.out


def test_a_rule_says_what_is_held(neph: Neph, tmp_path: pathlib.Path) -> None:
    rules = tmp_path / "neph.toml"
    rules.write_text('[[data]]\nresource = "acme-led*"\nholds = "old test data"\nseverity = "low"\n')
    told = neph("paths", LEDGER, "--data-rules", str(rules))
    assert "low: from internet to acme-ledger" in told.out
    assert "acme-ledger (old test data)" in told.out


def test_rules_in_the_tree_are_not_read(neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text((pathlib.Path(LEDGER) / "main.tf").read_text())
    (tmp_path / "neph.toml").write_text('[[data]]\nresource = "*"\nholds = "nothing"\nseverity = "low"\n')
    assert "critical: from internet to acme-ledger" in neph("paths", str(tmp_path)).out


@pytest.mark.parametrize(
    "text",
    [
        "[[data]",
        'data = "all"',
        '[[data]]\nresource = "a"',
        '[[data]]\nresource = "a"\nholds = "b"\nrun = "c"',
        '[[data]]\nresource = "a"\nholds = "b"\nseverity = "awful"',
        '[[data]]\nresource = 1\nholds = "b"',
    ],
)
def test_what_is_no_rule_is_told(text: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "neph.toml").write_text(text)
    with pytest.raises(UsageError, match=r"neph\.toml"):
        data_rules(str(tmp_path / "neph.toml"))


def test_what_aws_grants_is_ended_by_detaching_it() -> None:
    """AWS's own policies stand nowhere in the code; what stands there is who has them."""
    session = open_estate([str(ESTATES / "pipeline_takeover" / "open")], today="2026-01-01")
    told = {one["title"] for one in session.ask("chokes").data["single"]}
    assert "detach the policy from maintenance" in told
