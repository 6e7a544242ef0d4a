"""The way back: a semantic edit of a resource in the words of the documents that say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nephograph.catalog.language import Either, Field, Kind, Otherwise, Spelling
from nephograph.catalog.normal import Traced
from nephograph.catalog.registry import kind as kind_named
from nephograph.model.edit import AddDocument, DocumentEdit, Edit, RemoveAttribute, RemoveItem, SetAttribute, SetField
from nephograph.model.errors import EditError
from nephograph.model.resource import Resource
from nephograph.model.source import Document
from nephograph.model.span import Path


def document_edits(resource: Resource, edit: Edit) -> list[DocumentEdit]:
    """What to change in which document. Raises `EditError` when no document of the resource can say it."""
    traced = resource.provenance
    if not isinstance(traced, Traced):
        raise EditError("no-place", f"{resource.address} has no spelling that could say it", "edit it by hand")
    kind = kind_named(resource.kind)
    if isinstance(edit, RemoveItem):
        return [_removal(resource, traced, edit)]
    return [_setting(resource, kind, traced, edit)]


def _setting(resource: Resource, kind: Kind, traced: Traced, edit: SetField) -> DocumentEdit:
    place = traced.places().get(edit.path)
    if place is not None:
        document, spelling = traced.written[place[0]]
        how = spelling.fields.get(".".join(str(part) for part in edit.path))
        if how is None or isinstance(how, str | Otherwise | Either):
            return SetAttribute(document.root, document.address, place[1], edit.value)
    name = ".".join(str(part) for part in edit.path)
    for document, spelling in traced.written:
        path = _said_at(spelling, name)
        if path is not None:
            return SetAttribute(document.root, document.address, _blocks(document, path), edit.value)
    main, main_spelling = traced.written[0]
    for spelling in kind.spellings:
        path = _said_at(spelling, name)
        if path is not None and spelling.part_of and spelling.dialect == main_spelling.dialect:
            attributes = {**_siblings(spelling, kind, name), **_nested(path, edit.value)}
            return AddDocument(main.root, main.address, spelling.type, spelling.part_of, attributes)
    raise EditError("no-place", f"no spelling of {resource.kind} says {name} in so many words", "edit it by hand")


def _said_at(spelling: Spelling, name: str) -> tuple[str, ...] | None:
    how = spelling.fields.get(name)
    text = how.path if isinstance(how, Otherwise) else how.paths[0] if isinstance(how, Either) else how
    return tuple(text.split(".")) if isinstance(text, str) else None


def _siblings(spelling: Spelling, kind: Kind, name: str) -> dict[str, Any]:
    """A new part must not weaken what it leaves out: flags that read as False when unsaid are written as they were."""
    said: dict[str, Any] = {}
    for other, how in spelling.fields.items():
        if isinstance(how, Otherwise) and other != name:
            default = _field(kind, other).default
            if default is not None and default != how.value:
                said[how.path] = default
    return said


def _field(kind: Kind, name: str) -> Field:
    head, _, tail = name.partition(".")
    field = kind.fields[head]
    for part in tail.split(".") if tail else ():
        field = field.fields[part]
    return field


def _nested(path: Sequence[str], value: Any) -> dict[str, Any]:
    for part in reversed(path[1:]):
        value = [{part: value}]
    return {path[0]: value}


def _blocks(document: Document, path: Sequence[str]) -> Path:
    """A dotted path as a path of blocks: each step on the way is the first of its list of blocks."""
    found: list[str | int] = []
    for part in path[:-1]:
        found += [part, 0]
    return (*found, path[-1])


def _removal(resource: Resource, traced: Traced, edit: RemoveItem) -> DocumentEdit:
    places = traced.places()
    place = places.get(edit.path)
    if place is None:
        raise EditError("no-place", f"{'.'.join(map(str, edit.path))} was not written", "there is nothing to remove")
    siblings = [p for path, p in places.items() if len(path) == len(edit.path) and path[:-1] == edit.path[:-1]]
    document, path = place
    if siblings.count(place) > 1:
        # Several items stand in one block (two CIDRs of one rule): take away what only this one has.
        own = [p for q, p in places.items() if q[: len(edit.path)] == edit.path and len(q) > len(edit.path)]
        shared = [p for q, p in places.items() if len(q) > len(edit.path) and q[: len(edit.path)] != edit.path]
        alone = [p for p in own if p not in shared and isinstance(p[1][-1], int)]
        if not alone:
            raise EditError("shared-block", "the block says other things as well", "edit it by hand")
        document, path = alone[0]
    target, spelling = traced.written[document]
    if spelling.part_of and path and _says_only(places, document, edit.path):
        # What is left of it would refer to its owner and say nothing: the provider would not take it.
        if _owners(target, spelling) > 1:
            raise EditError("shared-block", f"{target.address} says it of other things as well", "edit it by hand")
        path = ()
    return RemoveAttribute(target.root, target.address, path)


def _says_only(places: Mapping[Path, tuple[int, Path]], document: int, removed: Path) -> bool:
    """Is what is removed all that the document says of its owner?"""
    return all(said[: len(removed)] == removed for said, (by, _) in places.items() if by == document)


def _owners(document: Document, spelling: Spelling) -> int:
    """How many things the document is a part of: those its lists name, that of its owner and those others read."""
    lists = [document.attributes.get(name) for name in (spelling.part_of, *spelling.ignores)]
    return sum(len(names) for names in lists if isinstance(names, list))
