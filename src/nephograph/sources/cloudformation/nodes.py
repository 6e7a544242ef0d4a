"""The text of a template as a tree: every value with the range of characters it stands at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

MAX_DEPTH = 100
"""Levels of nesting that are read; CloudFormation's own limits are below."""

MAX_NODES = 400_000
"""Values of one template, aliases counted as often as they stand for something: what an anchor bomb runs into."""

Range = tuple[int, int]
"""The offset of the first character and of the one behind the last."""


class Node:
    """One value. `value` is a scalar, a list of nodes or a mapping of nodes; `keys` has the range of every key.

    The range is that of the text the value was read from: what a transform makes keeps the place of what it was made
    from. `short` is set on the mapping that a short form (`!Ref x`) stands for.
    """

    __slots__ = ("end", "keys", "short", "start", "value")

    def __init__(
        self, value: Any, start: int, end: int, keys: dict[str, Range] | None = None, short: bool = False
    ) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.keys = keys if keys is not None else {}
        self.short = short

    def __repr__(self) -> str:
        return f"Node({plain(self)!r})"

    def get(self, *names: str) -> Node | None:
        """The node below, through mappings; None where there is none."""
        node: Node | None = self
        for name in names:
            node = node.value.get(name) if node is not None and isinstance(node.value, dict) else None
        return node

    def entries(self) -> Iterator[tuple[str, Node]]:
        """The entries of a mapping; nothing for anything else."""
        if isinstance(self.value, dict):
            yield from self.value.items()

    def items(self) -> Iterator[Node]:
        """The elements of a list; a value that is no list is a list of one, null is none."""
        if isinstance(self.value, list):
            yield from self.value
        elif self.value is not None:
            yield self

    @property
    def text(self) -> str | None:
        """The value when it is a text."""
        return self.value if isinstance(self.value, str) else None


class Fault(msgspec.Struct, frozen=True):
    """Something wrong in the text, at a range of it. `fatal` when what follows could not be read."""

    code: str
    message: str
    help: str
    start: int
    end: int
    fatal: bool = False


class Read(msgspec.Struct):
    """A decoded text: its tree (None: nothing could be read), and what is wrong in it."""

    node: Node | None
    faults: list[Fault]


def function_of(node: Node) -> str | None:
    """The name of the function that a node calls; None for anything else."""
    value = node.value
    if not isinstance(value, dict) or len(value) != 1:
        return None
    name = str(next(iter(value)))
    return name if name == "Ref" or name.startswith("Fn::") else None


def plain(node: Node) -> Any:
    """The tree as plain data."""
    if isinstance(node.value, dict):
        return {name: plain(child) for name, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def text_of(value: Any) -> str:
    """A scalar as the text it stands for in a template: true, not True."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
