"""The objects of an answer, each with the plain values of what encloses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from nephograph.model.span import Path
from nephograph.sources.awscli.operations import ASIDE

MAX_NESTING = 80
"""Levels of objects and lists inside one object; no answer of AWS comes near."""


class Found(msgspec.Struct):
    """One object of an answer: its attributes, and its path below the answer. `wrong` names what it is when it is
    no object."""

    attributes: dict[str, Any]
    place: Path
    wrong: str = ""


def objects(data: Any, items: str, key: str = "") -> Iterator[Found]:
    """The objects that stand at `items` (a path with `*` for the elements of lists; "" for the answer itself).

    A list is taken for what a query picked out of the answer: it is read as standing at the first `*` below which
    there is something (with its `key`, when that is given).
    """
    steps = items.split(".") if items else []
    if isinstance(data, list):
        yield from _picked(data, steps, key)
    elif isinstance(data, dict) and not steps:
        yield Found({name: value for name, value in data.items() if name not in ASIDE}, ())
    elif isinstance(data, dict):
        yield from _walk(data, steps, (), {})
    else:
        yield Found({}, (), _word(data))


def _picked(data: list[Any], steps: list[str], key: str) -> Iterator[Found]:
    # `Reservations[].Instances[]` picks a list, `Reservations[*].Instances[*]` a list of lists.
    flat: list[tuple[Any, Path]] = []
    for position, element in enumerate(data):
        if isinstance(element, list):
            flat += [(inner, (position, place)) for place, inner in enumerate(element)]
        else:
            flat.append((element, (position,)))
    rest = [steps[position + 1 :] for position, step in enumerate(steps) if step == "*"] or [[]]
    for element, place in flat:
        ways = [list(_walk(element, steps, place, {})) for steps in rest]
        yield from next((way for way in ways if any(not key or key in one.attributes for one in way)), ways[-1])


def _walk(value: Any, steps: list[str], place: Path, around: dict[str, Any]) -> Iterator[Found]:
    if not steps:
        if isinstance(value, dict):
            yield Found({**around, **value}, place)
        elif isinstance(value, str):
            yield Found({**around, "Value": value}, place)
        elif value is not None:
            yield Found({}, place, _word(value))
        return
    step, *rest = steps
    if step == "*":
        if isinstance(value, list):
            for position, element in enumerate(value):
                yield from _walk(element, rest, (*place, position), around)
        elif isinstance(value, dict) and rest:
            yield from _walk(value, rest, place, around)
        elif value is not None:
            yield Found({}, place, _word(value))
    elif isinstance(value, dict):
        plain = {n: v for n, v in value.items() if isinstance(v, str | int | float) and n not in ASIDE}
        yield from _walk(value.get(step), rest, (*place, step), {**around, **plain})
    elif value is not None:
        yield Found({}, place, _word(value))


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "a boolean"
    names = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "an object", type(None): "null"}
    return names[type(value)]


def is_too_deep(value: Any) -> bool:
    """True for an object that is nested deeper than anything AWS answers."""
    level = [value]
    for _ in range(MAX_NESTING):
        level = [
            child
            for one in level
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True
