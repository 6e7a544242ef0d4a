"""The views: typed columns, unknown values as NULL and named, classes over kinds, a catalog that has moved on."""

from __future__ import annotations

import json
import pathlib
import shutil
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from nephograph.catalog import registry
from nephograph.catalog.language import Field, flag, group, items, number, text, texts
from nephograph.estate.store import types
from nephograph.estate.store.reader import Store
from nephograph.model.resource import Class
from tests.estate.store import made
from tests.estate.store.estates import contents, write
from tests.support.trees import estate_of

CODE = """
    variable "port" {}
    resource "aws_s3_bucket" "a" {
      bucket = "acme-a"
      tags   = { team = "red", "odd key" = "1" }
    }
    resource "aws_s3_bucket_versioning" "a" {
      bucket = aws_s3_bucket.a.id
      versioning_configuration { status = "Enabled" }
    }
    resource "aws_s3_bucket" "b" {
      count  = var.port
      bucket = "acme-b"
      tags   = var.port
    }
    resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
    resource "aws_security_group" "g" {
      vpc_id = aws_vpc.v.id
      ingress {
        from_port   = 22
        to_port     = var.port
        protocol    = "tcp"
        cidr_blocks = ["0.0.0.0/0", "10.0.0.0/8"]
      }
    }
    resource "aws_eip" "e" {}
    resource "aws_instance" "i" {
      ami                    = "ami-1"
      instance_type          = "t3.micro"
      vpc_security_group_ids = [aws_security_group.g.id]
      subnet_id              = "subnet-gone"
    }
    resource "aws_kms_alias" "k" {
      name          = "alias/k"
      target_key_id = "1"
    }
    resource "aws_never_heard_of" "n" { colour = "blue" }
    resource "docker_image" "d" { name = "a type of another provider, called as a kind of ours" }
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("views")
    write(folder / "estate.neph", contents(estate_of(folder / "code", main=CODE)))
    return folder / "estate.neph"


@pytest.fixture
def store(path: pathlib.Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


def one(store: Store, sql: str) -> dict[str, Any]:
    found = store.query(sql)
    (row,) = found.rows
    return dict(zip(found.columns, row, strict=True))


def test_a_kind_is_a_view_of_typed_columns(store: Store) -> None:
    row = one(store, "SELECT * FROM aws_s3_bucket WHERE name = 'acme-a'")
    assert row["versioning"] == "Enabled"
    assert row["tags"] == {"team": "red", "odd key": "1"}
    assert row["public_access_block"]["block_public_policy"] is True
    assert (row["kind"], row["label"], row["arn"]) == ("aws_s3_bucket", "acme-a", "arn:aws:s3:::acme-a")
    assert (row["address"], row["existence"], row["unknown"]) == ("aws_s3_bucket.a", "certain", [])


def test_what_is_not_known_is_null_and_named(store: Store) -> None:
    row = one(store, "SELECT * FROM aws_s3_bucket WHERE name = 'acme-b'")
    assert row["tags"] is None
    assert row["unknown"] == [{"path": "tags", "reason": "variable without a value"}]
    assert row["existence"] == "variable without a value"
    rules = one(store, "SELECT ingress, unknown FROM aws_security_group")
    assert [(r["cidr"], r["from_port"], r["to_port"]) for r in rules["ingress"]] == [
        ("0.0.0.0/0", 22.0, None),
        ("10.0.0.0/8", 22.0, None),
    ]
    assert "ingress.0.to_port" in {u["path"] for u in rules["unknown"]}
    open_ssh = "SELECT count(*) FROM aws_security_group, unnest(ingress) AS t(r) WHERE r.cidr = '0.0.0.0/0'"
    assert store.query(open_ssh).rows == ((1,),)


def test_every_kind_and_class_of_the_catalog_can_be_asked(store: Store) -> None:
    shown = {row[0] for row in store.query("SHOW TABLES")}
    assert shown >= set(registry.kind_names())
    classes = {str(registry.kind(name).cls) for name in registry.kind_names()}
    assert shown >= classes
    for view in sorted(shown):
        store.query(f'SELECT * FROM "{view}"')


def test_a_class_unites_its_kinds(store: Store) -> None:
    found = store.query("SELECT kind, label FROM object_storage ORDER BY label")
    assert found.rows == (("aws_s3_bucket", "acme-a"), ("aws_s3_bucket", "acme-b"))
    assert "versioning" in store.query("SELECT * FROM object_storage").columns


def test_a_kind_the_catalog_does_not_know_is_asked_by_its_document(store: Store) -> None:
    row = one(store, "SELECT kind, class, config->>'colour' AS colour FROM resource WHERE kind = 'aws_never_heard_of'")
    assert row == {"kind": "aws_never_heard_of", "class": "generic", "colour": "blue"}
    found = one(store, "SELECT type, attributes->>'colour' AS colour FROM document WHERE type LIKE '%never%'")
    assert found == {"type": "aws_never_heard_of", "colour": "blue"}
    assert store.query("SELECT kind, subject, count FROM gap WHERE subject LIKE '%never%'").rows == (
        ("unknown-kind", "aws_never_heard_of", 1),
    )


def test_a_kind_of_no_class_of_its_own_has_its_columns(store: Store) -> None:
    assert registry.kind("aws_kms_alias").cls is Class.GENERIC
    assert one(store, "SELECT name, key, class FROM aws_kms_alias") == {
        "name": "alias/k",
        "key": "1",
        "class": "generic",
    }
    assert one(store, "SELECT label FROM generic WHERE kind = 'aws_kms_alias'") == {"label": "alias/k"}


def test_a_type_that_is_called_as_a_kind_is_none(store: Store) -> None:
    assert store.query("SELECT count(*) FROM docker_image").rows == ((0,),)
    assert one(store, "SELECT native FROM resource WHERE label LIKE 'a type of another%'") == {
        "native": "terraform/docker_image"
    }


def test_no_kind_has_the_name_its_provider_gives_it() -> None:
    """By that a resource of a kind is told from one of a type that the catalog does not know."""
    assert [name for name in registry.kind_names() if registry.kind(name).native == name] == []


def test_kinds_that_were_not_typed_when_they_were_written_are_read_all_the_same(
    path: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    duckdb = pytest.importorskip("duckdb")
    old = tmp_path / "old.neph"
    shutil.copytree(path, old)
    (file,) = old.rglob("estate.duckdb")
    with duckdb.connect(str(file)) as connection:
        connection.execute('DROP TABLE typed."aws_kms_alias"')
        connection.execute("DELETE FROM kind WHERE name = 'aws_kms_alias'")
    with Store.open(old) as read:
        assert one(read, "SELECT name FROM aws_kms_alias") == {"name": "alias/k"}
    write(old, contents(estate_of(tmp_path / "code", main=CODE.replace("alias/k", "alias/other"))))
    with Store.open(old) as read:
        assert one(read, "SELECT name FROM aws_kms_alias") == {"name": "alias/other"}
        assert "aws_kms_alias" in dict(read.query("SELECT * FROM estate.main.kind").rows)


def test_edges_and_references_that_lead_nowhere(store: Store) -> None:
    found = store.query("SELECT source, target, field FROM edge WHERE kind = 'in_network'").rows
    assert [(s.rpartition(":")[2], t.rpartition(":")[2], f) for s, t, f in found] == [
        ("//aws_security_group.g", "//aws_vpc.v", "vpc")
    ]
    assert "subnet-gone" in str(store.query("SELECT why FROM unlinked").rows)


def test_a_field_with_the_name_of_a_common_column_is_kept_apart(store: Store) -> None:
    common = {"urn", "kind", "class", "label", "arn", "address", "root", "region", "account", "unknown", "existence"}
    for name in registry.kind_names():
        columns = store.query(f"DESCRIBE {name}").rows
        names = [row[0] for row in columns]
        assert len(names) == len(set(names)), name
        assert common <= set(names)
        for field in registry.kind(name).fields:
            assert (f"config_{field}" if field in common else field) in names or f"config_{field}" in names


def test_an_empty_estate_can_be_asked(tmp_path: pathlib.Path) -> None:
    write(tmp_path / "estate.neph", made.contents(1, size=0))
    with Store.open(tmp_path / "estate.neph") as store:
        assert store.contents().estate.resources == {}
        assert store.query("SELECT count(*) FROM aws_s3_bucket").rows == ((0,),)
        assert store.edge_kinds() == ()
        assert len(store.csr("in_network")) == 0


def changed(monkeypatch: pytest.MonkeyPatch, name: str, fields: dict[str, Field]) -> None:
    """A catalog in which a kind has other fields."""
    today, declared = registry.kind(name), registry.kind
    other = msgspec.structs.replace(today, fields=fields)
    monkeypatch.setattr(registry, "kind", lambda asked: other if asked == name else declared(asked))


def test_a_kind_that_has_other_fields_today(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "estate.neph"
    session = estate_of(tmp_path / "code", main=CODE)
    fields = dict(registry.kind("aws_s3_bucket").fields)
    with monkeypatch.context() as patch:
        # It was written when the kind had no versioning, tags of another type, and a field that is gone today.
        then = {name: field for name, field in fields.items() if name != "versioning"}
        changed(patch, "aws_s3_bucket", {**then, "tags": text(), "once": text()})
        write(path, contents(session))
        with Store.open(path) as store:
            columns = store.query("SELECT * FROM aws_s3_bucket").columns
            assert "once" in columns
            assert "versioning" not in columns
    with Store.open(path) as store:
        for _ in range(2):
            found = store.query("SELECT versioning, tags['team'], label FROM aws_s3_bucket ORDER BY name")
            assert found.rows[0] == ("Enabled", "red", "acme-a")
            assert "once" not in store.query("SELECT * FROM aws_s3_bucket").columns
            assert store.query("SELECT versioning FROM object_storage ORDER BY name").rows[0] == ("Enabled",)
    # The next load makes the table anew, with the history in it.
    write(path, contents(estate_of(tmp_path / "code", main=CODE.replace("red", "blue"))))
    with Store.open(path) as store:
        assert dict(store.query("SELECT * FROM estate.main.kind").rows)["aws_s3_bucket"] == types.signature(fields)
        for as_of, team in ((1, "red"), (2, "blue")):
            found = store.query("SELECT tags['team'] FROM aws_s3_bucket WHERE versioning = 'Enabled'", as_of=as_of)
            assert found.rows == ((team,),)


def test_a_kind_that_is_gone_today(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "estate.neph"
    write(path, made.contents(1))
    names = tuple(name for name in registry.kind_names() if name != "aws_s3_bucket")
    monkeypatch.setattr(registry, "kind_names", lambda: names)
    with Store.open(path) as store:
        assert store.query("SELECT count(*) > 0 FROM resource WHERE kind = 'aws_s3_bucket'").rows == ((True,),)
    write(path, made.contents(2))
    with Store.open(path) as store:
        assert store.query("SELECT count(*) > 0 FROM resource WHERE kind = 'aws_s3_bucket'").rows == ((True,),)


def test_the_types_of_columns() -> None:
    inner = {"b": number(), "a": texts()}
    fields = {"x": flag(), "g": group(**inner), "i": items(**inner), "e": items(), 'we"ird': text()}
    assert types.struct(fields) == (
        'STRUCT("e" JSON, "g" STRUCT("a" VARCHAR[], "b" DOUBLE), "i" STRUCT("a" VARCHAR[], "b" DOUBLE)[],'
        ' "we""ird" VARCHAR, "x" BOOLEAN)'
    )
    assert json.loads(types.signature(fields))["i"] == [{"a": "VARCHAR[]", "b": "DOUBLE"}]


@pytest.mark.parametrize("format", ["parquet", "json"])
def test_export(store: Store, tmp_path: pathlib.Path, format: Any) -> None:
    import duckdb

    files = store.export(tmp_path / "out", format)
    assert {f.stem for f in files} >= {"resource", "edge", "history", "snapshot", "aws_s3_bucket", "aws_vpc"}
    assert sorted(tmp_path.joinpath("out").iterdir()) == sorted(files)
    (file,) = [f for f in files if f.stem == "aws_s3_bucket"]
    found = duckdb.sql(
        f"SELECT label, versioning, public_access_block.block_public_policy FROM '{file}' ORDER BY label"
    )
    assert found.fetchall() == [("acme-a", "Enabled", True), ("acme-b", "Disabled", True)]


def test_export_in_no_format_there_is(store: Store, tmp_path: pathlib.Path) -> None:
    from nephograph.model.errors import UsageError

    with pytest.raises(UsageError) as raised:
        store.export(tmp_path, "xlsx")  # type: ignore[arg-type]
    assert raised.value.problem.code == "export-format"
