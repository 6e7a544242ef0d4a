"""Estates with one value taken away: what answers must not be sure about any more.

A value is taken away as a whole field, as an element of a list, as a field of an element, and, where it names another
resource, by naming one that is not in the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nephograph.model.value import Reason, Unknown

HOLE = Unknown(Reason.NO_VALUE, "var.hole")

Things = dict[str, dict[str, Any]]


def holes(things: Things) -> Iterator[tuple[str, Things]]:
    """(what was taken away, the estate without it)."""
    for key, config in things.items():
        for path, value in _places(config):
            for word, other in (("", HOLE), *([(" gone", "@aws_vpc.gone")] if str(value).startswith("@") else [])):
                again = {one: _copy(fields) for one, fields in things.items()}
                _put(again[key], path, other)
                yield f"{key} {'.'.join(map(str, path))}{word}", again


def _copy(value: Any) -> Any:
    """Parts that are the same object become several."""
    if isinstance(value, dict):
        return {key: _copy(one) for key, one in value.items()}
    return [_copy(one) for one in value] if isinstance(value, list) else value


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if path:
        yield path, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from _places(one, (*path, key))


def _put(config: Any, path: tuple[Any, ...], value: Any) -> None:
    for part in path[:-1]:
        config = config[part]
    config[path[-1]] = value
