"""A case as data: where its documents, statements and patterns are."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

HOME, OTHER = "111122223333", "444455556666"

Json = dict[str, Any]
Place = tuple[Any, ...]
"""Where something stands in a case: keys and positions, outermost first."""


def documents(one: Json) -> Iterator[tuple[Place, Json]]:
    """Every policy document with its place."""
    for layer, said in one["policies"].items():
        if layer == "resource":
            if said is not None:
                yield ("policies", layer), said
        elif layer in ("scp", "rcp"):
            for level, documents in enumerate(said):
                for index, document in enumerate(documents):
                    yield ("policies", layer, level, index), document
        else:
            for index, document in enumerate(said):
                yield ("policies", layer, index), document


GONE = object()
"""In the place of a value: the thing is taken out."""


def changed(one: Json, *edits: tuple[Place, Any]) -> Json:
    """A copy of the case with other values at these places, or without them (`GONE`)."""
    found = copy.deepcopy(one)
    for path, value in edits:
        holder: Any = found
        for step in path[:-1]:
            holder = holder[step]
        if value is GONE:
            del holder[path[-1]]
        else:
            holder[path[-1]] = value
    return found


def kind(one: Json) -> str:
    who = one["request"]["principal"]
    for mark in ("assumed-role", "federated-user", ":role/", ":user/", ":root"):
        if mark in who:
            return mark.strip(":/")
    return "anonymous" if who == "anonymous" else "service"


def statements(one: Json) -> Iterator[tuple[str, str, Json]]:
    """(layer, version of the document, statement)."""
    for path, document in documents(one):
        for statement in document["Statement"]:
            yield path[1], document.get("Version", ""), statement


def resources(one: Json, elements: tuple[str, ...] = ("Resource", "NotResource")) -> Iterator[str]:
    for _, _, statement in statements(one):
        for element in elements:
            said = statement.get(element, [])
            yield from [said] if isinstance(said, str) else said


def conditions(one: Json) -> Iterator[tuple[str, str, list[str]]]:
    for _, _, statement in statements(one):
        for operator, keys in statement.get("Condition", {}).items():
            for key, values in keys.items():
                yield operator, key, [values] if isinstance(values, str) else values
