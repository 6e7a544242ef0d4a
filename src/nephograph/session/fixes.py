"""Joins a fix with the source that can write it: a semantic edit becomes a text diff."""

from __future__ import annotations

import bisect
import functools
import pathlib
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, cast, runtime_checkable

import msgspec

from nephograph.catalog.respell import document_edits
from nephograph.estate.graph import Estate
from nephograph.model.edit import DocumentEdit, Edit, Fix, TextEdit
from nephograph.model.errors import EditError
from nephograph.model.resource import Resource
from nephograph.model.source import Document
from nephograph.model.span import Path
from nephograph.session.line_diff import unified
from nephograph.session.load import Read
from nephograph.sources.credentials import mask


@runtime_checkable
class Hides(Protocol):
    """Excerpts that know texts which are never shown."""

    def masked(self, line: str) -> str:
        """The line with these masked."""


class Fixes:
    """Writes fixes for the documents of one session."""

    version = 0
    """Grows with every edit that is followed: what was written before is written anew."""

    def __init__(self, reads: Sequence[Read], estate: Estate, text: Callable[[str], str] | None = None) -> None:
        self._text = text or Unchanged().text
        self._reads = reads
        self._estate = estate
        self._owner = {(d.root, d.address): (r, d) for r in reads for d in r.loaded.documents}
        self._hiding = [cast(Hides, r.loaded.excerpts) for r in reads if isinstance(r.loaded.excerpts, Hides)]

    def write(self, fix: Fix) -> Fix:
        """The fix, which gets its diff when it is read; where no text says the field, the reason in its title."""
        return fix.written_by(self)

    def written(self, fix: Fix) -> Fix:
        """See `FixWriter`."""
        try:
            return fix.but(diff=diff(self.text_edits(fix), self._text, self._hidden))
        except EditError as error:
            return fix.but(title=f"{fix.title} ({error.problem.message})")

    def _hidden(self, line: str) -> str:
        """A line without what the readings know to be secret: no name and no shape tells that of every one."""
        for one in self._hiding:
            line = one.masked(line)
        return line

    def text_edits(self, fix: Fix) -> list[TextEdit]:
        """The text edits that carry out a fix, files as a person would open them.

        Raises `EditError` when one of its edits has no place in the text.
        """
        by_read: dict[int, list[DocumentEdit]] = defaultdict(list)
        documents: dict[int, list[Document]] = defaultdict(list)
        for edit in fix.edits:
            resource = self._estate.resources.get(edit.urn)
            if resource is None:
                raise EditError("no-resource", f"{edit.urn} is not in the estate", "load it again")
            for change in document_edits(*_in_code(resource, edit)):
                owner, document = self._owner[change.root, change.address]
                position = self._reads.index(owner)
                by_read[position].append(change)
                documents[position].append(document)
        edits: list[TextEdit] = []
        for position, changes in by_read.items():
            owner = self._reads[position]
            # An edit is about few documents: its source need not go through all it has read for each one.
            few = msgspec.structs.replace(owner.loaded, documents=documents[position])
            root = owner.path if owner.path.is_dir() else owner.path.parent
            edits += (
                msgspec.structs.replace(edit, file=(root / edit.file).as_posix())
                for edit in owner.source.edit(owner.path, few, changes)
            )
        return edits


def _in_code(resource: Resource, edit: Edit) -> tuple[Resource, Edit]:
    """The resource as code says it, and the edit in that place: what is found in the cloud is mended in code."""
    code = next((one for one in resource.also if one.said == "code"), None)
    if code is None or resource.said == "code":
        return resource, edit
    path = _same_place(edit.path, resource.config, code.config)
    said = msgspec.structs.replace(
        resource, root=code.root, address=code.address, config=code.config, provenance=code.provenance, said="code"
    )
    return said, msgspec.structs.replace(edit, path=path)


