"""The extra blocks of an answer as lines of text: tables, prose, trees, drawings, differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from nephograph.model.answer import Block, Change, Diff, Drawing, Table, Text, Trail, Tree
from nephograph.render._pen import Pen
from nephograph.render._text import columns, neutral, pad, wrap
from nephograph.render._text_trail import trail_lines

DEEPEST = 64


def block_lines(pen: Pen, block: Block) -> list[str]:
    """Any block as harmless lines within the width."""
    if isinstance(block, Table):
        return [*_title(pen, block.title), *table_lines(pen, block.columns, block.rows)]
    if isinstance(block, Text):
        return [*_title(pen, block.title), *_prose(pen, block.text)]
    if isinstance(block, Tree):
        return list(_tree(pen, block))
    if isinstance(block, Drawing):
        return [*_title(pen, block.title), *_arrows(pen, block)]
    if isinstance(block, Trail):
        return [*_title(pen, block.title), *trail_lines(pen, block)]
    return [*_title(pen, block.title), *_changes(pen, block)]


def _title(pen: Pen, title: str) -> list[str]:
    return [pen.paint("bold", line) for line in pen.paragraph(title)] if title else []


def _prose(pen: Pen, text: str) -> list[str]:
    out = []
    for line in text.split("\n"):
        shown = neutral(line.rstrip("\r").replace("\t", "    "), unicode=pen.unicode)
        bare = shown.lstrip(" ")
        indent = shown[: min(len(shown) - len(bare), pen.width // 2)]
        out += wrap(bare, pen.width, first=indent) if columns(shown) > pen.width else [shown.rstrip()]
    return out


def table_lines(pen: Pen, names: Sequence[str], rows: Sequence[Sequence[str]], flexible: int = -1) -> list[str]:
    """Rows under a header; cells of the `flexible` column (the last) wrap. Too narrow: one "name: cell" a line."""
    names = [pen.text(name) for name in names]
    body = [[pen.text(cell) for cell in [*row, *[""] * len(names)][: len(names)]] for row in rows]
    if not names:
        return []
    flexible %= len(names)
    widths = [max([columns(name), *(columns(row[index]) for row in body)]) for index, name in enumerate(names)]
    fixed = sum(widths) - widths[flexible] + 2 * (len(names) - 1)
    room = pen.width - fixed
    if room < min(widths[flexible], 16):
        return _stacked(pen, names, body)
    widths[flexible] = min(widths[flexible], room)
    out = [pen.paint("bold", "  ".join(pad(name, width) for name, width in zip(names, widths, strict=True)).rstrip())]
    out.append(pen.paint("dim", "  ".join(pen.rule * width for width in widths)))
    for row in body:
        out += _row(row, widths, flexible)
    return out


def _row(row: Sequence[str], widths: Sequence[int], flexible: int) -> Iterator[str]:
    long = wrap(row[flexible], max(widths[flexible], 8))
    for index, piece in enumerate(long):
        cells = [cell if index == 0 else "" for cell in row]
        cells[flexible] = piece
        yield "  ".join(pad(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _stacked(pen: Pen, names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    out: list[str] = []
    for row in rows:
        for index, (name, cell) in enumerate(zip(names, row, strict=True)):
            mark = "- " if index == 0 else "  "
            out += wrap(f"{name}: {cell}", pen.width, first=mark, rest="    ")
    return out


def _tree(pen: Pen, tree: Tree) -> Iterator[str]:
    """Depth first without recursion; below `DEEPEST` levels the indent grows no more."""
    fork, last, rail = ("├─ ", "└─ ", "│  ") if pen.unicode else ("|- ", "`- ", "|  ")
    stack: list[tuple[Tree, str, str]] = [(tree, "", "")]
    while stack:
        node, opening, below = stack.pop()
        limit = pen.width // 2
        yield from wrap(pen.text(node.label), pen.width, first=opening[-limit:], rest=below[-limit:])
        for index in range(len(node.children) - 1, -1, -1):
            end = index == len(node.children) - 1
            child = node.children[index]
            deeper = below if len(below) >= 3 * DEEPEST else below + ("   " if end else rail)
            stack.append((child, below + (last if end else fork), deeper))


def _arrows(pen: Pen, drawing: Drawing) -> list[str]:
    names = {node.id: node.label or node.id for node in drawing.nodes}
    captions = {node.id: node.caption or node.cls.replace("_", " ") for node in drawing.nodes}
    out: list[str] = []
    linked: set[str] = set()
    for arrow in drawing.arrows:
        linked |= {arrow.source, arrow.target}
        ends = [names.get(end, end) for end in (arrow.source, arrow.target)]
        label = f" [{arrow.label}]" if arrow.label else ""
        doubt = " (depends)" if arrow.tone == "depends" else ""
        out += pen.paragraph(f"{ends[0]} {pen.arrow} {ends[1]}{label}{doubt}", first="  ", rest="      ")
    for node in drawing.nodes:
        if node.id not in linked:
            caption = f" ({captions[node.id]})" if captions[node.id] else ""
            out += pen.paragraph(f"{names[node.id]}{caption}", first="  ", rest="      ")
    return out


def _changes(pen: Pen, diff: Diff) -> list[str]:
    out = []
    for change in diff.changes:
        mark, role = {"added": ("+", "add"), "removed": ("-", "remove")}.get(change.kind, ("~", "medium"))
        lines = pen.paragraph(f"{change.what}{change_text(change)}", first=f"{mark} {change.kind}: ", rest="    ")
        out += [pen.paint(role, line) for line in lines]
    return out


def change_text(change: Change) -> str:
    """What follows the name of a change: `: before -> after`."""
    if change.before is None and change.after is None:
        return ""
    if change.before is None:
        return f": {plain(change.after)}"
    if change.after is None:
        return f": was {plain(change.before)}"
    return f": {plain(change.before)} -> {plain(change.after)}"


def plain(value: object) -> str:
    """Any data as one readable line."""
    if isinstance(value, str):
        return value
    try:
        return msgspec.json.encode(value).decode()
    except (TypeError, UnicodeError, RecursionError):
        return str(value)
