"""A trail as lines: what encloses the stops as headings, a mark and a sentence a stop, the rule and its place below."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.model.answer import Stop, Trail
from nephograph.render._pen import Pen

_MARKS = {"drop": ("✗", "x"), "depends": ("?", "?"), "entry": ("●", "*"), "target": ("◎", "o")}
_ROLES = {"drop": "remove", "depends": "depends", "target": "add"}


def trail_lines(pen: Pen, trail: Trail) -> Iterator[str]:
    """All legs, one below the other."""
    for index, (title, stops) in enumerate(trail.legs):
        if index:
            yield ""
        if title:
            yield pen.heading(title)
        yield from _leg(pen, stops)


def _leg(pen: Pen, stops: tuple[Stop, ...]) -> Iterator[str]:
    before: tuple[str, ...] = ()
    for stop in stops:
        if stop.inside != before:
            shared = _shared(before, stop.inside)
            for depth, part in enumerate(stop.inside[shared:], shared):
                yield pen.paint("dim", "  " * (depth + 1) + pen.cut(part, pen.width - 2 * depth - 4))
            before = stop.inside
        yield from _stop(pen, stop)


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same


def _stop(pen: Pen, stop: Stop) -> Iterator[str]:
    indent = "  " * (len(stop.inside) + 1)
    mark = _MARKS.get(stop.tone, ("→", ">"))[0 if pen.unicode else 1]
    role = _ROLES.get(stop.tone, "")
    lines = pen.paragraph(stop.text, first=f"{indent}{mark} ", rest=f"{indent}  ")
    yield from (pen.paint(role, line) if role else line for line in lines)
    below = "  ".join(part for part in (stop.rule, stop.place) if part)
    if below:
        yield pen.paint("dim", f"{indent}    {pen.cut(below, max(pen.width - len(indent) - 4, 20), keep='end')}")
