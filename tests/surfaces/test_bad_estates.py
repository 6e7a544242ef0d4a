"""Broken plans, states, dumps and estates: a clear error or a named gap, the right exit code, and the rest loads."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from tests.support.command import Neph

CODE = 'resource "aws_s3_bucket" "b" {\n  bucket = "acme"\n}\n'

PLAN: dict[str, Any] = {
    "format_version": "1.2",
    "terraform_version": "1.9.0",
    "planned_values": {"root_module": {"resources": []}},
    "resource_changes": [],
    "configuration": {"root_module": {}},
}

STATE: dict[str, Any] = {
    "version": 4,
    "terraform_version": "1.9.0",
    "serial": 1,
    "lineage": "0",
    "outputs": {},
    "resources": [],
}

BUCKET = {
    "mode": "managed",
    "type": "aws_s3_bucket",
    "name": "s",
    "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
    "instances": [{"schema_version": 0, "attributes": {"id": "s", "bucket": "s", "arn": "arn:aws:s3:::s"}}],
}


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEPH_ESTATE", raising=False)
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "main.tf").write_text(CODE)
    return tmp_path


def load(neph: Neph, *paths: str) -> tuple[int, dict[str, Any]]:
    done = neph("load", *paths, "-f", "json")
    return done.code, json.loads(done.out)


def dump(here: pathlib.Path, name: str, text: str) -> str:
    path = here / "accounts" / "111122223333" / "eu-west-1" / "ec2" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return "accounts"


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("plan.json", json.dumps(PLAN)[:-20], "json-syntax"),
        ("plan.json", json.dumps({**PLAN, "format_version": "7.0"}), "unsupported-format"),
        ("terraform.tfstate", json.dumps({**STATE, "resources": [BUCKET]})[:-30], "json-syntax"),
        ("terraform.tfstate", json.dumps({**STATE, "version": 9}), "unsupported-format"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_loads(
    neph: Neph, here: pathlib.Path, file: str, text: str, code: str
) -> None:
    (here / file).write_text(text)
    exit_code, answer = load(neph, "code", file)
    assert exit_code == 3
    assert [error["code"] for error in answer["errors"]] == [code]
    assert file in answer["errors"][0]["message"] + json.dumps(answer["errors"][0]["span"])
    assert answer["errors"][0]["help"]
    assert answer["loaded"]["resources"] == 1


def test_a_dump_that_is_cut_off_is_said_and_the_rest_loads(neph: Neph, here: pathlib.Path) -> None:
    dump(here, "describe-vpcs.json", json.dumps({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]}))
    dump(here, "describe-subnets.json", '{"Subnets": [{"SubnetId": "subnet-1", "VpcId"')
    exit_code, answer = load(neph, "accounts")
    assert exit_code == 3
    assert [error["code"] for error in answer["errors"]] == ["json-syntax"]
    assert answer["loaded"]["resources"] == 1


def test_two_documents_that_contradict_each_other_are_a_gap(neph: Neph, here: pathlib.Path) -> None:
    vpc = {"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "IsDefault": False}
    dump(here, "describe-vpcs.1.json", json.dumps({"Vpcs": [vpc]}))
    dump(here, "describe-vpcs.2.json", json.dumps({"Vpcs": [{**vpc, "IsDefault": True}]}))
    exit_code, answer = load(neph, "accounts")
    assert exit_code == 0
    gaps = [gap for gap in answer["coverage"]["not_evaluated"] if gap["kind"] == "contradictory-documents"]
    assert len(gaps) == 1
    assert neph("check", "--fail-on", "never").code == 0
    assert neph("check", "--fail-on", "never", "--strict").code == 3


def test_one_address_that_is_said_twice_is_named(neph: Neph, here: pathlib.Path) -> None:
    (here / "terraform.tfstate").write_text(json.dumps({**STATE, "resources": [BUCKET, BUCKET]}))
    exit_code, answer = load(neph, "terraform.tfstate")
    assert [error["code"] for error in answer["errors"]] == ["duplicate-address"]
    assert exit_code == 3
    assert answer["loaded"]["resources"] == 1


def test_an_estate_of_a_newer_version_is_left_alone(neph: Neph, here: pathlib.Path) -> None:
    assert neph("load", "code").code == 0
    manifest = here / "estate.neph" / "manifest.json"
    data = json.loads(manifest.read_text())
    data["format"] += 1
    manifest.write_text(json.dumps(data))
    before = manifest.read_bytes()
    for words in (("check",), ("snapshots",), ("query", "SELECT 1"), ("load", "code")):
        done = neph(*words)
        assert done.code == 3
        assert "error[estate-newer]" in done.out + done.err
    assert manifest.read_bytes() == before


def test_a_truncated_estate_falls_back_to_the_last_whole_generation(neph: Neph, here: pathlib.Path) -> None:
    neph("load", "code")
    (here / "code" / "more.tf").write_text('resource "aws_sqs_queue" "q" {\n  name = "q"\n}\n')
    neph("load", "code")
    newest = max((here / "estate.neph" / "generations").iterdir(), key=lambda path: int(path.name))
    database = newest / "estate.duckdb"
    database.write_bytes(database.read_bytes()[:4096])
    done = neph("query", "SELECT count(*) AS n FROM resource", "-f", "json")
    assert done.code == 3
    answer = json.loads(done.out)
    assert answer["rows"] == [[1]]
    assert answer["errors"]


def test_what_the_catalog_does_not_know_is_counted_named_and_queryable(neph: Neph, here: pathlib.Path) -> None:
    (here / "code" / "more.tf").write_text('resource "aws_quantum_toaster" "t" {\n  slots = 4\n}\n')
    _, answer = load(neph, "code")
    assert [(g["kind"], g["subject"], g["count"]) for g in answer["coverage"]["not_evaluated"]] == [
        ("unknown-kind", "aws_quantum_toaster", 1)
    ]
    found = neph(
        "query", "SELECT config->>'slots' AS slots FROM resource WHERE kind = 'aws_quantum_toaster'", "-f", "csv"
    )
    assert found.out == "slots\n4\n"
