"""Snapshots: what did not change is not written again, every snapshot is read as it was, differences are named."""

from __future__ import annotations

import pathlib
import re

import pytest

from nephograph.estate.store.reader import Store
from nephograph.model.errors import UsageError
from nephograph.model.resource import Resource
from nephograph.session import Session
from tests.estate.store import made
from tests.estate.store.estates import assert_same, contents, write
from tests.support.trees import estate_of

TABLES = ("entity", "frame", "resource", "origin", "edge", "unlinked", "text", "path", "typed.aws_s3_bucket")


def rows(store: Store) -> dict[str, int]:
    return {table: store.query(f"SELECT count(*) FROM estate.{table}").rows[0][0] for table in TABLES}


def bucket(tmp_path: pathlib.Path, name: str, text: str) -> Session:
    return estate_of(tmp_path / name, main=text)


def test_an_identical_load_adds_a_snapshot_and_nothing_else(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    write(path, made.contents(1))
    with Store.open(path) as store:
        before = rows(store)
    info = write(path, made.contents(1))
    assert (info.added, info.removed, info.changed, info.moved) == (0, 0, 0, 0)
    with Store.open(path) as store:
        assert rows(store) == before
        assert [row.number for row in store.snapshots()] == [1, 2]
        assert not store.changes(1, 2)
        assert store.query("SELECT count(*) FROM history WHERE valid_to IS NOT NULL").rows == ((0,),)
    first, second = (path / "generations" / str(n) / "edges" / "1.out.csr" for n in (1, 2))
    assert first.samefile(second)


def test_twenty_snapshots_with_one_change_each(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    many = "\n".join(f'resource "aws_s3_bucket" "b{n}" {{\n bucket = "b-{n}"\n}}' for n in range(100))
    sessions = [bucket(tmp_path, "code", many)]
    sessions += [
        bucket(tmp_path, "code", many.replace(f'"b-{n}"', f'"b-{n}"\n tags = {{ x = "y" }}')) for n in range(20)
    ]
    for session in sessions:
        write(path, contents(session))
    with Store.open(path) as store:
        # One changes and the one before changes back: two rows a snapshot.
        assert rows(store)["resource"] == 100 + 1 + 19 * 2
        assert rows(store)["entity"] == 100
        for number, session in enumerate(sessions, 1):
            assert_same(session.estate, store.contents(number).estate)


def test_reformatting_says_nothing_new(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    one = bucket(tmp_path, "code", 'resource "aws_s3_bucket" "b" {\n  bucket = "acme"\n}')
    write(path, contents(one))
    other = bucket(tmp_path, "code", '# a comment\n\n\nresource "aws_s3_bucket" "b" { bucket =   "acme" }')
    info = write(path, contents(other))
    assert (info.added, info.removed, info.changed, info.moved) == (0, 0, 0, 0)
    with Store.open(path) as store:
        assert rows(store)["resource"] == 1
        assert rows(store)["origin"] == 2
        assert_same(one.estate, store.contents(1).estate)
        assert_same(other.estate, store.contents(2).estate)
        assert store.contents(1).excerpts.line(str(tmp_path / "code/main.tf"), 1) == 'resource "aws_s3_bucket" "b" {'
        assert store.contents(2).excerpts.line(str(tmp_path / "code/main.tf"), 1) == "# a comment"


def test_moving_into_a_module_is_no_change(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    code = 'resource "aws_s3_bucket" "b" { bucket = "acme" }'
    write(path, contents(estate_of(tmp_path / "one", main=code)))
    moved = estate_of(tmp_path / "two", main='module "m" { source = "./m" }', m__main=code)
    info = write(path, contents(moved))
    # (the call of the module is new: a thing of the code)
    assert (info.added, info.removed, info.changed, info.moved) == (1, 0, 0, 1)
    with Store.open(path) as store:
        (urn,) = (one.urn for one in moved.estate.resources.values() if one.kind == "aws_s3_bucket")
        assert urn not in {*store.changes(1, 2).added, *store.changes(1, 2).removed, *store.changes(1, 2).changed}
        assert [(v.what, v.address) for v in store.versions(urn)] == [
            ("added", "aws_s3_bucket.b"),
            ("moved", "module.m.aws_s3_bucket.b"),
        ]
        assert store.contents(1).estate.resources[urn].address == "aws_s3_bucket.b"


def test_added_changed_removed_and_added_again(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    a, b = 'resource "aws_s3_bucket" "a" { bucket = "a" }', 'resource "aws_s3_bucket" "b" { bucket = "b" }'
    changed = 'resource "aws_s3_bucket" "b" {\n bucket = "b"\n tags = {x = "y"}\n}'
    for text in (a, f"{a}\n{b}", f"{a}\n{changed}", a, f"{a}\n{changed}"):
        write(path, contents(bucket(tmp_path, "code", text)))
    with Store.open(path) as store:
        urn = next(u for u in store.contents().estate.resources if u.endswith(":b"))
        assert [(v.valid_from, v.valid_to, v.what) for v in store.versions(urn)] == [
            (2, 3, "added"),
            (3, 4, "changed"),
            (5, None, "added"),
        ]
        assert store.changes(1, 2).added == (urn,)
        assert store.changes(2, 3).changed == (urn,)
        assert store.changes(3, 4).removed == (urn,)
        assert not store.changes(1, 4)
        assert not store.changes(3, 5)
        assert store.changes(2, 5).changed == (urn,)
        found = store.query(f"SELECT valid_from, valid_to, what FROM history WHERE urn = '{urn}' ORDER BY 1").rows
        assert found == ((2, 3, "added"), (3, 4, "changed"), (5, None, "added"))
        assert store.query("SELECT count(*) FROM aws_s3_bucket", as_of=4).rows == ((1,),)
        assert store.query("SELECT tags['x'] FROM aws_s3_bucket ORDER BY urn", as_of=3).rows == ((None,), ("y",))
        assert store.versions("neph:nothing") == ()


def test_every_pair_of_snapshots(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    seeds = (1, 2, 3, 3, 1, 4)
    for seed in seeds:
        write(path, made.contents(seed))
    with Store.open(path) as store:
        for a in range(1, len(seeds) + 1):
            for b in range(1, len(seeds) + 1):
                one, other = made.estate(seeds[a - 1]).resources, made.estate(seeds[b - 1]).resources
                found = store.changes(a, b)
                assert found == store.full_changes(a, b)
                assert found.added == tuple(sorted(other.keys() - one.keys()))
                assert found.removed == tuple(sorted(one.keys() - other.keys()))
                differ = {u for u in one.keys() & other.keys() if says(one[u]) != says(other[u])}
                assert found.changed == tuple(sorted(differ))


def says(resource: Resource) -> tuple[str, str]:
    """What counts as content of a resource made by hand: unknown values by their reason."""
    config = re.sub(r"var\.v\d", "v", str(resource.config))
    return config, "" if resource.existence is None else str(resource.existence.reason)


def test_a_snapshot_that_is_not_there(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    write(path, made.contents(1))
    with Store.open(path) as store:
        for ask in (store.snapshot, store.contents, lambda n: store.query("SELECT 1", as_of=n)):
            with pytest.raises(UsageError) as raised:
                ask(7)
            assert raised.value.problem.code == "no-snapshot"
