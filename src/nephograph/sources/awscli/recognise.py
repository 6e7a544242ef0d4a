"""Which operation an answer is of, where the file's name does not tell: by its members, and by those of its objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from nephograph.catalog.normal import unread
from nephograph.model.source import Scope
from nephograph.sources.awscli.objects import objects
from nephograph.sources.awscli.operations import ASIDE, Index, Operation
from nephograph.sources.written import DataDocument

_SAMPLE = 5
"""How many objects are looked at; all of one list are alike."""


class Recognised(msgspec.Struct):
    """`operations` with the members of the answer that each says; `open` are members of nobody, or of several."""

    operations: list[tuple[Operation, dict[str, Any]]]
    open: dict[str, tuple[str, ...]]
    """Member → names of the operations it may belong to."""


def recognised(data: Mapping[str, Any], index: Index) -> Recognised:
    """The operations whose answers make up an object; several when answers were merged."""
    left = {name: value for name, value in data.items() if name not in ASIDE}
    around = {name: value for name, value in data.items() if name in ASIDE or not isinstance(value, list | dict)}
    result = Recognised([], {})
    for name in list(left):
        # The members of one answer go together: policies beside the details of users are the details' own.
        best = best_of(index.by_key.get(name, ()), data) if name in left else []
        if len(best) == 1:
            keys = {key: left.pop(key) for key in best[0].keys if key in left}
            result.operations.append((best[0], {**around, **keys}))
    if left and not result.operations:
        whole = [o for o in index.whole if _fits_whole(o, left)]
        if len(whole) == 1:
            return Recognised([(whole[0], dict(data))], {})
        result.open = {name: tuple(o.name for o in whole) for name in left}
    for name in left:
        several = tuple(operation.name for operation in index.by_key.get(name, ()))
        if several or isinstance(left[name], list | dict):
            result.open[name] = several or result.open.get(name, ())
    return result


def recognised_list(data: Sequence[Any], index: Index) -> list[Operation]:
    """The operations that may have listed these things: what is left of an answer when a query picked its list."""
    first = next((one for one in data if isinstance(one, dict)), {})
    keyed = [o for o in index.operations if any(way.spelling.key in first for way in o.ways)]
    return best_of(keyed, data)


def best_of(candidates: Sequence[Operation], data: Any) -> list[Operation]:
    """The candidates that read the objects of the data best: one, or several that read them equally well."""
    if len(candidates) < 2:
        return [o for o in candidates if _misfit(o, data) is not None]
    marks = [(mark, o) for o in candidates if (mark := _misfit(o, data)) is not None]
    if not marks:
        return []
    least = min(mark for mark, _ in marks)
    return [o for mark, o in marks if mark == least]


def reads_all(operation: Operation, data: Any) -> bool:
    """True when there are objects and every attribute of theirs is read or looked at."""
    mark = _misfit(operation, data)
    there = any(
        not found.wrong
        for type, items in operation.types
        for found in islice(objects(data, items, operation.ways_of(type, items)[0].spelling.key), 1)
    )
    return mark is not None and there and mark[1] == 0


def _misfit(operation: Operation, data: Any) -> tuple[int, float, int] | None:
    """How ill an operation fits, None for not at all.

    Less the top-level members it says; the share of the objects' attributes that nobody reads; the top-level members
    that it says and that are missing.
    """
    unheard = told = 0
    for type, items in operation.types:
        (way, *_) = operation.ways_of(type, items)
        if isinstance(data, dict) and items and items.partition(".")[0] not in data:
            continue
        for found in islice(objects(data, items, way.spelling.key), _SAMPLE):
            keyless = way.spelling.key and way.spelling.key not in (*found.attributes, *operation.asks)
            if found.wrong or keyless:
                return None
            left = unread(_document(type, found.attributes), way.spelling)
            unheard += len(left)
            told += len(found.attributes)
    if told and unheard * 3 > told:
        return None
    present = sum(key in data for key in operation.keys) if isinstance(data, dict) else 0
    return -present, (unheard / told if told else 0.0), len(operation.keys) - present


def _fits_whole(operation: Operation, data: dict[str, Any]) -> bool:
    (type, _), *_ = operation.types
    (way, *_) = operation.ways_of(type, "") or operation.ways
    asked = all(isinstance(data.get(name), str) for name in operation.asks)
    return asked and bool(data.keys() - set(operation.asks)) and not unread(_document(type, data), way.spelling)


def _document(type: str, attributes: dict[str, Any]) -> DataDocument:
    return DataDocument("api", type, "", "", Scope("aws"), attributes, "dump")
