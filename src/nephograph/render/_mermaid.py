"""One path as a Mermaid flow chart, for places that draw it from text."""

from __future__ import annotations

from nephograph.model.answer import AttackPath
from nephograph.render._graph import from_paths
from nephograph.render._text import clean, shorten

LONGEST = 60
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:/_-+*@=?")


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
    return "".join(char if char in _PLAIN or char.isalpha() else f"#{ord(char)};" for char in text) or " "
