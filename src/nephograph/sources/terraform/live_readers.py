"""Which blocks and locals of a directory read what: whoever reads a value that has changed may tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from nephograph.sources.terraform.blocks import Block
from nephograph.sources.terraform.directory import Directory
from nephograph.sources.terraform.texts import Text

Node = tuple[Any, ...]

Name = tuple[str, str]
"""How a reference begins: `("var", "stage")`, `("aws_vpc", "main")`."""

Reader = tuple[Text, int, list[tuple[str, ...]]]
"""A text, where in it a block or local begins that reads something, and the steps behind the name."""


class Readers:
    """The readers of directories. A directory is never changed, only replaced, and mostly of the same blocks."""

    def __init__(self) -> None:
        self._said: dict[Block, dict[Name, list[tuple[str, ...]]]] = {}
        self._known: WeakKeyDictionary[Directory, dict[Name, list[Reader]]] = WeakKeyDictionary()

    def forget(self, block: Block) -> None:
        """The block is in no directory any more."""
        self._said.pop(block, None)

    def of(
        self, directory: Directory, name: Name, reads: Callable[[tuple[str, ...]], bool] | None = None
    ) -> Iterator[tuple[Text, int]]:
        """Where the blocks and locals stand that read what has the name: the text, and the offset in it.

        `reads` tells by the steps behind the name whether a reference counts: all do without it.
        """
        known = self._known.get(directory)
        if known is None:
            known = self._known[directory] = self._indexed(directory)
        for text, offset, references in known.get(name, ()):
            if reads is None or any(map(reads, references)):
                yield text, offset

    def _indexed(self, directory: Directory) -> dict[Name, list[Reader]]:
        found: dict[Name, list[Reader]] = {}
        blocks = (*directory.resources.values(), *directory.data.values(), *directory.modules.values())
        for block in (*blocks, *directory.outputs.values(), *directory.providers):
            said = self._said.get(block)
            if said is None:
                said = self._said[block] = _by_name(block.node)
            for name, references in said.items():
                found.setdefault(name, []).append((block.text, block.start, references))
        for one in directory.locals.values():
            for name, references in _by_name(one.node).items():
                found.setdefault(name, []).append((one.text, one.node[1], references))
        return found


def _by_name(node: Node) -> dict[Name, list[tuple[str, ...]]]:
    found: dict[Name, list[tuple[str, ...]]] = {}
    for root, *steps in dict.fromkeys(_traversals(node)):
        if steps:
            found.setdefault((root, steps[0]), []).append(tuple(steps[1:]))
    return found


def _traversals(node: Node) -> Iterator[tuple[str, ...]]:
    """Every reference in a node: its first name and its next three steps, "" for an index or a splat."""
    stack: list[Any] = [node]
    while stack:
        item = stack.pop()
        if not item:
            continue
        if item[0] == "ref" and len(item) == 5:
            yield item[3], *(_step(step) for step in item[4][:3])
        elif item[0] == "splat" and item[3][0] == "ref" and item[4][0] == "get" and item[4][3][0] == "item":
            # What is taken of every instance is all that is read of them.
            _, _, _, root, steps = item[3]
            yield root, *[*map(_step, steps), "", *map(_step, item[4][4])][:4]
            stack.extend(part for part in (*steps, *item[4][4]) if isinstance(part, tuple))
            continue
        stack.extend(part for part in item if isinstance(part, tuple))


def _step(step: Any) -> str:
    return step if isinstance(step, str) else ""
