"""A cursor is a value of a document together with the path it stands at, so that what is read keeps its origin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from nephograph.model.source import Said
from nephograph.model.span import Path
from nephograph.model.value import Unknown


class Cursor:
    """A value inside a document. Reading never fails: what is absent reads as None, an Unknown stops the walk."""

    __slots__ = ("path", "said", "touched", "value")

    def __init__(self, value: Any, path: Path = (), touched: set[str] | None = None, said: Said = "code") -> None:
        self.value = value
        self.path = path
        self.touched = touched
        """On the cursor of a whole document: the attributes that were read, so that the others can be named."""
        self.said = said
        """On the cursor of a whole document: how it is said. What is written in code can be asked of code alone."""

    def __repr__(self) -> str:
        return f"Cursor({self.value!r}, {self.path!r})"

    @property
    def present(self) -> bool:
        """Something was said here (an explicit null says nothing)."""
        return self.value is not None

    @property
    def unknown(self) -> bool:
        """What was said is not known."""
        return isinstance(self.value, Unknown)

    def at(self, *names: str) -> Cursor:
        """The value below; a list on the way is entered at its first element."""
        cursor = self
        if self.touched is not None and names:
            self.touched.add(names[0])
        for name in names:
            if isinstance(cursor.value, list):
                cursor = Cursor(cursor.value[0] if cursor.value else None, (*cursor.path, 0))
            value = cursor.value
            if isinstance(value, dict):
                cursor = Cursor(value.get(name), (*cursor.path, name))
            elif isinstance(value, Unknown):
                return cursor
            else:
                return Cursor(None, (*cursor.path, name))
        return cursor

    def first(self, *names: str) -> Cursor:
        """The first of several attributes that says something (old and new names of one thing)."""
        for name in names:
            cursor = self.at(*name.split("."))
            if cursor.present:
                return cursor
        return Cursor(None, self.path)

    def each(self) -> Iterator[Cursor]:
        """The elements of a list; a single value is a list of one, nothing is none. An Unknown yields itself."""
        if self.value is None:
            return
        if isinstance(self.value, list):
            for position, element in enumerate(self.value):
                yield Cursor(element, (*self.path, position))
        else:
            yield self

    def entries(self) -> Iterator[tuple[str, Cursor]]:
        """The entries of a mapping."""
        if isinstance(self.value, dict):
            for key, element in self.value.items():
                yield str(key), Cursor(element, (*self.path, key))

    def be(self, value: Any) -> Cursor:
        """Another value that stands at this place: for what a dialect says in other words."""
        return Cursor(value, self.path)


class Few(Cursor):
    """A value that is one of a few (`Unknown.among`) and is read as it stands: what a reader makes of each is not
    known, so that the values are dropped wherever the cursor is no longer this one."""

    __slots__ = ()


Tree: TypeAlias = "Cursor | list[Tree] | dict[str, Tree] | None"
"""What a reader returns: cursors at the leaves."""
