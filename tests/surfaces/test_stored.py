"""A stored estate, as a person meets it: load, list, ask, compare, export; and what is said when it cannot be."""

from __future__ import annotations

import json
import pathlib
import shutil
from typing import Any

import pytest

from tests.support.command import Neph

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """An empty directory to stand in, with the sample estate in it."""
    shutil.copytree(ROOT / "examples" / "shop", tmp_path / "shop")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEPH_ESTATE", raising=False)
    return tmp_path


def envelope(neph: Neph, *words: str) -> dict[str, Any]:
    done = neph(*words, "-f", "json")
    assert done.code in (0, 1), done.out
    return json.loads(done.out)


def test_what_was_loaded_answers_as_the_code_itself(neph: Neph, here: pathlib.Path) -> None:
    loaded = envelope(neph, "load", "shop")
    assert loaded["loaded"]["added"] == loaded["loaded"]["resources"] > 70
    stored, fresh = envelope(neph, "check"), envelope(neph, "check", "shop")
    assert stored["snapshot"]["number"] == 1
    assert stored["snapshot"]["id"] == fresh["snapshot"]["id"]
    for part in ("paths", "coverage", "assumptions"):
        assert stored[part] == fresh[part]
    assert len(stored["findings"]) == len(fresh["findings"]) > 0
    for one, other in zip(stored["findings"], fresh["findings"], strict=True):
        # Only the text of a fix needs the code itself.
        assert {**one, "fix": None} == {**other, "fix": None}


def test_frames_of_a_stored_estate_show_the_lines_that_were_read(neph: Neph, here: pathlib.Path) -> None:
    neph("load", "shop")
    fresh = neph("check", "shop", "-f", "frame").out
    shutil.rmtree(here / "shop")
    stored = neph("check", "-f", "frame").out
    lines = [line for line in fresh.splitlines() if " | " in line or "-->" in line]
    assert lines
    assert [line for line in lines if line not in stored] == []


def test_a_difference_names_the_field_and_its_place(neph: Neph, here: pathlib.Path) -> None:
    neph("load", "shop")
    values = here / "shop" / "terraform.tfvars"
    values.write_text(values.read_text().replace('"0.0.0.0/1"', '"198.51.100.128/25"'))
    again = envelope(neph, "load", "shop")
    assert again["loaded"]["changed"] == 1
    for sides in (("1", "2"), ("1",), ("latest~1", "latest"), ("latest~1",), ("1", "shop")):
        (change,) = envelope(neph, "diff", *sides)["blocks"][1]["changes"]
        assert (change["before"], change["after"]) == ("0.0.0.0/1", "198.51.100.128/25")
        assert change["resource"]["address"] == "module.bastion.aws_security_group.this"
        assert change["location"]["file"] == "shop/terraform.tfvars"
    assert envelope(neph, "diff", "2", "1")["blocks"][1]["changes"][0]["after"] == "0.0.0.0/1"
    assert envelope(neph, "diff", "2", "shop")["verdict"] == "no"
    assert neph("diff", "1", "2", "--exit-code").code == 1
    assert neph("diff", "2", "2", "--exit-code").code == 0
    assert envelope(neph, "check", "--as-of", "1")["findings"] != envelope(neph, "check")["findings"]


def test_a_resource_shows_its_history(neph: Neph, here: pathlib.Path) -> None:
    neph("load", "shop")
    bucket = here / "shop" / "modules" / "bucket" / "main.tf"
    bucket.write_text(bucket.read_text().replace('"Enabled"', '"Suspended"'))
    neph("load", "shop")
    (resource,) = envelope(neph, "show", "shop-customer-data")["resources"]
    assert [(v["snapshot"], v["what"], v["taken_to"] is None) for v in resource["history"]] == [
        (1, "added", False),
        (2, "changed", True),
    ]
    assert resource["config"]["versioning"] == "Suspended"
    assert resource["origins"]["versioning"]["span"]["file"] == "shop/modules/bucket/main.tf"
    assert {edge["kind"] for edge in resource["edges"]} == {"encrypted_by"}


def test_sql_asks_typed_views(neph: Neph, here: pathlib.Path) -> None:
    neph("load", "shop")
    found = envelope(
        neph, "query", "SELECT label, versioning, public_access_block.block_public_acls FROM aws_s3_bucket ORDER BY 1"
    )
    assert found["rows"][0] == ["shop-analytics", "Enabled", True]
    assert found["types"][2] == "BOOLEAN"
    assert neph("query", "FROM object_storage SELECT count(*)", "-f", "csv").out == "count_star()\n5\n"
    limited = envelope(neph, "query", "FROM resource", "--limit", "3")
    assert (len(limited["rows"]), limited["limited"]) == (3, True)
    assert "only the first 3 rows" in limited["assumptions"][0]


