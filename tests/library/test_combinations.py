"""Every combination is found where all of its facts are, and keeps quiet where one of them is missing."""

from __future__ import annotations

import json
import pathlib

import pytest

from nephograph.library.combinations import combinations
from nephograph.session import open_estate
from tests.support.command import Neph

CASES = pathlib.Path(__file__).parent / "combinations"
CODES = [one.code for one in combinations()]
DECOYS = sorted(path for path in CASES.glob("*/decoy_*.tf"))


def found(written: pathlib.Path, folder: pathlib.Path) -> set[str]:
    (folder / "main.tf").write_text(written.read_text(encoding="utf-8"), encoding="utf-8")
    answer = open_estate([str(folder)], today="2026-01-01").ask("paths")
    assert answer.errors == ()
    return {finding.code for finding in answer.findings}


@pytest.mark.parametrize("code", CODES)
def test_it_is_found(code: str, tmp_path: pathlib.Path) -> None:
    assert code in found(CASES / code / "has.tf", tmp_path)


@pytest.mark.parametrize("decoy", DECOYS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_it_keeps_quiet_without_one_of_its_facts(decoy: pathlib.Path, tmp_path: pathlib.Path) -> None:
    assert decoy.parent.name not in found(decoy, tmp_path)


@pytest.mark.parametrize("code", CODES)
def test_every_combination_has_decoys(code: str) -> None:
    assert len([one for one in DECOYS if one.parent.name == code]) >= 2


def test_check_tells_it_with_the_place_of_every_fact(neph: Neph) -> None:
    code = "combination-exposed-metadata-administrator"
    told = neph("check", str(CASES / code / "has.tf"), "-f", "json")
    (finding,) = [one for one in json.loads(told.out)["findings"] if one["code"] == code]
    assert finding["severity"] == "critical"
    assert "one forged request of web" in finding["message"]
    assert {one["location"]["file"] for one in finding["evidence"] if one["location"]} == {str(CASES / code / "has.tf")}


@pytest.mark.parametrize("code", CODES)
def test_each_is_explained_with_its_facts_and_how_to_silence_it(code: str, neph: Neph) -> None:
    told = neph("explain", code, "--width", "200")
    assert told.code == 0
    assert f"neph: ignore[{code}]" in told.out
    (combination,) = [one for one in combinations() if one.code == code]
    for fact in combination.when:
        assert str(fact) in told.out


KEY = "combination-key-of-administrator"
SILENCED = {
    f"# neph: ignore[{KEY}] because the old importer": "the old importer",
    "# neph: ignore because the old importer": "the old importer",
    f"# neph: ignore[{KEY}] until 2025-12 because it was to go": None,
    "# neph: ignore[aws-iam-user-administrator] because another thing": None,
}


@pytest.mark.parametrize("comment", SILENCED)
def test_a_comment_on_what_it_is_about_silences_it(comment: str, tmp_path: pathlib.Path) -> None:
    written = (CASES / KEY / "has.tf").read_text(encoding="utf-8")
    opening = 'resource "aws_iam_access_key"'
    assert opening in written
    (tmp_path / "main.tf").write_text(written.replace(opening, f"{comment}\n{opening}"), encoding="utf-8")
    answer = open_estate([str(tmp_path)], today="2026-01-01").ask("check")
    (finding,) = [one for one in answer.findings if one.code == KEY]
    assert finding.suppressed == SILENCED[comment]


def test_where_it_rests_only_a_comment_of_its_name_silences_it(tmp_path: pathlib.Path) -> None:
    written = (CASES / KEY / "has.tf").read_text(encoding="utf-8")
    opening = 'resource "aws_iam_user_policy'
    assert opening in written
    for comment, quiet in ((f"# neph: ignore[{KEY}] because so", True), ("# neph: ignore because so", False)):
        (tmp_path / "main.tf").write_text(written.replace(opening, f"{comment}\n{opening}"), encoding="utf-8")
        answer = open_estate([str(tmp_path)], today="2026-01-01").ask("check")
        (finding,) = [one for one in answer.findings if one.code == KEY]
        assert (finding.suppressed == "so") is quiet


def test_its_id_is_explained(neph: Neph) -> None:
    where = str(CASES / KEY / "has.tf")
    (finding,) = [one for one in open_estate([where], today="2026-01-01").ask("check").findings if one.code == KEY]
    assert KEY in neph("explain", finding.id, where).out
