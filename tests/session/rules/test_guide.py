"""The guide to rules of one's own: its files are written as they stand there, and do what it says."""

from __future__ import annotations

import json
import pathlib
import re

import pytest

from tests.support.command import Neph

GUIDE = pathlib.Path(__file__).resolve().parents[3] / "docs" / "guides" / "your-own-rules.md"
FILE = re.compile(r"^`([\w./]+)`:\n\n(`{3,4})\w+\n(.*?)^\2$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    files = FILE.findall(GUIDE.read_text(encoding="utf-8"))
    assert len(files) == 5
    for name, _, text in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_rule_finds_what_the_guide_says(neph: Neph, here: pathlib.Path) -> None:
    pytest.importorskip("regorus", reason="Rego needs the extra rego")
    done = neph("check", "infra", "--rules", "rules", "--only", "bucket", "-f", "json")
    said = json.loads(done.out)
    assert said["errors"] == []
    assert sorted((one["code"], one["message"], one["location"]["line"]) for one in said["findings"]) == [
        ("bucket-ownerless", "nobody owns acme-logs", 1),
        ("bucket-policed", "nobody owns acme-logs", 1),
        ("bucket-unlogged-and-ownerless", "acme-logs has no owner and no log", 1),
    ]
    assert done.code == 1


def test_the_cases_of_the_guide_pass(neph: Neph, here: pathlib.Path) -> None:
    pytest.importorskip("regorus", reason="Rego needs the extra rego")
    done = neph("test", "rules/tests", "--rules", "rules/bucket_ownerless.py")
    assert done.code == 0, done.out
    assert "6 cases run: 6 as expected, 0 not." in done.out


def test_the_rules_of_the_guide_hold_what_they_carry(neph: Neph, here: pathlib.Path) -> None:
    done = neph("test", "--rules", "rules", "-f", "json")
    said = json.loads(done.out)
    assert (done.code, said["passed"], said["failed"]) == (0, 4, 0)
    assert [one["subject"] for one in said["coverage"]["not_evaluated"]] == ["rules/bucket_policed.rego"]


def test_rules_are_listed_with_their_origin(neph: Neph, here: pathlib.Path) -> None:
    said = json.loads(neph("checks", "--rules", "rules", "bucket-", "owner", "-f", "json").out)
    origins = {one["code"]: one["origin"] for one in said["checks"] if one["origin"]}
    assert origins["bucket-ownerless"] == "rules/bucket_ownerless.py"
    assert "When it leaks" in neph("explain", "bucket-ownerless", "--rules", "rules").out


def failing(here: pathlib.Path, text: str) -> None:
    (here / "cases.yaml").write_text(text)


def test_a_case_that_is_not_met_fails(neph: Neph, here: pathlib.Path) -> None:
    failing(
        here,
        "- name: wrong\n  type: sql\n  rules: rules/bucket_unlogged_and_ownerless.sql\n  tree: infra\n  expect: []\n",
    )
    done = neph("test", "cases.yaml")
    assert done.code == 1
    assert "wrong: expected nothing, found bucket-unlogged-and-ownerless" in done.out


def test_how_often_counts(neph: Neph, here: pathlib.Path) -> None:
    failing(
        here,
        "- name: often\n  type: check\n  rule: aws-s3-bucket-unlogged\n  tree: infra\n"
        "  expect: { aws-s3-bucket-unlogged: 2 }\n",
    )
    assert neph("test", "cases.yaml").code == 0
    (here / "cases.yaml").write_text((here / "cases.yaml").read_text().replace(": 2", ": 3"))
    assert neph("test", "cases.yaml").code == 1


def test_a_rule_that_cannot_be_asked_fails_its_case(neph: Neph, here: pathlib.Path) -> None:
    (here / "broken.sql").write_text("-- title: T\nSELEKT 1\n")
    failing(here, "- name: broken\n  type: sql\n  rules: broken.sql\n  tree: infra\n  expect: []\n")
    done = neph("test", "cases.yaml")
    assert done.code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- name: a\n  type: lua\n  tree: infra\n  expect: []\n", "lua is no type"),
        ("- type: sql\n  tree: infra\n  expect: []\n", "a case has a name"),
        ("- name: a\n  type: sql\n  tree: infra\n  expect: []\n", "there is no rule of type sql"),
        ("- name: a\n  type: sql\n  rules: nothing.sql\n  tree: infra\n  expect: []\n", "nothing.sql does not exist"),
        ("- name: a\n  type: sql\n  rules: /etc/x.sql\n  tree: infra\n  expect: []\n", "is outside"),
        ("- name: a\n  type: check\n  rule: x\n  tree: /etc\n  expect: []\n", "/etc is outside"),
        ("- name: a\n  type: check\n  rule: x\n  tree: { ../x.tf: '' }\n  expect: []\n", "../x.tf is outside"),
        ("- name: a\n  type: check\n  rules: rules\n  tree: infra\n  expect: []\n", "a case names no Python"),
        ("- name: a\n  type: sql\n  rules: rules\n  tree: infra\n  expect: []\n", "a case names no Python"),
        ("- name: a\n  type: check\n  rule: x\n  tree: infra\n  expekt: []\n", "expekt is not known here"),
        ("- name: a\n  type: check\n  rule: x\n  tree: infra\n", "expect is a list of codes"),
        ("- name: a\n  type: check\n  rule: x\n  tree: []\n  expect: []\n", "tree is the name of a folder"),
    ],
)
def test_a_malformed_case_is_said(neph: Neph, here: pathlib.Path, text: str, said: str) -> None:
    failing(here, text)
    done = neph("test", "cases.yaml")
    assert done.code == 2
    assert said in done.out + done.err
