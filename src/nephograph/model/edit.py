"""A fix is a semantic edit of a resource; the source that read the resource turns it into text."""

from __future__ import annotations

from typing import Any, Protocol, final

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


class FixWriter(Protocol):
    """What can write fixes into the code that was read."""

    @property
    def version(self) -> int:
        """Grows whenever the code changes."""

    def written(self, fix: Fix) -> Fix:
        """The fix with its diff, or with the reason why there is none in its title."""


@final
class Fix:
    """What would end a finding: a sentence, the semantic edits, and the text diff once a source has made one.

    `safe` is False when applying it may break something that works (say so in the title). Answers hold many more fixes
    than anybody looks at, and to write one is dear: a fix made by `written_by` is written when it is read.
    """

    __slots__ = ("_diff", "_source", "_title", "_version", "edits", "safe")

    def __init__(self, title: str, edits: tuple[Edit, ...] = (), diff: str = "", safe: bool = True) -> None:
        self.edits = edits
        self.safe = safe
        self._title = title
        self._diff = diff
        self._source: tuple[Fix, FixWriter] | None = None
        self._version: int | None = None

    def written_by(self, writer: FixWriter) -> Fix:
        """The same fix, whose title and diff the writer gives when they are read, anew for each version of the code."""
        fix = Fix(self.title, self.edits, safe=self.safe)
        fix._source = (self, writer)
        return fix

    def but(self, *, title: str | None = None, diff: str | None = None) -> Fix:
        """The fix with another title or diff."""
        return Fix(self.title if title is None else title, self.edits, self.diff if diff is None else diff, self.safe)

    @property
    def title(self) -> str:
        """What it does, in a sentence; where no text could be edited, with the reason."""
        self._settle()
        return self._title

    @property
    def diff(self) -> str:
        """A unified diff; "" where no source has made one."""
        self._settle()
        return self._diff

    def plain(self) -> dict[str, Any]:
        """The fields by their names, for encoders."""
        return {"title": self.title, "edits": self.edits, "diff": self.diff, "safe": self.safe}

    def _settle(self) -> None:
        if self._source is None:
            return
        wanted, writer = self._source
        if self._version != writer.version:
            written = writer.written(wanted)
            self._version = writer.version
            self._title, self._diff = written.title, written.diff

    def _key(self) -> tuple[str, tuple[Edit, ...], str, bool]:
        return self.title, self.edits, self.diff, self.safe

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Fix) else NotImplemented

    def __hash__(self) -> int:
        return hash((len(self.edits), self.safe))

    def __repr__(self) -> str:
        return f"Fix(title={self.title!r}, edits={self.edits!r}, diff={self.diff!r}, safe={self.safe!r})"

    def __reduce__(self) -> tuple[type[Fix], tuple[str, tuple[Edit, ...], str, bool]]:
        return Fix, self._key()
