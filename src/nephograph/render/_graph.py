"""The one drawing of an answer: all its paths with shared nodes merged, or a drawing a lens made."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from nephograph.model.answer import Answer, Arrow, AttackPath, Drawing, Node, Subject
from nephograph.render._summary import class_of, name_of, worst_paths
from nephograph.render._text import plural

MOST_NODES = 80
"""Beyond this a picture is read by nobody: further paths are counted, not drawn."""
MOST_ARROWS = 300


class Picture(msgspec.Struct, frozen=True):
    """A drawing, and how many paths or boxes did not go into it ("" when all did)."""

    drawing: Drawing
    left_out: str = ""


def picture(answer: Answer) -> Picture:
    """The answer's own drawing block if it has one, else its paths, worst first."""
    for block in answer.blocks:
        if isinstance(block, Drawing):
            return _bounded(block)
    return from_paths(worst_paths(answer.paths))


def from_paths(paths: Sequence[AttackPath]) -> Picture:
    """Paths in one drawing: a subject is one box, equal steps are one arrow (whole only where every use is proven)."""
    nodes: dict[str, Node] = {}
    arrows: dict[tuple[str, str, str], str] = {}
    drawn = steps_left = 0
    for path in paths:
        steps = path.steps[: MOST_NODES - 2]
        subjects = [*(end for step in steps for end in (step.source, step.target)), path.entry, path.target]
        too_many = len(arrows) + len(steps) > MOST_ARROWS
        if drawn and (too_many or len(nodes.keys() | {key(subject) for subject in subjects}) > MOST_NODES):
            continue
        drawn += 1
        steps_left += len(path.steps) - len(steps)
        for subject in subjects:
            tone = "target" if subject == path.target else "entry" if subject == path.entry else ""
            _add(nodes, subject, tone)
        for step in steps:
            identity = (key(step.source), key(step.target), step.label or step.edge)
            tone = "depends" if step.verdict == "depends" else ""
            arrows[identity] = tone if arrows.get(identity, tone) == tone else ""
    title = paths[0].title if len(paths) == 1 else plural(len(paths), "attack path") if paths else "No attack path"
    drawing = Drawing(tuple(nodes.values()), tuple(Arrow(*ends, tone) for ends, tone in arrows.items()), title)
    return Picture(drawing, _left_out((len(paths) - drawn, "more path", ""), (steps_left, "more step", "")))


def _left_out(*missing: tuple[int, str, str]) -> str:
    words = [plural(count, one, many) for count, one, many in missing if count]
    return f"{' and '.join(words)} not drawn" if words else ""


def key(subject: Subject) -> str:
    """What makes two subjects one box."""
    return subject.urn or subject.address or subject.label


def _add(nodes: dict[str, Node], subject: Subject, tone: str) -> None:
    identity = key(subject)
    known = nodes.get(identity)
    if known is None:
        cls = subject.cls or subject.kind
        nodes[identity] = Node(identity, name_of(subject), cls, class_of(subject), tone)
    elif tone and known.tone != "target":
        nodes[identity] = msgspec.structs.replace(known, tone=tone)


def _bounded(drawing: Drawing) -> Picture:
    """Every end of an arrow is a node; at most `MOST_NODES * 2` boxes and `MOST_ARROWS` arrows."""
    nodes = {node.id: node for node in drawing.nodes}
    for arrow in drawing.arrows:
        for end in (arrow.source, arrow.target):
            nodes.setdefault(end, Node(end, end))
    kept = dict(list(nodes.items())[: 2 * MOST_NODES])
    drawable = [arrow for arrow in drawing.arrows if arrow.source in kept and arrow.target in kept]
    shown = Drawing(tuple(kept.values()), tuple(drawable[:MOST_ARROWS]), drawing.title)
    boxes, lines = len(nodes) - len(kept), len(drawing.arrows) - len(shown.arrows)
    return Picture(shown, _left_out((boxes, "more box", "more boxes"), (lines, "more arrow", "")))
