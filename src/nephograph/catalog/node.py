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


class Whole(Node):
    """Plain data that stands as it was read: the place of everything in it is the place of the whole and its path."""

    __slots__ = ()


def data_of(node: Node) -> Any:
    """The plain data, without places."""
    value = node.value
    if type(value) is str or isinstance(node, Whole):
        return value
    if isinstance(value, list):
        return [data_of(child) for child in value]
    if isinstance(value, dict):
        return {name: data_of(child) for name, child in value.items()}
    return value
