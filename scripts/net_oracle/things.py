"""Estates written as plain data: `{"aws_subnet.a": {"vpc": "@aws_vpc.v", …}}`, in the words of the catalog's fields.

A reference is `@kind.name`; the edges are those the catalog declares for each kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nephograph.catalog.registry import kind
from nephograph.estate.graph import Estate
from nephograph.model.edge import Edge
from nephograph.model.resource import Class, Resource
from nephograph.model.source import Scope
from nephograph.model.span import Origin, Span
from nephograph.model.value import is_unknown

Things = dict[str, dict[str, Any]]


class Written:
    """Every field has a place of its own, so that a trace shows which one decided."""

    said = "code"

    def __init__(self, address: str) -> None:
        self.address = address

    def of(self, path: tuple[str | int, ...]) -> tuple[bool, Origin | None]:
        """The place of a field."""
        where = ".".join([self.address, *(str(part) for part in path)])
        return True, Origin(self.said, self.address, Span(where, 1, 1, 1, 2))

    def is_written(self, path: tuple[str | int, ...]) -> bool:
        """All of it is."""
        return True


def estate_of(things: Mapping[str, dict[str, Any]]) -> Estate:
    """The estate the data describes. A reference to nothing is an unlinked one, as in an estate that was read."""
    resources: list[Resource] = []
    edges: list[Edge] = []
    unlinked: dict[str, list[tuple[str, str]]] = {}
    for key, config in things.items():
        name, _, label = key.partition(".")
        resources.append(
            Resource(
                urn=key,
                kind=name,
                native=name,
                cls=Class.GENERIC,
                address=key,
                scope=Scope("aws", "111122223333", "eu-west-1"),
                # References are the ids of what they refer to, as in what a cloud answers.
                config={"id": f"@{key}", **config},
                provenance=Written(key),
                label=label,
            )
        )
        for link in kind(name).links:
            for path, value in _values(config, link.path.split(".")):
                target = str(value).removeprefix("@")
                if target not in things:
                    why = target if is_unknown(value) else f"{target} is not in the data"
                    unlinked.setdefault(key, []).append((".".join(map(str, path)), why))
                elif link.inverse:
                    edges.append(Edge(link.kind, target, key, said_by=key, path=path))
                else:
                    edges.append(Edge(link.kind, key, target, said_by=key, path=path))
    return Estate(resources, edges, unlinked)


def _values(value: Any, pattern: list[str], path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if value is None:
        return
    if is_unknown(value):
        yield path, value
    elif isinstance(value, list):
        rest = pattern[1:] if pattern and pattern[0] == "*" else pattern
        for at, element in enumerate(value):
            yield from _values(element, rest, (*path, at))
    elif not pattern:
        yield path, value
    else:
        yield from _values(value.get(pattern[0]), pattern[1:], (*path, pattern[0]))


def of_kind(things: Mapping[str, dict[str, Any]], name: str) -> dict[str, dict[str, Any]]:
    """Everything of one kind, by key."""
    return {key: config for key, config in things.items() if key.startswith(f"{name}.")}
