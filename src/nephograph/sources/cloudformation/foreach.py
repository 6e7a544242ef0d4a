"""`Fn::ForEach` of AWS::LanguageExtensions: one entry for each element of a collection, written out.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nephograph.model.value import Unknown
from nephograph.sources.cloudformation.nodes import Node, text_of

PREFIX = "Fn::ForEach::"
MAX_MADE = 50_000
"""Nodes that the loops of one stack may make."""

Collection = Callable[[Node], Any]
"""The value of a collection: a list, or an Unknown."""

Refused = Callable[[str, Node, str], None]
"""Told of a loop that is not written out: its name, its node and why."""


class Loops:
    """Writes out the loops of one stack."""

    def __init__(self, collection: Collection, refused: Refused) -> None:
        self._collection = collection
        self._refused = refused
        self._left = MAX_MADE

    def written_out(self, node: Node, depth: int = 0) -> Node:
        """The node with every loop in it replaced by what it makes; the same node where there is none."""
        value = node.value
        if isinstance(value, list):
            elements = [self.written_out(child, depth + 1) for child in value]
            return node if all(a is b for a, b in zip(elements, value, strict=True)) else _like(node, elements)
        if not isinstance(value, dict):
            return node
        found: dict[str, Node] = {}
        keys = dict(node.keys)
        changed = False
        for name, child in value.items():
            if name.startswith(PREFIX):
                changed = True
                for key, made, place in self._loop(name, child, depth):
                    found[key] = made
                    keys[key] = place
            else:
                found[name] = self.written_out(child, depth + 1)
                changed = changed or found[name] is not child
        return Node(found, node.start, node.end, keys, node.short) if changed else node

    def _loop(self, name: str, node: Node, depth: int) -> list[tuple[str, Node, tuple[int, int]]]:
        parts = node.value if isinstance(node.value, list) else []
        if depth > 60 or len(parts) != 3 or not parts[0].text or not isinstance(parts[2].value, dict):
            self._refused(name, node, "a loop is an identifier, a collection and what is made of each element")
            return []
        collection = self._collection(parts[1])
        if not isinstance(collection, list) or any(isinstance(one, Unknown | dict | list) for one in collection):
            unknown = isinstance(collection, Unknown)
            self._refused(name, node, f"its collection is not known ({collection})" if unknown else "it has no list")
            return []
        found: list[tuple[str, Node, tuple[int, int]]] = []
        for element in collection:
            text = text_of(element)
            for key, child in parts[2].entries():
                if self._left <= 0:
                    self._refused(name, node, f"loops make more than {MAX_MADE:,} values")
                    return found
                made = self._filled(child, parts[0].text, text)
                inner = Node({_filled_text(key, parts[0].text, text): made}, node.start, node.end)
                inner.keys = {next(iter(inner.value)): parts[2].keys.get(key, (child.start, child.end))}
                for new, value in self.written_out(inner, depth + 1).entries():
                    found.append((new, value, inner.keys.get(new, (child.start, child.end))))
        return found

    def _filled(self, node: Node, identifier: str, text: str) -> Node:
        """The node with the loop's identifier replaced by one element."""
        self._left -= 1
        value = node.value
        if isinstance(value, str):
            filled = _filled_text(value, identifier, text)
            return node if filled == value else _like(node, filled)
        if isinstance(value, list):
            return _like(node, [self._filled(child, identifier, text) for child in value])
        if isinstance(value, dict):
            if value.keys() == {"Ref"} and value["Ref"].value == identifier:
                return _like(node, text)
            keys = {_filled_text(name, identifier, text): place for name, place in node.keys.items()}
            made = {
                _filled_text(name, identifier, text): self._filled(child, identifier, text)
                for name, child in value.items()
            }
            return Node(made, node.start, node.end, keys, node.short)
        return node


def _filled_text(value: str, identifier: str, text: str) -> str:
    if identifier not in value:
        return value
    value = value.replace(f"${{{identifier}}}", text)
    return value.replace(f"&{{{identifier}}}", re.sub(r"[^A-Za-z0-9]", "", text))


def _like(node: Node, value: Any) -> Node:
    return Node(value, node.start, node.end, node.keys, node.short)


def has_loop(content: str) -> bool:
    """True when a text may hold a loop: most hold none, and are not walked."""
    return "ForEach::" in content