@pytest.mark.parametrize(
    "sql",
    [
        "COPY resource TO 'stolen.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "FROM '/etc/passwd'",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "DROP VIEW resource",
        "SELECT 1; SELECT 2",
        "SELEC 1",
    ],
)
def test_sql_reaches_nothing_but_the_estate(neph: Neph, here: pathlib.Path, sql: str) -> None:
    neph("load", "shop")
    done = neph("query", sql)
    assert done.code == 2
    assert done.err.startswith("error[query-")
    assert "root:" not in done.err + done.out
    assert not (here / "stolen.csv").exists()


def test_snapshots_are_listed_newest_first(neph: Neph, here: pathlib.Path) -> None:
    neph("load", "shop")
    neph("load", "shop")
    rows = envelope(neph, "snapshots")["snapshots"]
    assert [row["number"] for row in rows] == [2, 1]
    assert (rows[0]["added"], rows[0]["changed"]) == (0, 0)


@pytest.mark.parametrize(("format", "ending"), [("parquet", ".parquet"), ("json", ".jsonl")])
def test_an_export_holds_every_kind(neph: Neph, here: pathlib.Path, format: str, ending: str) -> None:
    neph("load", "shop")
    files = envelope(neph, "export", format, "out")["files"]
    assert {f"out/{name}{ending}" for name in ("resource", "edge", "aws_s3_bucket", "aws_iam_role")} <= set(files)
    if format == "json":
        rows = [json.loads(line) for line in (here / "out" / "aws_s3_bucket.jsonl").read_text().splitlines()]
        assert {row["label"] for row in rows} >= {"shop-customer-data", "shop-analytics"}


def test_another_estate_is_named_or_set(neph: Neph, here: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    neph("load", "shop", "-e", "other.neph")
    assert neph("snapshots").code == 2
    assert neph("snapshots", "-e", "other.neph").code == 0
    monkeypatch.setenv("NEPH_ESTATE", "other.neph")
    assert neph("snapshots").code == 0
    assert envelope(neph, "check")["snapshot"]["estate"] == "other.neph"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("snapshots",), 2, "no-estate"),
        (("query", "SELECT 1"), 2, "no-estate"),
        (("check", "--as-of", "1", "shop"), 2, "no-estate"),
        (("diff", "shop", "nowhere"), 2, "no-estate"),
        (("diff", "shop", "shop", "shop"), 2, "too-many-sides"),
        (("diff", "shop@before", "shop"), 2, "one-side"),
        (("show", "nothing-of-the-kind", "shop"), 2, "nothing-known"),
        (("load", "nowhere"), 2, "no-such-path"),
        (("load", "shop", "-e", "shop"), 3, "estate-absent"),
    ],
)
def test_what_cannot_be_is_said(neph: Neph, here: pathlib.Path, words: tuple[str, ...], code: int, says: str) -> None:
    done = neph(*words)
    assert done.code == code
    assert f"error[{says}]" in done.err + done.out
    assert "help:" in done.err + done.out


@pytest.mark.parametrize("which", ["9", "latest~1", "2001-01-01", "yesterday"])
def test_a_snapshot_that_is_not_there_is_said(neph: Neph, here: pathlib.Path, which: str) -> None:
    neph("load", "shop")
    done = neph("check", "--as-of", which)
    assert done.code == 2
    assert "error[no-snapshot]" in done.err


def test_no_secret_reaches_the_store(neph: Neph, here: pathlib.Path) -> None:
    secret = "Sup3r-s3cret-of-the-test"
    (here / "code").mkdir()
    (here / "code" / "main.tf").write_text(
        f"""
        variable "key" {{
          default   = "{secret}-a"
          sensitive = true
        }}
        resource "aws_db_instance" "d" {{
          identifier = "d"
          password   = "{secret}-b"
        }}
        resource "aws_lambda_function" "f" {{
          function_name = "f"
          environment {{
            variables = {{ API_TOKEN = "{secret}-c", PLAIN = var.key }}
          }}
        }}
        resource "unknown_thing" "u" {{
          client_secret = "{secret}-d"
        }}
        """
    )
    assert neph("load", "code").code == 0
    neph("export", "json", "out")
    held = [path for top in ("estate.neph", "out") for path in (here / top).rglob("*") if path.is_file()]
    assert len(held) > 5
    assert [str(path) for path in held if secret.encode() in path.read_bytes()] == []
    shown = neph("query", "SELECT * FROM aws_lambda_function", "-f", "json").out + neph("show", "f", "-f", "json").out
    assert secret not in shown
