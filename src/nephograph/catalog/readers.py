"""Readers that many kinds share: alternatives, constants, and secrets of which only "written in code" is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader
from nephograph.model.value import CLOSE, OPEN, Reason, Unknown, has_symbol


def says(cursor: Cursor) -> bool:
    """Something is written here: null, the empty string and the empty list all mean "not set" to a provider."""
    return cursor.unknown or cursor.value not in (None, "", [])


def first_of(document: Cursor, *names: str) -> Cursor:
    """The first of several attributes that is really set. All of them count as read."""
    cursors = [document.at(*name.split(".")) for name in names]
    return next((cursor for cursor in cursors if says(cursor)), Cursor(None, document.path))


def both(*names: str) -> Reader:
    """A list that is written in several attributes: their elements one after the other."""

    def read(document: Cursor) -> Tree:
        lists = [document.at(*name.split(".")) for name in names]
        said = [cursor for cursor in lists if says(cursor)]
        if len(said) == 1:
            return said[0]
        return [element for cursor in said for element in cursor.each()] if said else None

    return read


def always(value: object) -> Reader:
    """What the very presence of a document says."""
    return lambda document: document.be(value)


def when_said(name: str, value: object) -> Reader:
    """What the presence of an attribute says; an unknown attribute may be null and stays unknown."""

    def read(document: Cursor) -> Tree:
        cursor = document.at(*name.split("."))
        if cursor.unknown:
            return cursor
        return cursor.be(value) if says(cursor) else None

    return read


def element(name: str) -> Reader:
    """An attribute that holds one element of its owner's list: known to be one, even when its value is not."""

    def read(document: Cursor) -> Tree:
        cursor = document.at(name)
        return [cursor] if says(cursor) else None

    return read


def one(reader: Callable[[Cursor], dict[str, Tree]]) -> Reader:
    """A document that is one item of a list of its owner."""
    return lambda document: [reader(document)]


def one_when(name: str, reader: Callable[[Cursor], dict[str, Tree]]) -> Reader:
    """A document that is one item of a list of its owner, if `name` is set."""
    return lambda document: [reader(document)] if says(document.at(name)) else None


def each(name: str, reader: Callable[[Cursor], dict[str, Tree]]) -> Reader:
    """A list of blocks as a list of items; a block that is not known stays so."""

    def read(document: Cursor) -> Tree:
        blocks = document.at(*name.split("."))
        if blocks.unknown or not blocks.present:
            return blocks
        return [block if block.unknown else reader(block) for block in blocks.each()]

    return read


def tags(name: str, words: tuple[tuple[str, ...], tuple[str, ...]] | None = None) -> Reader:
    """Tags that are written as a list of `{"Key": …, "Value": …}` (in any letter case), or as the mapping they are.

    `words` are the names that a tag's key and value have, where the dialect has one way alone to write them.
    """

    def read(document: Cursor) -> Tree:
        said = document.at(*name.split("."))
        if not isinstance(said.value, list):
            return said
        found: dict[str, Tree] = {}
        for tag in said.each():
            key, value = (next((tag.at(n) for n in names if tag.at(n).present), None) for names in words or _TAG)
            if tag.unknown or key is None or not isinstance(key.value, str):
                return said.be(Unknown(Reason.NOT_EVALUATED, "a tag whose key is not known"))
            found[key.value] = value or key.be("")
        return found or None

    return read


_TAG = (("Key", "key", "TagKey"), ("Value", "value", "TagValue"))

CREDENTIAL = re.compile(
    r"passw|passphrase|secret|token|api_?key|access_?key|private_?key|credential|connection_?string", re.IGNORECASE
)
"""What the names of settings that hold credentials contain."""

_NOT_IN_CODE = (Reason.NO_VALUE, Reason.AFTER_APPLY, Reason.DATA_SOURCE)
"""Why a secret is not known, when the reason is that the code does not hold it."""


def in_code(*names: str) -> Reader:
    """True when a secret's value is written in the code. The value itself is never handed on.

    A plan, a state or an answer holds the value, too, and cannot tell where it was written: they say nothing of it.
    """

    def read(document: Cursor) -> Tree:
        cursor = first_of(document, *names)
        if not cursor.present or document.said != "code":
            return None
        return cursor.be(held_in_code(cursor.value) if isinstance(cursor.value, Unknown) else True)

    return read


def held_in_code(value: Unknown) -> bool | Unknown:
    """Does the code hold a value of which nephograph does not know everything? The known pieces are not kept."""
    if value.reason is Reason.SENSITIVE:
        return True  # the source saw a literal and did not keep it
    if not value.parts:
        return False if value.reason in _NOT_IN_CODE else Unknown(value.reason, value.detail, value.ref)
    undecided = Unknown(Reason.NOT_EVALUATED, "a part of the value is written in the code")
    try:
        settings = json.loads("".join(p if isinstance(p, str) else json.dumps(p.symbol)[1:-1] for p in value.parts))
    except (ValueError, RecursionError):
        return undecided
    entries = settings.items() if isinstance(settings, dict) else ()
    told = [text for name, text in entries if CREDENTIAL.search(name) and isinstance(text, str)]
    if any(text and not has_symbol(text) for text in told):
        return True
    return False if told and all(isinstance(text, str) for _, text in entries) else undecided


def pluck(name: str, *inner: str) -> Reader:
    """One attribute of every element of a list, as a list; a list without elements says that there are none."""

    def read(document: Cursor) -> Tree:
        said = document.at(*name.split("."))
        if said.unknown or not said.present:
            return said
        return [element if element.unknown else element.at(*inner) for element in said.each()] or None

    return read


def not_said_here(document: Cursor) -> Tree:
    """What this dialect says elsewhere, of another resource: here its absence means nothing at all."""
    return None


def behind(separators: str, *names: str) -> Reader:
    """What stands behind the last separator of the first attribute that is set: the name in an ARN or an address."""

    def read(document: Cursor) -> Tree:
        said = first_of(document, *names)
        if not isinstance(said.value, str):
            return said
        return said.be(said.value[max(said.value.rfind(separator) for separator in separators) + 1 :])

    return read


def in_json(name: str, *inner: str) -> Reader:
    """A member of an attribute that holds an object, or JSON text of one of which pieces may be unknown."""

    def read(document: Cursor) -> Tree:
        said = document.at(*name.split("."))
        pieces: dict[str, Unknown] = {}
        text = said.value
        if isinstance(text, Unknown) and text.parts:
            parts = [part if isinstance(part, str) else f"{OPEN}{n}{CLOSE}" for n, part in enumerate(text.parts)]
            pieces = {mark: part for mark, part in zip(parts, text.parts, strict=True) if isinstance(part, Unknown)}
            text = "".join(parts)
        if not isinstance(text, str):
            return said.at(*inner)
        if not text.strip():
            return None
        try:
            found = Cursor(json.loads(text), said.path).at(*inner)
        except (ValueError, RecursionError) as error:
            return said.be(Unknown(Reason.INVALID, f"{name} is not JSON: {error}"))
        if not isinstance(found.value, str) or not pieces:
            return said.be(found.value)
        marks = "|".join(map(re.escape, pieces))
        told = tuple(pieces.get(part, part) for part in re.split(f"({marks})", found.value) if part)
        if all(isinstance(part, str) for part in told):
            return said.be(found.value)
        return said.be(told[0] if len(told) == 1 else Unknown(Reason.AFTER_APPLY, parts=told))

    return read
