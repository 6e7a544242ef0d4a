"""One path as a chain of boxes for a terminal, left to right, running on in further rows where the width ends."""

from __future__ import annotations

import msgspec

from nephograph.model.answer import AttackPath, Subject
from nephograph.render._pen import Pen
from nephograph.render._summary import class_of, name_of
from nephograph.render._text import columns, head, pad

WIDEST_BOX = 30
WIDEST_LABEL = 40


class _Strokes(msgspec.Struct, frozen=True):
    """The characters boxes and arrows are made of."""

    corners: tuple[str, str, str, str]
    across: str
    down: str
    right: str
    below: str
    turn: str
    back: str
    away: str
    broken: str


_UNICODE = _Strokes(("╭", "╮", "╰", "╯"), "─", "│", "▶", "▼", "╮", "╯", "╭", "╌")
_ASCII = _Strokes(("+", "+", "+", "+"), "-", "|", ">", "v", "+", "+", "+", ".")


class _Box(msgspec.Struct, frozen=True):
    caption: str
    name: str
    width: int


class _Arrow(msgspec.Struct, frozen=True):
    label: str
    open: bool


def chain(pen: Pen, path: AttackPath, width: int) -> list[str]:
    """The drawing of one path in at most `width` columns: boxes with class and name, arrows with their label.

    A step whose verdict is `depends` has a broken line and a `?`.
    """
    if not path.steps:
        return []
    subjects = [path.steps[0].source, *(step.target for step in path.steps)]
    boxes = [_box(pen, subject, index, len(subjects), width) for index, subject in enumerate(subjects)]
    arrows = []
    for step in path.steps:
        unsure = step.verdict == "depends"
        label = pen.cut(step.label or step.edge, min(WIDEST_LABEL, width - 12), keep="start")
        arrows.append(_Arrow(label + ("?" if unsure else ""), unsure))
    strokes = _UNICODE if pen.unicode else _ASCII
    out: list[str] = []
    start = 0
    while start < len(boxes):
        stop = _row_end(boxes, arrows, start, width)
        more = stop < len(boxes)
        out += _row(strokes, boxes[start:stop], arrows[start : stop - 1], turn=more)
        if more:
            out += _carriage(strokes, boxes[start:stop], arrows[start:stop], width)
        start = stop
    return out


def _box(pen: Pen, subject: Subject, index: int, count: int, width: int) -> _Box:
    mark = "entry" if index == 0 else "target" if index == count - 1 else ""
    room = min(WIDEST_BOX, width - 8)
    caption = pen.cut(f"{class_of(subject)}" + (f" {pen.dash} {mark}" if mark else ""), room - 6, keep="start")
    if mark and mark not in caption:
        caption = mark
    name = pen.cut(name_of(subject), room - 4)
    return _Box(caption, name, max(columns(caption) + 6, columns(name) + 4))


def _link(arrow: _Arrow) -> int:
    return columns(arrow.label) + 5


def _row_end(boxes: list[_Box], arrows: list[_Arrow], start: int, width: int) -> int:
    """The end of the row that begins at box `start`: as many as fit, with room for the turn into the next row."""
    used = boxes[start].width
    stop = start + 1
    while stop < len(boxes):
        used += _link(arrows[stop - 1]) + boxes[stop].width
        if used + (0 if stop == len(boxes) - 1 else 3) > width:
            break
        stop += 1
    return stop


def _row(strokes: _Strokes, boxes: list[_Box], arrows: list[_Arrow], *, turn: bool) -> list[str]:
    top = middle = bottom = ""
    for index, box in enumerate(boxes):
        opening, closing, under, last = strokes.corners
        inner = box.width - 2
        title = f"{strokes.across} {box.caption} " if box.caption else ""
        top += opening + title + strokes.across * (inner - columns(title)) + closing
        middle += f"{strokes.down} {pad(box.name, inner - 2)} {strokes.down}"
        bottom += under + strokes.across * inner + last
        if index < len(arrows):
            arrow = arrows[index]
            line = strokes.broken if arrow.open else strokes.across
            link = _link(arrow)
            top += " " * link
            middle += (
                f"{line} {arrow.label} {line}{strokes.right}" if arrow.label else line * (link - 1) + strokes.right
            )
            bottom += " " * link
    if turn and len(boxes) > 1:
        middle += strokes.across + strokes.turn
        bottom += " " + strokes.down
    return [top.rstrip(), middle, bottom]


def _carriage(strokes: _Strokes, boxes: list[_Box], arrows: list[_Arrow], width: int) -> list[str]:
    """What leads from the end of a row to the first box of the next, with the label of that arrow."""
    arrow = arrows[len(boxes) - 1]
    line = strokes.broken if arrow.open else strokes.across
    if len(boxes) == 1:
        bar = "  " + ("╎" if arrow.open and strokes is _UNICODE else strokes.down)
        return [f"{bar} {arrow.label}".rstrip(), "  " + strokes.below]
    used = sum(box.width for box in boxes) + sum(map(_link, arrows[: len(boxes) - 1])) + 1
    label = f" {head(arrow.label, used - 8)} " if arrow.label else ""
    fill = used - 3 - columns(label)
    left = fill // 2
    return ["  " + strokes.away + line * left + label + line * (fill - left) + strokes.back, "  " + strokes.below]
