"""A value of the normal form together with the place it was read at."""

from __future__ import annotations

from typing import Any

from nephograph.model.span import Path


class Node:
    """A normalised value with the place it came from (None: a default, or made of several places).

    The place is the position of the document among those that say the resource, and the path in it.
    """

    __slots__ = ("place", "value")

    def __init__(self, value: Any, place: tuple[int, Path] | None) -> None:
        self.value = value
        self.place = place


def data_of(node: Node) -> Any:
    """The plain data, without places."""
    if isinstance(node.value, list):
        return [data_of(child) for child in node.value]
    if isinstance(node.value, dict):
        return {name: data_of(child) for name, child in node.value.items()}
    return node.value
