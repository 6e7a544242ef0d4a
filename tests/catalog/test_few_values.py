"""Values that are one of a few: kept in the type of the field where they are read as they stand."""

from __future__ import annotations

from typing import Any

import pytest

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Either,
    Field,
    Fields,
    Otherwise,
    Spelling,
    flag,
    group,
    items,
    mapping,
    number,
    reference,
    text,
    texts,
)
from nephograph.catalog.normal import normal_form
from nephograph.catalog.readers import one
from nephograph.estate.store.lossless import flatten, restore
from nephograph.model.value import Reason, Unknown
from tests.catalog.catalog_documents import Document
from tests.catalog.test_normal import read_parts, thing


def few(*among: Any) -> Unknown:
    return Unknown(Reason.NO_VALUE, "var.on ? … : …", among=among)


PIECE = Unknown(Reason.NO_VALUE, "var.name", parts=("logs-", Unknown(Reason.NO_VALUE, "var.name")))


def read(field: Field, value: Any, how: Any = "a") -> Any:
    fields: Fields = {"f": how}
    spelling = Spelling("terraform", "t", fields)
    return normal_form(thing({"f": field}, spelling), [(Document("t", {"a": value}), spelling)]).get("f")


@pytest.mark.parametrize(
    ("field", "said", "among"),
    [
        (text(), ("x", "y"), ("x", "y")),
        (text(), (1, 2), ("1", "2")),
        (number(), ("1", 2), (1, 2)),
        (flag(), ("enabled", False), (True, False)),
        (reference("aws_s3_bucket"), ("x", ""), ("x", None)),
        (text("standard"), ("x", None), ("x", "standard")),
        (text(), ("x", PIECE), ("x", PIECE)),
        (number(), ("x", 2), ()),
        (texts(), ("x", "y"), ()),
        (mapping(), ("x", "y"), ()),
    ],
)
def test_each_is_read_as_the_field_reads_it(field: Field, said: tuple[Any, ...], among: tuple[Any, ...]) -> None:
    found = read(field, few(*said))
    assert found == Unknown(Reason.NO_VALUE, "var.on ? … : …", among=among)


def test_values_that_mean_the_same_are_known() -> None:
    assert read(flag(), few("true", True)) is True
    assert read(flag(True), few(True, None)) is True
    assert read(reference("aws_s3_bucket"), few("", None)) is None


def _turned(document: Cursor) -> Tree:
    said = document.at("a")
    return said if said.unknown else said.be(not said.value)


@pytest.mark.parametrize("how", [_turned, Otherwise("a", True)])
def test_what_a_reader_makes_of_them_is_not_known(how: Any) -> None:
    assert read(flag(True), few(True, None), how) == few()


@pytest.mark.parametrize("how", [Otherwise("a", 7), Either(("a", "b"))])
def test_where_something_is_said_for_certain_nothing_stands_in_its_place(how: Any) -> None:
    assert read(number(), few(1, 2), how) == few(1, 2)
    assert read(text(), few("x", None), how) == read(text(), few("x", ""), how) == few()


def test_inside_blocks_and_lists_they_are_not_kept() -> None:
    assert read(items(n=text()), [{"n": few("x", "y")}], one(lambda d: {"n": d.at("a").at("n")})) == [{"n": few()}]
    assert read(texts(), [few("x", "y"), "z"]) == [few(), "z"]


def test_a_path_into_a_group_keeps_them() -> None:
    spelling = Spelling("terraform", "t", {"g.n": "a"})
    kind = thing({"g": group(n=text())}, spelling)
    assert normal_form(kind, [(Document("t", {"a": few("x", "y")}), spelling)]) == {"g": {"n": few("x", "y")}}


def test_where_one_says_perhaps_nothing_another_may_say_something() -> None:
    assert read_parts(text("standard"), few("x", None), "y") == few()


def test_a_store_keeps_them() -> None:
    value = few("x", 1, None, True, PIECE)
    flat = flatten({"f": value})
    assert restore(flat.json, flat.aside) == {"f": value}