def _same_place(path: Path, config: Any, other: Any) -> Path:
    """The path in another saying of the entity: positions in lists are found by what stands there."""
    found: list[str | int] = []
    for step in path:
        if isinstance(step, int):
            element = config[step]
            places = range(len(other)) if isinstance(other, list) else range(0)
            same = [at for at in places if other[at] == element]
            if len(same) != 1:
                raise EditError("no-place", "the code says it otherwise than it is", "edit the code by hand")
            config, other = element, other[same[0]]
            found.append(same[0])
        else:
            config = config.get(step) if isinstance(config, dict) else None
            other = other.get(step) if isinstance(other, dict) else None
            found.append(step)
    return tuple(found)


def apply(edits: Sequence[TextEdit], text: Callable[[str], str] | None = None) -> dict[str, tuple[str, str]]:
    """File (as a person would open it) → (text before, text after). Edits of one file must not overlap.

    `text` gives the text of a file, where that is not what stands on the disk.
    """
    read = text or text_of
    return {file: (before := read(file), _edited(before, some)) for file, some in _by_file(edits).items()}


def _by_file(edits: Iterable[TextEdit]) -> dict[str, list[TextEdit]]:
    found: dict[str, list[TextEdit]] = defaultdict(list)
    for edit in edits:
        found[edit.file].append(edit)
    return found


def _edited(piece: str, edits: Iterable[TextEdit], begins: int = 0) -> str:
    """A piece of a text, that begins at character `begins`, with edits in it carried out."""
    for edit in sorted(set(edits), key=lambda e: (e.start, e.end), reverse=True):
        piece = piece[: edit.start - begins] + edit.text + piece[edit.end - begins :]
    return piece


class Unchanged:
    """The texts as they were read: fixes are written later, when somebody wants to see them."""

    def __init__(self) -> None:
        self._since = time.time_ns()
        self._last = ("", "")

    def text(self, file: str) -> str:
        """What stands on the disk. Raises `EditError` when that is not what was read."""
        if file != self._last[0]:
            # (A time to come is a clock that is wrong: it says nothing.)
            if self._since < pathlib.Path(file).stat().st_mtime_ns <= time.time_ns():
                raise EditError("file-changed", f"{file} was changed since it was read", "ask again")
            self._last = (file, text_of(file))
        return self._last[1]


def text_of(file: str) -> str:
    """What stands on the disk."""
    with pathlib.Path(file).open(encoding="utf-8", newline="") as stream:
        return stream.read()


def diff(
    edits: Sequence[TextEdit], text: Callable[[str], str] | None = None, hidden: Callable[[str], str] = str
) -> str:
    """A unified diff of the edits, three lines of context, credentials in them masked, and what `hidden` masks."""
    pieces: list[str] = []
    for file, some in sorted(_by_file(edits).items()):
        name, whole = file.lstrip("/"), (text or text_of)(file)
        skipped, first, last = _around(some, whole)
        before = whole[first:last]
        old, new = before.splitlines(keepends=True), _edited(before, some, first).splitlines(keepends=True)
        pieces += unified(old, new, f"a/{name}", f"b/{name}", skipped)
    return "".join(hidden(mask(line.rstrip("\n"))) + "\n" for line in pieces)


_MARGIN = 90
"""Lines before and behind the edits that are compared: the rest of a file is the same on both sides."""


def _around(edits: Sequence[TextEdit], text: str) -> tuple[int, int, int]:
    """The piece of a text that the edits are in: lines before it, and its characters [first, last), whole lines."""
    lines = _lines(text)
    first = max(0, bisect.bisect_right(lines, min(edit.start for edit in edits)) - 1 - _MARGIN)
    last = bisect.bisect_right(lines, max(edit.end for edit in edits)) + _MARGIN
    return first, lines[first], lines[last] if last < len(lines) else len(text)


@functools.lru_cache(maxsize=4)
def _lines(text: str) -> list[int]:
    """Where each line begins. (Fixes come file by file.)"""
    return [0, *(found.end() for found in re.finditer("\n", text))]
