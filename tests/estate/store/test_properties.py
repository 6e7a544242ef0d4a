"""Any estate, any history: what was written is what is read."""

from __future__ import annotations

import pathlib
import tempfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.estate.graph import Estate
from nephograph.estate.store.contents import About, contents_of
from nephograph.estate.store.documents import Place, StoredDocument, decode, encode
from nephograph.estate.store.lossless import flatten, restore
from nephograph.estate.store.reader import Store
from nephograph.model.edge import Edge
from nephograph.model.resource import Class, Resource, Saying
from nephograph.model.source import Scope
from nephograph.model.span import Cause, Origin, Path, Span
from nephograph.model.value import Reason, Ref, Unknown
from tests.estate.store.estates import assert_same, paths, write
from tests.estate.store.made import Written

texts = st.text(max_size=6) | st.sampled_from(["\0", "\ud800", '"reason":"', "null", "⟨x⟩", "'; DROP TABLE"])
steps = st.lists(st.one_of(texts, st.integers(0, 5)), max_size=3).map(tuple)
refs = st.builds(Ref, texts, steps)
unknowns = st.recursive(
    st.builds(Unknown, st.sampled_from(Reason), texts, st.none() | refs),
    lambda inner: st.builds(
        Unknown, st.sampled_from(Reason), texts, st.none(), st.lists(texts | inner, max_size=3).map(tuple)
    ),
    max_leaves=3,
)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts | unknowns
values: st.SearchStrategy[Any] = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
)


@given(values)
@settings(max_examples=300)
def test_any_data_comes_back(data: object) -> None:
    flat = flatten(data)
    flat.json.encode()
    flat.aside.encode()
    back = restore(flat.json, flat.aside)
    assert back == data
    assert shown(back) == shown(data)


def shown(data: object) -> str:
    """With the types of numbers, keys in order."""
    if isinstance(data, dict):
        return str(sorted((key, shown(value)) for key, value in data.items()))
    return str([shown(value) for value in data]) if isinstance(data, list) else repr(data)


def test_numbers_keep_their_type_and_not_a_number_comes_back() -> None:
    back = restore(*_both({"a": 1, "b": 1.0, "c": float("nan"), "d": 1 << 80, "e": True, "f": (1,)}))
    assert repr(back) == repr({"a": 1, "b": 1.0, "c": float("nan"), "d": 1 << 80, "e": True, "f": [1]})


def _both(data: object) -> tuple[str, str]:
    flat = flatten(data)
    return flat.json, flat.aside


def test_what_is_no_data_is_refused() -> None:
    with pytest.raises(TypeError):
        flatten({"a": object(), "b": None})


@given(st.dictionaries(texts, values, max_size=3), st.none() | unknowns)
def test_any_document_comes_back(attributes: dict[str, Any], existence: Unknown | None) -> None:
    document = StoredDocument("d", "t", "r", "a", Scope("p", "1", "2"), attributes, existence)
    for place in (Place("r", "a", "p", "1", "2"), Place("r", "b", "p", "", "2")):
        assert decode(*encode([document, document], place), place) == (document, document)


names = st.text("abc⟨/", min_size=1, max_size=4)
spans = st.builds(Span, st.sampled_from(["a.tf", "b/c.tf"]), *[st.integers(1, 99)] * 4)
origins = st.builds(
    Origin, st.sampled_from(["code", "live"]), names, st.none() | spans, names, names,
    st.lists(st.builds(Cause, names, st.none() | spans), max_size=2).map(tuple),
)  # fmt: skip


@st.composite
def resources(draw: st.DrawFn, urn: str) -> Resource:
    kind, cls = draw(
        st.sampled_from([("aws_s3_bucket", Class.OBJECT_STORAGE), ("aws_vpc", Class.NETWORK), ("x", Class.GENERIC)])
    )
    config = draw(st.dictionaries(st.sampled_from(["name", "tags", "cidrs", "policy", "odd"]), values, max_size=4))
    written: dict[Path, Origin | None] = {p: draw(st.none() | origins) for p in paths(config)}
    other = draw(st.dictionaries(names, values, max_size=1))
    return Resource(
        urn=urn,
        kind=kind,
        native=draw(names),
        cls=cls,
        address=draw(names),
        scope=Scope("aws", draw(names), draw(names)),
        config=config,
        provenance=Written(written),
        root=draw(names),
        arn=draw(names | st.just("")),
        label=draw(names),
        existence=draw(st.none() | unknowns),
        said=draw(st.sampled_from(["code", "plan", "live"])),
        also=draw(st.sampled_from([(), (Saying("code", "r", "a", other, Written({(): draw(origins)}), "because"),)])),
    )


@st.composite
def estates(draw: st.DrawFn) -> Estate:
    urns = sorted(draw(st.sets(st.sampled_from([f"neph:{n}" for n in range(6)]))))
    ends = st.sampled_from([*urns, "neph:elsewhere"])
    edges = draw(
        st.lists(
            st.builds(Edge, st.sampled_from(["in", "of"]), ends, ends, ends | st.just(""), steps),
            max_size=8,
            unique=True,
        )
    )
    whys = st.lists(st.tuples(names, names), min_size=1, max_size=3)
    unlinked = draw(st.dictionaries(st.sampled_from(urns), whys, max_size=2)) if urns else {}
    return Estate([draw(resources(urn)) for urn in urns], _cleaned(edges), unlinked)


def _cleaned(edges: list[Edge]) -> list[Edge]:
    """Field paths are fields of the catalog: text that any file can hold."""
    found = {}
    for e in edges:
        path = tuple(p.encode("utf-8", "replace").decode() if isinstance(p, str) else p for p in e.path)
        found[e.kind, e.source, e.target, e.said_by, path] = Edge(e.kind, e.source, e.target, e.said_by, path)
    return list(found.values())


@given(st.lists(estates(), min_size=1, max_size=4))
@settings(max_examples=15)
def test_any_history_is_read_as_it_was_written(history: list[Estate]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "estate.neph")
        for number, estate in enumerate(history, 1):
            about = About(taken=f"2026-01-01T00:00:0{number}Z", assumptions=("é\ud800"[:1],))
            assert write(path, contents_of(estate, about)).number == number
        with Store.open(path) as store:
            for number, estate in enumerate(history, 1):
                assert_same(estate, store.contents(number).estate)
                assert not store.changes(number, number)
                assert not store.full_changes(number, number)
                for other in range(1, len(history) + 1):
                    there, back = store.changes(number, other), store.changes(other, number)
                    assert there == store.full_changes(number, other)
                    assert (there.added, there.removed, there.changed) == (back.removed, back.added, back.changed)
                    assert set(there.added) == history[other - 1].resources.keys() - estate.resources.keys()
