"""What `neph paths` is asked: ways in on request, sorts of loss, what is held, what data a rule says there is."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.lenses.common.attack import found_paths
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


def test_everybody_inside_starts_alone_and_what_was_given_is_no_path() -> None:
    session = open_estate([str(ESTATES.parents[1] / "examples" / "shop")], today="2026-01-01")
    paths = session.ask("paths", origins=("principal",)).paths
    starts = {path.steps[0].target.label for path in paths}
    assert starts == {"shop-deploy", "shop-ops", "shop-migrations", "shop-platform"}
    # (That the administrators administer and the reader reads is what they are there for.)
    assert all(len(path.steps) > 2 for path in paths)


def test_a_path_has_one_id_however_its_start_was_asked_for() -> None:
    session = open_estate([str(ESTATES.parents[1] / "examples" / "shop")], today="2026-01-01")
    everybody = {path.id for path in session.ask("paths", origins=("principal",)).paths}
    for names in (("shop-ops",), ("shop-deploy", "shop-ops"), ("principal", "shop-ops")):
        named = session.ask("paths", origins=names).paths
        assert {one.id for one in named if one.steps[0].target.label == "shop-ops"} <= everybody


PUT_AWAY = """
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "inside" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_security_group" "web" { vpc_id = aws_vpc.main.id }
resource "aws_instance" "web" {
  subnet_id              = aws_subnet.inside.id
  vpc_security_group_ids = [aws_security_group.web.id]
  tags                   = { Name = "web" }
}
"""

WHY = {
    "--from leaked-key": "Nothing here is a way in by leaked-key.",
    "--from principal": "Nothing here is a way in by principal.",
    "--from internet": "The internet gets to nothing here that runs code or holds data.",
    "--from wbe": "Nothing here that an attacker starts at goes by wbe; did you mean web?",
    "--from qqqqqq": "Nothing here that an attacker starts at goes by qqqqqq; words for ways in: github,",
    "--from web": "What is asked for leads to no data, secret, key, backup, log or administrator.",
    "--from web --to backups": "No way in leads to backups.",
    "": "No way in from outside was found",
}


@pytest.mark.parametrize("words", WHY)
def test_each_word_that_leads_nowhere_is_told(words: str, neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text(PUT_AWAY)
    told = neph("paths", str(tmp_path), *words.split(), "--width", "200")
    assert told.code == 0
    assert told.out.startswith(WHY[words])


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("backups", "No way in leads to backups."),
        ("orders-before", "Nothing here goes by orders-before"),
        ("jump", "No way in leads to what goes by jump."),
    ],
)
def test_a_target_nothing_leads_to_is_told(word: str, why: str, neph: Neph) -> None:
    told = neph("paths", LEDGER, "--to", word, "--width", "200").out
    assert told.startswith(why)


def test_every_id_is_explained_folded_and_on_request(neph: Neph) -> None:
    for origins in ((), ("principal",), ("leaked-key",)):
        for where in (ESTATES / "leaked_key_to_data" / "open", ESTATES / "ssrf_to_bucket" / "open"):
            context = open_estate([str(where)], today="2026-01-01").context
            for path in found_paths(context, origins).paths:
                assert neph("explain", path.id, str(where)).out.count(path.title) >= 1


def test_paths_that_differ_in_the_last_thing_are_one_story() -> None:
    session = open_estate([str(ESTATES / "ssrf_to_bucket" / "open")], today="2026-01-01")
    (path,) = session.ask("paths").paths
    every = found_paths(session.context, ()).paths
    assert {path.target, *path.also} == {one.target for one in every}
    assert len(every) > 1


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
