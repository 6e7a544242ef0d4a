"""A fix is a semantic edit of a resource; the source that read the resource turns it into text."""

from __future__ import annotations

from typing import Any

import msgspec

from nephograph.model.span import Path


class SetField(msgspec.Struct, frozen=True, tag="set", tag_field="edit"):
    """Set a field of the normalised config (`path`) of a resource (`urn`) to plain data."""

    urn: str
    path: Path
    value: Any


class RemoveItem(msgspec.Struct, frozen=True, tag="remove", tag_field="edit"):
    """Remove the item of a list (or the field) at `path` of a resource's config."""

    urn: str
    path: Path


Edit = SetField | RemoveItem


class SetAttribute(msgspec.Struct, frozen=True, tag="set-attribute", tag_field="edit"):
    """The same edit in a dialect's words: set the attribute at `path` of the document at `address`."""

    root: str
    address: str
    path: Path
    value: Any


class RemoveAttribute(msgspec.Struct, frozen=True, tag="remove-attribute", tag_field="edit"):
    """Remove what stands at `path` of the document at `address`."""

    root: str
    address: str
    path: Path


class AddDocument(msgspec.Struct, frozen=True, tag="add-document", tag_field="edit"):
    """Write a new document of `type` beside the document at `address`, referring to it by `refers` (its attribute)."""

    root: str
    address: str
    type: str
    refers: str
    attributes: dict[str, Any]


DocumentEdit = SetAttribute | RemoveAttribute | AddDocument


class TextEdit(msgspec.Struct, frozen=True):
    """Replace characters [start, end) of a file (relative to the scanned root) by `text`."""

    file: str
    start: int
    end: int
    text: str


class Fix(msgspec.Struct, frozen=True):
    """What would end a finding: a sentence, the semantic edits, and the text diff once a source has made one.

    `safe` is False when applying it may break something that works (say so in the title).
    """

    title: str
    edits: tuple[Edit, ...] = ()
    diff: str = ""
    safe: bool = True
