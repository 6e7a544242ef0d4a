"""The answer's paths (or its drawing) as one SVG: layered, light and dark, no script, nothing external."""

from __future__ import annotations

from nephograph.model.answer import Answer, Arrow, Drawing, Node, Trail
from nephograph.render._graph import Picture, picture
from nephograph.render._icons import LOOKS, PLAIN, Look
from nephograph.render._layers import Layout, Place, lay_out
from nephograph.render._measure import advance, fold
from nephograph.render._style import Style
from nephograph.render._svg_css import CSS
from nephograph.render._svg_text import escape, number, put_text
from nephograph.render._text import clean, shorten
from nephograph.render._trail import draw_trail
from nephograph.render._wires import wire

DESCRIPTION = "the attack paths as a layered picture"
SAYS_ERRORS = False

BOX, NAME, CAPTION, LABEL, TITLE = 188.0, 14.0, 11.0, 11.5, 17.0
"""Width of a box; font sizes in pixels."""
MARGIN, ICON, LINE = 28.0, 34.0, 17.0
LIMIT = 1500.0
"""Width beyond which a drawing is folded: what a page of text still shows with readable labels."""
LABEL_ROOM = 150.0
_TONES = {"entry": "Entry", "target": "Target", "choke": "Choke point", "drop": "Dropped", "block": "Blocks"}
_WIRES = {"depends": "depends on what is not known", "drop": "does not get this far"}


def render(answer: Answer, style: Style) -> str:
    """A well-formed SVG document. `style` changes nothing: a picture has no columns."""
    trail = next((block for block in answer.blocks if isinstance(block, Trail)), None)
    return draw_trail(trail) if trail is not None else draw(picture(answer))


def draw(shown: Picture) -> str:
    """One picture as an SVG document; equal drawings give equal bytes."""
    drawing = shown.drawing
    names = {node.id: fold(clean(node.label or node.id), BOX - ICON - 32, NAME, 2) for node in drawing.nodes}
    sizes = {identity: (BOX, 54.0 + LINE * (len(lines) - 1)) for identity, lines in names.items()}
    labels = [_label_lines(arrow) for arrow in drawing.arrows]
    rooms = [_label_size(lines) for lines in labels]
    pinned = {node.id for node in drawing.nodes if node.tone == "entry"}
    edges = [(arrow.source, arrow.target) for arrow in drawing.arrows]
    layout = lay_out(sizes, edges, rooms, LIMIT, pinned)
    legend, legend_width, legend_height = _legend(drawing, shown.left_out, max(layout.width, 420.0))
    title = fold(clean(drawing.title), max(layout.width, 420.0), TITLE, 2) if drawing.title else []
    top = MARGIN + len(title) * 24 + (14 if title else 0)
    width = max(layout.width + 2 * layout.margin, legend_width, 420.0) + 2 * MARGIN
    height = top + layout.height + 30 + legend_height + MARGIN - 8
    left = MARGIN + (width - 2 * MARGIN - layout.width) / 2
    body = [put_text(MARGIN, MARGIN + 14 + 24 * index, line, "title") for index, line in enumerate(title)]
    body.append(f'<g transform="translate({number(left)} {number(top)})">')
    said = {node.id: node.label or node.id for node in drawing.nodes}
    wires, tags = [], []
    for index, arrow in enumerate(drawing.arrows):
        line, spot = wire(layout, index)
        wires.append(_wire(arrow, line, f"{said[arrow.source]} → {said[arrow.target]}", index in layout.backward))
        if spot and labels[index]:
            tags.append(_tag(arrow, labels[index], spot[0], spot[1], rooms[index]))
    body += wires + tags
    body += [_box(node, names[node.id], layout.nodes[node.id]) for node in drawing.nodes]
    body.append("</g>")
    body.append(
        f'<g transform="translate({number(MARGIN)} {number(height - legend_height - MARGIN + 8)})">{legend}</g>'
    )
    return "\n".join([*_head(width, height, drawing, layout), *body, "</svg>", ""])


def _head(width: float, height: float, drawing: Drawing, layout: Layout) -> list[str]:
    said = {node.id: node.label or node.id for node in drawing.nodes}
    steps = "; ".join(
        f"{said[arrow.source]} to {said[arrow.target]}" + (f" by {arrow.label}" if arrow.label else "")
        for arrow in drawing.arrows
    )
    w, h = number(width), number(height)
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img"'
        ' aria-labelledby="neph-title neph-desc">',
        f'<title id="neph-title">{escape(drawing.title or "Drawing")}</title>',
        f'<desc id="neph-desc">{escape(steps)}</desc>',
        f"<style>{CSS}</style>",
        "<defs>",
        *(
            f'<marker id="{name}" viewBox="0 0 10 10" refX="8.5" refY="5" markerWidth="8" markerHeight="8"'
            f' markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path class="{name}" d="M0 0.8L9 5L0 9.2z"/>'
            "</marker>"
            for name in ("head", *(f"head-{tone}" for tone in _WIRES))
        ),
        "</defs>",
        f'<rect class="page" x="0.5" y="0.5" width="{number(width - 1)}" height="{number(height - 1)}" rx="14"/>',
    ]


def _label_lines(arrow: Arrow) -> list[str]:
    label = clean(arrow.label)
    if not label:
        return []
    lines = fold(label, LABEL_ROOM, LABEL, 2, mono=True)
    if arrow.tone == "depends":
        lines[-1] += " ?"
    return lines


