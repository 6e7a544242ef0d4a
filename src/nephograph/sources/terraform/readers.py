"""Who else reads a value: an edit may change a shared place only when nobody else depends on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from nephograph.sources.terraform.blocks import Block, Body
from nephograph.sources.terraform.directory import Directory

Node = tuple[Any, ...]


def readers(directory: Directory, root: str, name: str) -> list[str]:
    """The places in a directory whose expressions name `root.name`, in words, one entry per reference."""
    known = _KNOWN.get(directory)
    if known is None:
        known = _KNOWN[directory] = _index(_expressions(directory))
    return known.get((root, name), [])


_KNOWN: WeakKeyDictionary[Directory, dict[tuple[str, str], list[str]]] = WeakKeyDictionary()
"""Who reads what in a directory, which is never changed, only replaced: many fixes of one run ask it."""


def _index(written: Iterable[tuple[str, Node]]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for what, node in written:
        for reference in references(node):
            if reference[4] and isinstance(reference[4][0], str):
                found.setdefault((reference[3], reference[4][0]), []).append(what)
    return found


def references(node: Node) -> Iterator[Node]:
    """Every traversal in an expression or body."""
    stack: list[Any] = [node]
    while stack:
        item = stack.pop()
        if not item:
            continue
        if item[0] == "ref" and len(item) == 5:
            yield item
        stack.extend(part for part in item if isinstance(part, tuple))


def _expressions(directory: Directory) -> Iterator[tuple[str, Node]]:
    for name, written in directory.locals.items():
        yield f"local.{name}", written.node
    blocks: list[Block] = [
        *directory.resources.values(),
        *directory.data.values(),
        *directory.modules.values(),
        *directory.outputs.values(),
        *directory.providers,
    ]
    for block in blocks:
        yield " ".join((block.type, *block.labels)), block.node
    for block in directory.variables.values():
        # A validation reads its own variable, whatever the value.
        body = Body(block.text, block.node[5])
        for argument in body.arguments.values():
            yield f"variable {block.labels[0]}", argument
