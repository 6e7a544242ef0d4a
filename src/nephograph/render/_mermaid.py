"""One path as a Mermaid flow chart, for places that draw it from text."""

from __future__ import annotations

import re

from nephograph.model.answer import AttackPath
from nephograph.render._graph import from_paths
from nephograph.render._text import clean, shorten

LONGEST = 60
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:/_-+*@=?")

_LIST = re.compile(r"\s*([-+*]|\d+[.)])")


def mermaid(path: AttackPath) -> list[str]:
    """The lines of a chart, left to right; every character Mermaid could read as its own is a numeric entity."""
    drawing = from_paths([path]).drawing
    ids = {node.id: f"n{index}" for index, node in enumerate(drawing.nodes)}
    out = ["flowchart LR"]
    out += [f'  {ids[node.id]}["{quoted(node.caption)}<br>{quoted(node.label)}"]' for node in drawing.nodes]
    for arrow in drawing.arrows:
        line = "-.->" if arrow.tone == "depends" else "-->"
        label = f'|"{quoted(arrow.label)}"|' if arrow.label else ""
        out.append(f"  {ids[arrow.source]} {line}{label} {ids[arrow.target]}")
    out += ["  classDef entry stroke-width:3px", "  classDef target stroke:#dc2626,stroke-width:3px"]
    for tone in ("entry", "target"):
        marked = ",".join(ids[node.id] for node in drawing.nodes if node.tone == tone)
        if marked:
            out.append(f"  class {marked} {tone}")
    return out


def quoted(text: str) -> str:
    """Any text as it may stand between Mermaid's quotes."""
    text = shorten(clean(text), LONGEST)
    # Mermaid refuses a label that begins like an item of a Markdown list.
    item = _LIST.match(text)
    lead = item.end() if item else 0
    return "".join(_entity(char) if index < lead else _safe(char) for index, char in enumerate(text)) or " "


def _safe(char: str) -> str:
    return char if char in _PLAIN or char.isalpha() else _entity(char)


def _entity(char: str) -> str:
    return f"#{ord(char)};"
