"""The cache of parsed files: the same answers, from the user's own directory only, and never a torn entry."""

import pytest

from nephograph.sources.terraform import ast_cache
from nephograph.sources.terraform.syntax import parse

LONG = "".join(
    f'resource "x_y" "r{i}" {{\n  v = "${{var.a}}-{i}"\n  w = [for x in var.l : x.y[0]["k"] if x]\n}}\n'
    for i in range(300)
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("NEPH_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "ast"


def never(content):
    raise AssertionError("parsed again")


def test_a_file_that_was_parsed_is_read_back_the_same(place, monkeypatch):
    first = ast_cache.parsed(LONG)
    monkeypatch.setattr(ast_cache, "parse", never)
    assert ast_cache.parsed(LONG) == first == parse(LONG)
    assert len(list(place.iterdir())) == 1


def test_short_texts_and_texts_with_mistakes_are_not_kept(place):
    ast_cache.parsed('resource "x_y" "a" {}\n')
    broken = ast_cache.parsed(LONG + "resource {\n")
    assert broken.problems
    assert ast_cache.parsed(LONG + "resource {\n") == broken
    assert not place.exists() or not list(place.iterdir())


def test_a_torn_entry_is_parsed_anew(place):
    ast_cache.parsed(LONG)
    (entry,) = place.iterdir()
    entry.write_bytes(entry.read_bytes()[:-10])
    assert ast_cache.parsed(LONG) == parse(LONG)


def test_a_directory_that_others_may_write_to_is_not_used(place):
    place.mkdir(parents=True)
    place.chmod(0o777)
    ast_cache.parsed(LONG)
    assert list(place.iterdir()) == []


def test_an_empty_name_switches_it_off(monkeypatch):
    monkeypatch.setenv("NEPH_CACHE_DIR", "")
    assert ast_cache.directory() is None


def test_a_place_that_cannot_be_written_costs_nothing_but_time(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NEPH_CACHE_DIR", str(tmp_path / "file"))
    assert ast_cache.parsed(LONG) == parse(LONG)


def test_the_older_half_goes_when_there_are_too_many(place, monkeypatch):
    monkeypatch.setattr(ast_cache, "MAX_ENTRIES", 3)
    for number in range(4):
        ast_cache.parsed(f"{LONG}# {number}\n")
    assert len(list(place.iterdir())) == 2


def test_a_load_through_the_cache_says_the_same(tree, place):
    tree.write({"main.tf": LONG + 'variable "a" {\n  default = "p"\n}\nvariable "l" {\n  default = []\n}\n'})
    first, second = tree.load(), tree.load()
    assert [(d.address, d.attributes) for d in first.documents] == [(d.address, d.attributes) for d in second.documents]
    assert second.said("x_y.r7", "v") == '"${var.a}-7"'
