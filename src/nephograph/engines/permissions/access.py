"""What new access is told as, how slices of two sides differ, and functions in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from nephograph.engines.permissions.diagram import FALSE, Diagram
from nephograph.engines.permissions.effective import Slice
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.formulas import Expands, Matches
from nephograph.engines.permissions.universe import Action


class Part(msgspec.Struct, frozen=True):
    """One disjoint part of a rectangle: which resources, without which, under which conditions (in words)."""

    resources: tuple[str, ...]
    but_not: tuple[str, ...]
    conditions: tuple[str, ...]


class NewAccess(msgspec.Struct, frozen=True):
    """Actions that a principal may do and might not before.

    `request` is one such request as a test case holds it, `request_before` the same with what the old side knows of who
    asks and of what (tags, accounts); `before` and `after` are the policies that decide it (None: the content of one is
    not known). `depends_on` is empty when it is certain.
    """

    principal: str
    service: str
    actions: tuple[Action, ...]
    parts: tuple[Part, ...]
    more_parts: bool
    request: dict[str, Any]
    request_before: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    depends_on: tuple[str, ...] = ()


class Difference(msgspec.Struct):
    """All new access. `gaps` name what could not be decided, or was left out."""

    found: list[NewAccess] = []
    gaps: list[str] = []


def differs(diagram: Diagram, old: Slice, new: Slice) -> Iterator[tuple[int, int]]:
    """(actions, when the new side allows them and the old one does not), disjoint by actions and functions."""
    for bits, when in new:
        left = bits
        for others, was in old:
            both = left & others
            if both:
                left &= ~others
                more = diagram.without(when, was)
                if more != FALSE:
                    yield both, more
        if left:
            yield left, when


def merged(rows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Rows of one function as one row."""
    found: dict[int, int] = {}
    for bits, when in rows:
        found[when] = found.get(when, 0) | bits
    return [(bits, when) for when, bits in found.items()]


def parts(engine: Engine, when: int) -> Iterator[Part]:
    """A function in words, part by part: which resources, without which, under which conditions."""
    for path in engine.diagram.paths(when):
        inside: list[str] = []
        outside: list[str] = []
        conditions: list[str] = []
        for number, wanted in path:
            question = engine.questions.question(number)
            if isinstance(question, Matches | Expands):
                (inside if wanted else outside).append(question.pattern)
            else:
                words = engine.words(number)
                conditions.append(words if wanted else f"not: {words}")
        yield Part(tuple(inside), tuple(outside), tuple(conditions))
