"""What is peculiar to an API: one resource is said by several answers, and what was not asked is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from nephograph.catalog.language import ADDED, API, Field, Kind, Spelling
from nephograph.catalog.node import Node, data_of
from nephograph.model.value import Reason, Unknown


def joined_answers(old: Node, new: Node, field: Field) -> Node:
    """Two answers about one field. Every answer says the whole of what it was asked: equal elements are one."""
    if isinstance(old.value, Unknown):
        return old if isinstance(new.value, Unknown) else new
    if field.type in ADDED and isinstance(old.value, list) and isinstance(new.value, list):
        return Node(_joined_lists(old.value, new.value, field), old.place)
    if isinstance(old.value, dict) and isinstance(new.value, dict) and field.type in ("group", "mapping", "items"):
        joined = dict(old.value)
        for name, node in new.value.items():
            inner = field.fields.get(name)
            before = joined.get(name)
            joined[name] = node if before is None else joined_answers(before, node, inner) if inner else before
        return Node(joined, old.place)
    return old


def _joined_lists(old: list[Node], new: list[Node], field: Field) -> list[Node]:
    joined = list(old)
    places: dict[Any, int] = {}
    for position, node in enumerate(old):
        places.setdefault(_mark(node, field), position)
    for node in new:
        mark = _mark(node, field)
        alike = [at for at, other in enumerate(old) if _says_as_much(other, node)] if mark not in places else []
        if len(alike) == 1:
            # One answer leaves out what the other says of the element, its description for example.
            joined[alike[0]] = joined_answers(joined[alike[0]], node, Field("group", fields=field.fields))
        elif mark not in places:
            places[mark] = len(joined)
            joined.append(node)
        elif field.key:
            joined[places[mark]] = joined_answers(joined[places[mark]], node, field)
    return joined


def _says_as_much(one: Node, other: Node) -> bool:
    """Does one of two objects say nothing but what the other says, too?"""
    if not isinstance(one.value, dict) or not isinstance(other.value, dict):
        return False
    here, there = data_of(one), data_of(other)
    less, more = (here, there) if len(here) <= len(there) else (there, here)
    return bool(less) and all(name in more and more[name] == value for name, value in less.items())


def _mark(node: Node, field: Field) -> str:
    """What makes two elements one: their key when the field has one, else all they say."""
    if field.key and isinstance(node.value, dict) and field.key in node.value:
        return repr(data_of(node.value[field.key]))
    return repr(data_of(node))


Said = tuple[tuple[str, ...], tuple[str, ...]]
"""A path of the config, and the operations that say it."""

_SAYERS: dict[int, tuple[Kind, dict[str, list[Said]]]] = {}


def unseen_fields(
    kind: Kind, spellings: Sequence[Spelling], answered: Collection[str]
) -> dict[str, list[tuple[tuple[str, ...], Unknown]]]:
    """By field: the paths inside it (() for the whole) that no answer at hand could have said, and why."""
    present = {spelling.type for spelling in spellings}.union(answered)
    unseen: dict[str, list[tuple[tuple[str, ...], Unknown]]] = {}
    for name, said in _sayers(kind).items():
        if any(not path and not present.isdisjoint(operations) for path, operations in said):
            continue
        silent = [(path, ops) for path, ops in said if present.isdisjoint(ops)]
        if len(silent) == len(said):
            asked = dict.fromkeys(operation for _, operations in said for operation in operations)
            unseen[name] = [((), _not_seen(tuple(asked)))]
        else:
            unseen[name] = [(path, _not_seen(operations)) for path, operations in silent if path]
    return unseen


def _not_seen(operations: tuple[str, ...]) -> Unknown:
    if not operations:
        return Unknown(Reason.NOT_SEEN, "no answer of the API says it")
    return Unknown(Reason.NOT_SEEN, f"the answer of {' or '.join(operations)}")


def _sayers(kind: Kind) -> dict[str, list[Said]]:
    """By field: which operations say which path of it. A field that none says stands with an empty list of one."""
    known = _SAYERS.get(id(kind))
    if known is None or known[0] is not kind:
        found: dict[str, dict[tuple[str, ...], list[str]]] = {name: defaultdict(list) for name in kind.fields}
        for spelling in kind.spellings:
            if spelling.dialect == API:
                for field in spelling.fields:
                    head, *rest = field.split(".")
                    found[head][tuple(rest)].append(spelling.type)
        said = {
            # (What only code has is not missed in an answer.)
            name: [(path, tuple(operations)) for path, operations in paths.items()] or [((), ())]
            for name, paths in found.items()
            if paths or not kind.fields[name].code_only
        }
        known = _SAYERS[id(kind)] = (kind, said)
    return known[1]