def _label_size(lines: list[str]) -> tuple[float, float]:
    if not lines:
        return 0.0, 0.0
    return max(advance(line, LABEL, mono=True) for line in lines) + 14, 7 + 14.0 * len(lines)


def _wire(arrow: Arrow, line: str, ends: str, backward: bool) -> str:
    marked = arrow.tone in _WIRES
    cls = f"wire {arrow.tone}" if marked else "wire"
    head = f"head-{arrow.tone}" if marked else "head"
    end = "marker-start" if backward else "marker-end"
    hint = escape(shorten(f"{ends}: {arrow.label}" if arrow.label else ends, 300))
    return f'<path class="{cls}" d="{line}" {end}="url(#{head})"><title>{hint}</title></path>'


def _tag(arrow: Arrow, lines: list[str], x: float, y: float, size: tuple[float, float]) -> str:
    w, h = size
    cls = f"tag {arrow.tone}" if arrow.tone in _WIRES else "tag"
    doubt = " (depends on what is not known)" if arrow.tone == "depends" else ""
    first = y - 7.0 * (len(lines) - 1) + 4
    texts = "".join(put_text(x, first + 14 * index, line, "label", "middle") for index, line in enumerate(lines))
    rect = (
        f'<rect class="{cls}" x="{number(x - w / 2)}" y="{number(y - h / 2)}" width="{number(w)}"'
        f' height="{number(h)}" rx="6"/>'
    )
    return f"<g><title>{escape(shorten(arrow.label, 300) + doubt)}</title>{rect}{texts}</g>"


def _look(node: Node) -> Look:
    return LOOKS.get(node.cls, PLAIN)


def _box(node: Node, name: list[str], place: Place) -> str:
    look = _look(node)
    x, y, h = place.x, place.y - place.h / 2, place.h
    tone = node.tone if node.tone in _TONES else ""
    caption = fold(clean(node.caption or node.cls.replace("_", " ")), BOX - ICON - 32, CAPTION, 1)[0]
    inner = y + (h - 33 - LINE * (len(name) - 1)) / 2 - (0 if caption else 9)
    text_x = x + ICON + 22
    parts = [f'<g class="hue-{look.hue}">']
    full = " — ".join(part for part in (_TONES.get(tone, ""), caption, node.label or node.id) if part)
    parts.append(f"<title>{escape(shorten(full, 400))}</title>")
    if tone in ("target", "choke"):
        parts.append(
            f'<rect class="halo {tone}" x="{number(x - 4)}" y="{number(y - 4)}" width="{number(BOX + 8)}"'
            f' height="{number(h + 8)}"'
            ' rx="14"/>'
        )
    parts.append(
        f'<rect class="box {tone}" x="{number(x)}" y="{number(y)}" width="{number(BOX)}" height="{number(h)}" rx="10"/>'
    )
    icon_y = place.y - ICON / 2
    parts.append(
        f'<rect class="plate" x="{number(x + 12)}" y="{number(icon_y)}" width="{number(ICON)}"'
        f' height="{number(ICON)}" rx="8"/>'
        f'<path class="icon" transform="translate({number(x + 19)} {number(icon_y + 7)})" d="{look.icon}"/>'
    )
    parts.append(put_text(text_x, inner + 10, caption, "caption"))
    parts += [put_text(text_x, inner + 28 + LINE * index, line, "name") for index, line in enumerate(name)]
    if tone:
        word = _TONES[tone]
        w = advance(word, 10.5) + 16
        parts.append(
            f'<rect class="pill {tone}" x="{number(x + BOX - w - 10)}" y="{number(y - 9)}" width="{number(w)}"'
            f' height="18" rx="9"/>'
        )
        parts.append(put_text(x + BOX - 10 - w / 2, y + 3.7, word, f"pilltext {tone}", "middle"))
    return "".join([*parts, "</g>"])


def _legend(drawing: Drawing, left_out: str, room: float) -> tuple[str, float, float]:
    """What the colours and lines mean: (SVG, width, height)."""
    entries: dict[str, str] = {}
    for node in drawing.nodes:
        caption = fold(clean(node.cls.replace("_", " ") or "other"), 160.0, CAPTION, 1)[0]
        swatch = f'<rect class="plate hue-{_look(node).hue}" x="0" y="-9" width="11" height="11" rx="3"/>'
        entries.setdefault(caption, f'<g class="hue-{_look(node).hue}">{swatch}</g>')
    parts, x, y, widest = [], 0.0, 10.0, 0.0
    items = [(mark, caption, 17.0) for caption, mark in sorted(entries.items())]
    for tone, meaning in _WIRES.items():
        if any(arrow.tone == tone for arrow in drawing.arrows):
            items.append((f'<path class="wire {tone}" d="M0 -3.5H26"/>', meaning, 33.0))
    if left_out:
        items.append(("", left_out, 0.0))
    for mark, words, offset in items:
        width = offset + advance(words, CAPTION) + 20
        if x and x + width > room:
            x, y = 0.0, y + 20
        parts.append(
            f'<g transform="translate({number(x)} {number(y)})">{mark}{put_text(offset, 0, words, "legend")}</g>'
        )
        x += width
        widest = max(widest, x)
    return "".join(parts), widest, y + 4 if items else 0.0
