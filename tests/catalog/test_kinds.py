"""One test for all kinds: every spelling of a resource yields one and the same normal form.

`kinds/<kind>/<case>.json` holds `spellings` (name: documents, the first is the main one, see catalog_documents) and
the `expected` normal form. What a dialect cannot say, or says more of, stands in `differs`: for a spelling, paths in
dots and what is read there instead (`{"$absent": true}` for nothing).
"""

from __future__ import annotations

import copy
import functools
import json
import pathlib
from typing import Any

import pytest

from nephograph.catalog.cursor import Cursor
from nephograph.catalog.language import API, Either, Kind, Otherwise, Spelling
from nephograph.catalog.normal import normal_form, unread
from nephograph.catalog.registry import kind, kind_names
from nephograph.model.value import Reason, Unknown
from tests.catalog.catalog_documents import Document, dialect_of, document, revive

KINDS = pathlib.Path(__file__).parent / "kinds"
CASES = sorted(KINDS.glob("*/*.json"))
KNOWN = {name: kind(name) for name in kind_names()}
SPELLINGS = [(name, spelling) for name, known in KNOWN.items() for spelling in known.spellings]


@functools.cache
def case(path: pathlib.Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def spelled_by(known: Kind, each: Any) -> Spelling:
    """How the kind reads a document; of a part that may name its owner in several ways, the way it does."""
    found = [s for s in known.spellings if (s.dialect, s.type) == (dialect_of(each.type), each.type)]
    (spelling,) = [s for s in found if len(found) == 1 or each.attributes.get(s.part_of) not in (None, "")]
    return spelling


def written(known: Kind, documents: list[dict[str, Any]]) -> list[tuple[Document, Spelling]]:
    made = [document(each, position) for position, each in enumerate(documents)]
    return [(each, spelled_by(known, each)) for each in made]


def expected(path: pathlib.Path, spelling: str) -> dict[str, Any]:
    """What one spelling of a case reads as."""
    form = copy.deepcopy(case(path)["expected"])
    for where, instead in case(path).get("differs", {}).get(spelling, {}).items():
        *outer, last = where.split(".")
        inner = form
        for name in outer:
            inner = inner.setdefault(name, {})
        if instead == {"$absent": True}:
            del inner[last]
        else:
            assert inner.get(last) != instead, f"{where} does not differ for {spelling}"
            inner[last] = instead
    return form


def place(path: pathlib.Path) -> str:
    return f"tests/catalog/kinds/{path.parent.name}/{path.name}"


def shown(read: Any) -> str:
    """A normal form the way a case writes it, to be read and then pasted."""

    def plain(value: Any) -> Any:
        if isinstance(value, Unknown):
            if value.parts:
                return "".join(part if isinstance(part, str) else plain(part) for part in value.parts)
            name = str(value.ref) if value.ref else value.detail
            return f"${{{name}}}" if value.ref or value.reason in IN_BRACES else {"$unknown": [value.reason, name]}
        if isinstance(value, dict):
            return {name: plain(child) for name, child in value.items()}
        return [plain(child) for child in value] if isinstance(value, list) else value

    return json.dumps(plain(read), indent=2, ensure_ascii=False)


IN_BRACES = (Reason.NO_VALUE, Reason.DATA_SOURCE)


def fixtures_of(name: str) -> list[tuple[Document, Spelling]]:
    """Every document of every case of a kind."""
    found = []
    for path in KINDS.glob(f"{name}/*.json"):
        for documents in case(path)["spellings"].values():
            found += written(KNOWN[name], documents)
    return found


@pytest.mark.parametrize(
    ("path", "spelling"),
    [pytest.param(p, s, id=f"{p.parent.name}-{p.stem}-{s}") for p in CASES for s in case(p)["spellings"]],
)
def test_a_spelling_yields_the_normal_form(path: pathlib.Path, spelling: str) -> None:
    documents = written(KNOWN[path.parent.name], case(path)["spellings"][spelling])

    read = normal_form(KNOWN[path.parent.name], documents)

    assert read == revive(expected(path, spelling)), (
        f"if the kind is right, `expected` of {place(path)} is\n{shown(read)}"
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_case_has_one_resource_and_its_parts_name_it(path: pathlib.Path) -> None:
    for documents in case(path)["spellings"].values():
        (main, spelling), *parts = written(KNOWN[path.parent.name], documents)
        assert not spelling.part_of, f"{main.type} is a part, the first document is the resource itself"
        for part, how in parts:
            if how.dialect == spelling.dialect == API and not how.part_of:
                continue  # another answer about the same resource
            assert how.part_of, f"{part.type} is a resource of its own"
            assert part.attributes.get(how.part_of) is not None, f"{part.type} names no owner in {how.part_of}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_nothing_of_a_case_is_left_unread(path: pathlib.Path) -> None:
    for documents in case(path)["spellings"].values():
        for each, spelling in written(KNOWN[path.parent.name], documents):
            left = unread(each, spelling)
            assert left == [], (
                f"{each.type} has {left}: read them in the kind's spelling, or name them in its `ignores`"
            )


AWS_DIALECTS = ("terraform", "cloudformation", "api")


@pytest.mark.parametrize("name", [name for name in KNOWN if name.startswith("aws_")])
def test_every_dialect_has_a_spelling_or_a_reason(name: str) -> None:
    spelled = {spelling.dialect for spelling in KNOWN[name].spellings}
    reasons = KNOWN[name].unspelled
    assert [d for d in AWS_DIALECTS if d not in spelled and d not in reasons] == []
    assert not spelled.intersection(reasons)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_the_spellings_of_a_kind_are_compared(name: str) -> None:
    """In some case all dialects of the kind say one resource, so that one normal form holds them together."""
    dialects = {spelling.dialect for spelling in KNOWN[name].spellings}
    together = [
        {dialect_of(type_) for documents in case(path)["spellings"].values() for each in documents for type_ in each}
        for path in KINDS.glob(f"{name}/*.json")
    ]
    assert dialects in together, f"no case of {name} has all of {sorted(dialects)}"


def test_every_kind_has_a_case_and_every_case_a_kind() -> None:
    cases = {path.parent.name for path in CASES}
    bare = [f"tests/catalog/kinds/{name}/<case>.json" for name in sorted(set(KNOWN) - cases)]
    assert not bare, f"write {', '.join(bare)}: CONTRIBUTING.md, Add a kind"
    assert cases <= set(KNOWN), f"cases of no kind: {sorted(cases - set(KNOWN))}"


@pytest.mark.parametrize(("name", "spelling"), SPELLINGS, ids=[f"{n}-{s.type}" for n, s in SPELLINGS])
def test_every_spelling_is_used(name: str, spelling: Spelling) -> None:
    assert any(how is spelling for _, how in fixtures_of(name)), (
        f"no case in tests/catalog/kinds/{name}/ has a document of type {spelling.type}: write one, or add it to one"
    )


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_attribute_that_is_read_is_written_in_some_case(name: str) -> None:
    asked: set[str] = set()
    said: set[str] = set()
    for each, spelling in fixtures_of(name):
        start = Cursor(Watched(each.attributes, asked))
        said |= set(names(each.attributes))
        for how in spelling.fields.values():
            match how:
                case str():
                    start.at(*how.split("."))
                case Otherwise():
                    for path in (how.path, *how.when):
                        start.at(*path.split("."))
                case Either():
                    for path in how.paths:
                        start.at(*path.split("."))
                case _:
                    how(start)

    silent = sorted(asked - said)
    assert not silent, (
        f"{name} reads {silent}, and no case in tests/catalog/kinds/{name}/ writes them: "
        "misspelled in the kind, or missing in the cases"
    )


class Watched(dict[str, Any]):
    """An object that notes which attributes are asked for."""

    def __init__(self, value: Any, asked: set[str]) -> None:
        super().__init__({name: watched(child, asked) for name, child in value.items()})
        self.asked = asked

    def get(self, name: Any, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)


def watched(value: Any, asked: set[str]) -> Any:
    if isinstance(value, dict):
        return Watched(value, asked)
    if isinstance(value, list):
        return [watched(child, asked) for child in value]
    return value


def names(value: Any) -> list[str]:
    """Every attribute name at any depth."""
    if isinstance(value, dict):
        return [found for name, child in value.items() for found in (name, *names(child))]
    if isinstance(value, list):
        return [found for child in value for found in names(child)]
    return []
