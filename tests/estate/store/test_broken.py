"""Broken, foreign and newer directories: a clear error with help, or the generation before, and it is said."""

from __future__ import annotations

import json
import pathlib
import shutil

import pytest

from nephograph.estate.store.reader import Store
from nephograph.estate.store.writer import Writer
from nephograph.library.words import words
from nephograph.model.errors import NephError, ReadError, UsageError
from tests.estate.store import made
from tests.estate.store.estates import assert_holds, assert_same, write


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    """An estate of two snapshots in two generations."""
    path = tmp_path / "estate.neph"
    write(path, made.contents(1))
    write(path, made.contents(2))
    return path


def files(path: pathlib.Path, generation: int) -> list[pathlib.Path]:
    return sorted(p for p in (path / "generations" / str(generation)).rglob("*") if p.is_file())


def truncate(file: pathlib.Path, size: int) -> None:
    """Cut one name of a file; another generation may have the same file under its own."""
    content = file.read_bytes()[:size]
    file.unlink()
    file.write_bytes(content)


@pytest.mark.parametrize("cut", ["gone", "empty", "half", "last byte", "one byte other"])
def test_any_broken_file_falls_back_to_the_generation_before(path: pathlib.Path, cut: str) -> None:
    names = [file.relative_to(path / "generations" / "2") for file in files(path, 2)]
    assert len(names) == 6
    for name in names:
        shutil.copytree(path, copy := path.with_name("copy"))
        file = copy / "generations" / "2" / name
        size = file.stat().st_size
        if cut == "gone":
            file.unlink()
        elif cut == "one byte other":
            if size > 1 << 20:
                shutil.rmtree(copy)
                continue
            content = bytearray(file.read_bytes())
            content[size // 2] ^= 1
            file.unlink()
            file.write_bytes(content)
        else:
            truncate(file, {"empty": 0, "half": size // 2, "last byte": size - 1}[cut])
        with Store.open(copy) as store:
            (problem,) = store.problems
            assert problem.code == "estate-fell-back"
            assert "generation 2 of" in problem.message
            assert problem.help
            assert_same(made.estate(1), store.contents().estate)
        with Writer(copy) as writer:
            writer.write(made.contents(3))
            assert [p.code for p in writer.problems] == ["estate-fell-back"]
        with Store.open(copy) as store:
            assert store.problems == ()
            assert [row.digest for row in store.snapshots()] == ["1", "3"]
            assert_same(made.estate(3), store.contents().estate)
        shutil.rmtree(copy)


def test_a_large_database_that_is_no_database_falls_back_as_well(path: pathlib.Path) -> None:
    database = path / "generations" / "2" / "estate.duckdb"
    size = database.stat().st_size
    database.write_bytes(b"\0" * size)
    manifest = json.loads((path / "manifest.json").read_text())
    manifest["generations"][1]["files"]["estate.duckdb"][1] = ""
    (path / "manifest.json").write_text(json.dumps(manifest))
    with Store.open(path) as store:
        assert [p.code for p in store.problems] == ["estate-fell-back"]
        assert_same(made.estate(1), store.contents().estate)


def test_no_whole_generation_is_an_error(path: pathlib.Path) -> None:
    for generation in (1, 2):
        (path / "generations" / str(generation) / "estate.duckdb").unlink()
    for attempt in (Store.open, lambda path: write(path, made.contents(3))):
        with pytest.raises(ReadError) as raised:
            attempt(path)
        assert raised.value.problem.code == "estate-broken"
        assert "another directory" in raised.value.problem.help


@pytest.mark.parametrize("content", ["", "{", '{"format": 2}', '{"format": 2, "generations": []}', "\udcff", "[1]"])
def test_a_broken_manifest_is_an_error_and_the_next_load_mends_it(path: pathlib.Path, content: str) -> None:
    (path / "manifest.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ReadError) as raised:
        Store.open(path)
    assert raised.value.problem.code == "estate-manifest"
    assert "load the sources again" in raised.value.problem.help
    with Writer(path) as writer:
        writer.write(made.contents(3))
        assert [p.code for p in writer.problems] == ["estate-manifest"]
    with Store.open(path) as store:
        assert [row.digest for row in store.snapshots()] == ["1", "2", "3"]
    assert_holds(path, made.estate(3))


@pytest.mark.parametrize(("version", "code", "help"), [(99, "newer", "upgrade"), (1, "older", "another directory")])
def test_an_estate_of_another_version_is_left_alone(path: pathlib.Path, version: int, code: str, help: str) -> None:
    manifest = f'{{"format": {version}, "something": "else"}}'
    (path / "manifest.json").write_text(manifest)
    for attempt in (Store.open, lambda path: write(path, made.contents(3))):
        with pytest.raises(ReadError) as raised:
            attempt(path)
        assert raised.value.problem.code == f"estate-{code}"
        assert help in raised.value.problem.help
    assert (path / "manifest.json").read_text() == manifest
    assert files(path, 2)


def test_a_generation_of_another_version_is_not_recovered(path: pathlib.Path) -> None:
    (path / "manifest.json").unlink()
    said = path / "generations" / "1" / "generation.json"
    said.write_text('{"snapshot": 1, "made": "then"}')
    with pytest.raises(ReadError) as raised:
        write(path, made.contents(3))
    assert raised.value.problem.code == "estate-older"
    assert files(path, 1)


def test_what_is_no_estate_is_not_touched(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError) as raised:
        Store.open(tmp_path / "nothing")
    assert raised.value.problem.code == "estate-absent"
    (tmp_path / "main.tf").write_text("")
    with pytest.raises(NephError) as taken:
        write(tmp_path, made.contents(1))
    assert taken.value.problem.code == "estate-absent"
    assert [p.name for p in tmp_path.iterdir()] == ["main.tf"]
    with pytest.raises(NephError):
        write(tmp_path / "main.tf", made.contents(1))


def test_every_code_is_explained() -> None:
    assert {
        "duplicate-urn", "estate-absent", "estate-broken", "estate-fell-back", "estate-lock", "estate-locked",
        "estate-manifest", "estate-newer", "estate-not-written", "estate-older", "export-format", "no-snapshot",
        "query-failed", "query-memory", "query-refused", "query-time",
    } <= set(words())  # fmt: skip
