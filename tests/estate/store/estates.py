"""Estates for the tests of the store: from code, and made by hand."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import Any

from nephograph.estate.graph import Estate
from nephograph.estate.store.contents import About, Contents, contents_of
from nephograph.estate.store.reader import Store
from nephograph.estate.store.snapshot import SnapshotInfo
from nephograph.estate.store.writer import Writer
from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import Unknown
from nephograph.session import Session

TAKEN = "2026-01-02T03:04:05Z"


def about(session: Session, taken: str = TAKEN) -> About:
    context = session.context
    return About(
        taken=taken,
        sources=("here",),
        digest=context.snapshot.id,
        coverage=context.coverage,
        problems=context.problems,
        assumptions=context.assumptions,
        suppressions=context.suppressions,
    )


def contents(session: Session, taken: str = TAKEN) -> Contents:
    documents = [document for read in session.reads for document in read.loaded.documents]
    return contents_of(session.estate, about(session, taken), session.excerpts, documents)


def write(path: pathlib.Path, given: Contents) -> SnapshotInfo:
    with Writer(path) as writer:
        return writer.write(given)


def assert_holds(path: pathlib.Path, estate: Estate, as_of: int | None = None) -> None:
    """The store gives this estate back."""
    with Store.open(path) as store:
        assert_same(estate, store.contents(as_of).estate)


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every path into a config, also into the elements of lists."""
    yield path
    if isinstance(value, Unknown):
        return
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        yield from paths(child, (*path, name))


def assert_same(one: Estate, other: Estate) -> None:
    """Equal in everything a lens can ask; edges in any order."""
    assert list(one.resources) == list(other.resources)
    for urn, resource in one.resources.items():
        assert_same_resource(resource, other.resources[urn])
    assert sorted(map(repr, one.edges)) == sorted(map(repr, other.edges))
    assert one.unlinked == other.unlinked


def assert_same_resource(one: Resource, other: Resource) -> None:
    for name in (
        "urn", "kind", "native", "cls", "address", "scope", "config", "root", "arn", "label", "existence", "said",
    ):  # fmt: skip
        assert getattr(one, name) == getattr(other, name), (one.urn, name)
    for path in paths(one.config):
        assert one.value(*path) == other.value(*path), (one.urn, path)
        assert one.origin(*path) == other.origin(*path), (one.urn, path)
    assert [(a.said, a.root, a.address, a.config, a.reason) for a in one.also] == [
        (a.said, a.root, a.address, a.config, a.reason) for a in other.also
    ]
    for mine, its in zip(one.also, other.also, strict=True):
        assert all(mine.provenance.of(path) == its.provenance.of(path) for path in paths(mine.config))
