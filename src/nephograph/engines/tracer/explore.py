"""Walks every case: each course says how far its answer carries, and what is left is walked next.

The verdict of a set of cases: yes when some choice of the asker gets through whatever the unknown things are; no when
no case gets through; else it depends, on those unknown things alone whose value changes the outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from nephograph.engines.tracer.axes import Axis, Box, Course, Interval
from nephograph.engines.tracer.hop import Walk
from nephograph.model.verdict import Answered

MOST_CASES = 400
"""Cases of one question that are walked; beyond them the answer says that there are more."""


class Cases(NamedTuple):
    """All walks of one question, and the axes they left open. `more` when some cases, `left`, were not walked."""

    walks: tuple[Walk, ...]
    axes: dict[str, Axis]
    protocols: frozenset[str]
    more: bool
    left: tuple[Box, ...] = ()


class Judged(NamedTuple):
    """The verdict over the cases; `allowed` are boxes of the asker's axes that surely pass, `perhaps` the doubtful."""

    verdict: Answered
    depends_on: tuple[str, ...]
    allowed: tuple[Box, ...]
    perhaps: tuple[Box, ...]


def explore(walk: Callable[[Course], Walk], limit: int = MOST_CASES) -> Cases:
    """Walk until nothing is left open, or the limit is reached."""
    axes: dict[str, Axis] = {}
    pending: list[Box] = [{}]
    walks: list[Walk] = []
    protocols: set[str] = set()
    while pending and len(walks) < limit:
        box = pending.pop()
        course = Course(box, axes)
        found = walk(course)
        region = {**box, **course.box}
        walks.append(_with_box(found, region))
        protocols |= course.protocols
        pending += reversed(subtract(box, region, axes))
    return Cases(tuple(walks), axes, frozenset(protocols), bool(pending), tuple(pending))


def _with_box(walk: Walk, box: Box) -> Walk:
    return msgspec.structs.replace(walk, box=box)


def subtract(box: Box, hole: Box, axes: dict[str, Axis]) -> list[Box]:
    """What of a box lies outside another: boxes that do not overlap."""
    left: list[Box] = []
    rest = dict(box)
    for name, cut in hole.items():
        low, high = rest.get(name, axes[name].hull)
        start, end = max(low, cut[0]), min(high, cut[1])
        met = (start, end) if start <= end else None
        beside = [(low, start - 1)] if low < start else []
        beside += [(end + 1, high)] if end < high else []
        if met is None:
            return [box]
        left += [{**rest, name: piece} for piece in beside if axes[name].first(*piece) is not None]
        rest[name] = met
    return left


def judge(cases: Cases, passed: Callable[[Walk], bool] = lambda walk: walk.passed) -> Judged:
    """The verdict over all cases, as the module says."""
    free = {name for name, axis in cases.axes.items() if axis.free}
    good = [walk for walk in cases.walks if passed(walk)]
    bad = [walk for walk in cases.walks if not passed(walk)]
    if not good:
        more = ("cases that were not walked: there are too many",) if cases.more else ()
        return Judged("depends" if more else "no", more, (), ())
    sure: list[Box] = []
    unsure: list[Box] = []
    holes = [_of(box, free) for box in (*(walk.box for walk in bad), *cases.left)]
    for walk in good:
        pieces = [_of(walk.box, free)]
        certain = _without(pieces, holes, cases.axes)
        sure += certain
        if certain != pieces:
            unsure += _without(pieces, certain, cases.axes)
    if sure:
        return Judged("yes", (), tuple(sure), tuple(unsure))
    on = _deciding(good, bad, cases.axes)
    if cases.more:
        on = (*on, "cases that were not walked: there are too many")
    return Judged("depends", on or ("which case is the one that holds",), (), tuple(unsure))


def _of(box: Box, names: set[str]) -> Box:
    return {name: interval for name, interval in box.items() if name in names}


def _without(boxes: Sequence[Box], holes: Iterable[Box], axes: dict[str, Axis]) -> list[Box]:
    left = list(boxes)
    for hole in holes:
        if not left:
            break
        if not hole:
            return []
        left = [piece for box in left for piece in (subtract(box, hole, axes))]
    return left


def _deciding(good: Sequence[Walk], bad: Sequence[Walk], axes: dict[str, Axis]) -> tuple[str, ...]:
    """The unknown things whose value alone makes a difference between a case that passes and one that does not."""
    found: dict[str, None] = {}
    for one in good:
        for other in bad:
            apart = [n for n in one.box if n in other.box and _apart(one.box[n], other.box[n])]
            hidden = [n for n in apart if not axes[n].free]
            if len(hidden) == 1 and len(apart) == 1:
                found[axes[hidden[0]].text] = None
    return tuple(found)


def _apart(one: Interval, other: Interval) -> bool:
    return one[1] < other[0] or other[1] < one[0]
