"""A trail as one SVG: legs side by side, what encloses the stops as nested boxes, a drop in red."""

from __future__ import annotations

from typing import NamedTuple

from nephograph.model.answer import Stop, Trail
from nephograph.render._icons import LOOKS, PLAIN
from nephograph.render._measure import advance, fold
from nephograph.render._svg_css import CSS, TRAIL_CSS
from nephograph.render._svg_text import escape, number, put_text
from nephograph.render._text import clean, shorten

WIDTH, MARGIN, GAP = 430.0, 28.0, 34.0
INSET, HEAD, ROOM = 14.0, 26.0, 16.0
"""How far a box stands in from the one around it; the height of its title; space between stops."""
ICON, LINE = 26.0, 16.0
_WORDS = {"entry": "Start", "target": "Arrives", "drop": "Dropped", "depends": "Depends"}


class _Row(NamedTuple):
    stop: Stop
    y: float
    height: float
    lines: tuple[str, ...]
    rule: str
    place: str


class _Box(NamedTuple):
    title: str
    depth: int
    top: float
    bottom: float


class _Column(NamedTuple):
    title: str
    rows: tuple[_Row, ...]
    boxes: tuple[_Box, ...]
    height: float


def draw_trail(trail: Trail) -> str:
    """One trail as an SVG document; equal trails give equal bytes."""
    columns = [_column(title, stops) for title, stops in trail.legs if stops]
    width = max(len(columns), 1) * (WIDTH + GAP) - GAP + 2 * MARGIN
    title = fold(clean(trail.title), width - 2 * MARGIN, 17.0, 3) if trail.title else []
    top = MARGIN + 24.0 * len(title) + 8
    height = top + max((c.height for c in columns), default=0.0) + MARGIN
    body = [put_text(MARGIN, MARGIN + 14 + 24 * at, line, "title") for at, line in enumerate(title)]
    for at, column in enumerate(columns):
        body.append(f'<g transform="translate({number(MARGIN + at * (WIDTH + GAP))} {number(top)})">')
        body += _draw(column)
        body.append("</g>")
    told = "; ".join(f"{clean(s.label)}: {clean(s.text)}" for _, stops in trail.legs for s in stops)
    w, h = number(width), number(height)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img"'
            ' aria-labelledby="neph-title neph-desc">',
            f'<title id="neph-title">{escape(trail.title or "Trail")}</title>',
            f'<desc id="neph-desc">{escape(told)}</desc>',
            f"<style>{CSS}{TRAIL_CSS}</style>",
            f'<rect class="page" x="0.5" y="0.5" width="{number(width - 1)}" height="{number(height - 1)}" rx="14"/>',
            *body,
            "</svg>",
            "",
        ]
    )


def _column(title: str, stops: tuple[Stop, ...]) -> _Column:
    """Stops from top to bottom; a box opens before the first stop that stands in it and closes behind the last."""
    y = 30.0
    rows: list[_Row] = []
    boxes: list[_Box] = []
    open_: list[tuple[str, float]] = []
    for stop in stops:
        shared = 0
        while shared < min(len(open_), len(stop.inside)) and open_[shared][0] == stop.inside[shared]:
            shared += 1
        while len(open_) > shared:
            name, top = open_.pop()
            boxes.append(_Box(name, len(open_), top, y))
            y += 8
        if rows:
            y += ROOM
        for part in stop.inside[shared:]:
            open_.append((part, y))
            y += HEAD
        depth = len(open_)
        room = WIDTH - 2 * INSET * depth - ICON - 34
        lines = tuple(fold(clean(stop.text), room, 13.0, 3))
        rule = fold(clean(stop.rule), room, 12.0, 1, mono=True)[0] if stop.rule else ""
        place = _tail(clean(stop.place), room) if stop.place else ""
        height = 34 + LINE * len(lines) + 15 * bool(rule) + 15 * bool(place)
        rows.append(_Row(stop, y, height, lines, rule, place))
        y += height + (INSET if depth else 0)
    while open_:
        name, top = open_.pop()
        boxes.append(_Box(name, len(open_), top, y))
        y += 8
    return _Column(title, tuple(rows), tuple(sorted(boxes, key=lambda b: b.depth)), y)


def _tail(text: str, room: float) -> str:
    """The end of a place: file and line say more than the folders before them."""
    shown = text
    while shown and advance(f"…{shown}", 12.0, mono=True) > room:
        shown = shown[1:]
    return shown if shown == text else f"…{shown}"


def _draw(column: _Column) -> list[str]:
    found = [put_text(0, 16, column.title, "leg")]
    for box in column.boxes:
        x = INSET * box.depth
        w = WIDTH - 2 * x
        title = fold(box.title, w - 24, 11.0, 1)[0]
        found.append(
            f'<rect class="around depth-{min(box.depth, 3)}" x="{number(x)}" y="{number(box.top)}" width="{number(w)}"'
            f' height="{number(box.bottom - box.top)}" rx="10"/>'
        )
        found.append(put_text(x + 12, box.top + 17, title, "caption around-title"))
    for before, after in zip(column.rows, column.rows[1:], strict=False):
        x = WIDTH / 2
        tone = " drop" if after.stop.tone == "drop" else ""
        start, end = before.y + before.height, after.y
        found.append(f'<path class="wire step{tone}" d="M{number(x)} {number(start)}V{number(end - 5)}"/>')
        found.append(f'<path class="arrow{tone}" d="M{number(x - 4)} {number(end - 7)}h8l-4 6z"/>')
    found += [_stop(row) for row in column.rows]
    return found


def _stop(row: _Row) -> str:
    stop = row.stop
    look = LOOKS.get(stop.cls, PLAIN)
    depth = len(stop.inside)
    x = INSET * depth + (INSET if depth else 0)
    w = WIDTH - 2 * x
    tone = stop.tone if stop.tone in _WORDS else ""
    text_x = x + ICON + 20
    parts = [
        f'<g class="hue-{look.hue}"><title>{escape(shorten(f"{stop.kind} {stop.label}: {stop.text}", 400))}</title>'
    ]
    parts.append(
        f'<rect class="box {tone}" x="{number(x)}" y="{number(row.y)}" width="{number(w)}"'
        f' height="{number(row.height)}" rx="9"/>'
    )
    parts.append(
        f'<rect class="plate" x="{number(x + 10)}" y="{number(row.y + 10)}" width="{number(ICON)}"'
        f' height="{number(ICON)}" rx="7"/>'
        f'<path class="icon" transform="translate({number(x + 15)} {number(row.y + 15)}) scale(0.8)" d="{look.icon}"/>'
    )
    head = fold(
        f"{clean(stop.kind)} · {clean(stop.label)}" if stop.label != stop.kind else clean(stop.kind),
        w - ICON - 110,
        11.0,
        1,
    )[0]
    parts.append(put_text(text_x, row.y + 18, head, "caption"))
    y = row.y + 18 + LINE
    for line in row.lines:
        parts.append(put_text(text_x, y, line, "told"))
        y += LINE
    for line, cls in ((row.rule, "label"), (row.place, "label place")):
        if line:
            parts.append(put_text(text_x, y - 1, line, cls))
            y += 15
    if tone:
        word = _WORDS[tone]
        pill = advance(word, 10.5) + 16
        parts.append(
            f'<rect class="pill {tone}" x="{number(x + w - pill - 10)}" y="{number(row.y - 9)}" width="{number(pill)}"'
            ' height="18" rx="9"/>'
        )
        parts.append(put_text(x + w - 10 - pill / 2, row.y + 3.7, word, f"pilltext {tone}", "middle"))
    return "".join([*parts, "</g>"])
