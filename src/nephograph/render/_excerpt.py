"""The lines of a file under a span, with carets exactly under its columns.

Each source character becomes one cell: a tab four spaces, a control character its picture, a wide character two
columns, a combining mark none. A line that does not fit is cut around the carets.
"""

from __future__ import annotations

from nephograph.model.span import Span
from nephograph.render._pen import Pen
from nephograph.render._text import columns, neutral

TAB = "    "


def excerpt(pen: Pen, span: Span, gutter: int, *, role: str = "caret", given: str = "") -> list[str]:
    """The framed lines of a span, without its `-->` line; [] when there is nothing to show.

    `gutter` is the width line numbers take; `given` is the text of the first line where the file cannot be read.
    """
    first, last = max(span.line, 1), max(span.end_line, span.line, 1)
    end = span.end_column if last == span.end_line else span.column + 1
    lines: dict[int, str | None] = {}
    for number in _shown(first, last):
        lines[number] = _line(pen, span.file, number)
    if lines[first] is None and given:
        lines = {first: given}
        if last > first:
            last, end = first, len(given) + 1
    if lines[first] is None:
        return (
            [] if pen.style.excerpts is None else [_bar(pen, gutter, pen.paint("dim", "(this line cannot be shown)"))]
        )
    if first == last:
        return _single(pen, first, lines[first] or "", span.column, end, gutter, role)
    return _several(pen, lines, span.column, end, gutter, role)


def numbers(span: Span) -> int:
    """The width the line numbers of a span take."""
    return len(str(max(span.end_line, span.line, 1)))


def _line(pen: Pen, file: str, number: int) -> str | None:
    return pen.style.excerpts.line(file, number) if pen.style.excerpts is not None else None


def _shown(first: int, last: int) -> list[int]:
    return list(range(first, last + 1)) if last - first < 5 else [first, first + 1, first + 2, last]


def _bar(pen: Pen, gutter: int, text: str = "", label: int | str = "") -> str:
    bar = "│" if pen.unicode else "|"
    return (pen.paint("dim", f"{label:>{gutter}} {bar}") + (f" {text}" if text else "")).rstrip()


def _single(pen: Pen, number: int, line: str, start: int, end: int, gutter: int, role: str) -> list[str]:
    text, before, under = window(pen, line, start, end, pen.width - gutter - 3)
    return [
        _bar(pen, gutter),
        _bar(pen, gutter, text, number),
        _bar(pen, gutter, " " * before + pen.paint(role, "^" * under)),
    ]


def window(pen: Pen, line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """(the part of a line that fits into `room` columns, columns before the carets, columns of carets).

    `start` and `end` count characters from 1, `end` just behind the last; both may lie beyond the line.
    """
    low = min(max(start - 1, 0), len(line))
    high = min(max(end - 1, low), len(line))
    # A line of a hostile file may be as long as the file: only what can be shown is looked at.
    left, right = max(low - 2 * room, 0), min(high, low + 2 * room) + 2 * room
    cells = [_cell(pen, char) for char in line[left:right]]
    low, high = low - left, min(high - left, len(cells))
    widths = [columns(cell) for cell in cells]
    under = max(sum(widths[low:high]), 1)
    cut_left, cut_right = left > 0, right < len(line)
    begin, stop = 0, len(cells)
    if cut_left or cut_right or sum(widths) > room:
        mark = len(pen.dots)
        spare = max(room - 2 * mark - under, 0)
        begin, used = low, 0
        while begin and used + widths[begin - 1] <= spare // 2:
            begin -= 1
            used += widths[begin]
        stop, taken = begin, 0
        while stop < len(cells) and taken + widths[stop] <= room - 2 * mark:
            taken += widths[stop]
            stop += 1
        while begin and taken + widths[begin - 1] <= room - 2 * mark:
            begin -= 1
            taken += widths[begin]
        cut_left, cut_right = cut_left or begin > 0, cut_right or stop < len(cells)
    before = sum(widths[begin:low]) + (len(pen.dots) if cut_left else 0)
    text = "".join(cells[begin:stop])
    text = (pen.dots if cut_left else "") + text + (pen.dots if cut_right else "")
    return text.rstrip(), before, max(min(under, room - before), 1)


def _cell(pen: Pen, char: str) -> str:
    return TAB if char == "\t" else neutral(char, unicode=pen.unicode)


def _several(pen: Pen, lines: dict[int, str | None], start: int, end: int, gutter: int, role: str) -> list[str]:
    """A span of several lines: a rail from its first to its last character."""
    room = pen.width - gutter - 5
    rail = pen.paint(role, "|")
    out = [_bar(pen, gutter)]
    final = max(lines)
    previous = 0
    for number, line in lines.items():
        if previous and number > previous + 1:
            out.append(_bar(pen, gutter, rail, pen.dots[:gutter]))
        previous = number
        shown = line if line is not None else "(this line cannot be shown)"
        if number == min(lines):
            text, before, _ = window(pen, shown, start, start, room)
            if not shown[: max(start - 1, 0)].strip():
                out.append(_bar(pen, gutter, pen.paint(role, "/") + " " + text, number))
            else:
                out.append(_bar(pen, gutter, "  " + text, number))
                out.append(_bar(pen, gutter, " " + pen.paint(role, "_" * (before + 1) + "^")))
        elif number == final:
            text, before, _ = window(pen, shown, end - 1, end, room)
            out.append(_bar(pen, gutter, rail + " " + text, number))
            out.append(_bar(pen, gutter, pen.paint(role, "|" + "_" * (before + 1) + "^")))
        else:
            text, _, _ = window(pen, shown, 1, 1, room)
            out.append(_bar(pen, gutter, rail + " " + text, number))
    return out
