"""The summary people get by default: verdict, paths as stories, findings by root cause, the worst frames, coverage."""

from __future__ import annotations

from collections.abc import Iterable

from nephograph.model.answer import Answer, AttackPath
from nephograph.render._blocks import block_lines, table_lines
from nephograph.render._closing import closing
from nephograph.render._frames import finding_frame
from nephograph.render._pen import Pen
from nephograph.render._style import Style
from nephograph.render._summary import Group, described, grouped, headline, open_findings, worst_paths
from nephograph.render._text import plural, wrap
from nephograph.render._text_drawing import chain

DESCRIPTION = "a grouped summary for people, the worst in full (default)"

PATHS, GROUPS, FRAMES, DRAWINGS = 5, 25, 3, 2
"""How many are shown unless `verbose`."""


def render(answer: Answer, style: Style) -> str:
    """The verdict first, what it rests on next, what was not looked at last."""
    pen = Pen(style)
    parts: list[list[str]] = []
    sentence = headline(answer)
    if sentence:
        parts.append(pen.paragraph(sentence, role="bold"))
    parts += _paths(pen, worst_paths(answer.paths))
    groups = grouped(open_findings(answer))
    if groups:
        parts += [[pen.heading("Findings by cause"), *_findings(pen, groups)]]
    shown = groups if style.verbose else groups[:FRAMES]
    if shown:
        parts.append([pen.heading("In full" if len(shown) == len(groups) else "The worst in full")])
    parts += [finding_frame(pen, group.first, len(group.findings) - 1) for group in shown]
    if len(groups) > len(shown):
        parts.append(_more(pen, len(groups) - len(shown), "cause"))
    parts += [block_lines(pen, block) for block in answer.blocks]
    end = closing(pen, answer)
    if end and (groups or answer.paths):
        end.insert(0, pen.paint("dim", pen.rule * pen.width))
    parts.append(end)
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _more(pen: Pen, count: int, what: str) -> list[str]:
    return pen.paragraph(f"{plural(count, 'more ' + what)} (everything: --format frame)", first="  ", role="dim")


def _paths(pen: Pen, paths: list[AttackPath]) -> Iterable[list[str]]:
    if not paths:
        return
    shown = paths if pen.style.verbose else paths[:PATHS]
    yield [pen.heading("Attack paths, worst first" if len(paths) > 1 else "Attack path")]
    drawn: set[str] = set()
    for number, path in enumerate(shown, 1):
        yield _story(pen, path, number)
        if path.target.urn not in drawn and len(drawn) < DRAWINGS:
            drawn.add(path.target.urn)
            yield ["  " + line for line in chain(pen, path, pen.width - 2)]
    if len(paths) > len(shown):
        yield _more(pen, len(paths) - len(shown), "path")


def _story(pen: Pen, path: AttackPath, number: int) -> list[str]:
    doubt = ", depends" if path.verdict == "depends" else ""
    opening = f"{number}. {path.severity}{doubt}:"
    lines = pen.paragraph(path.title, first=f"{opening} ", rest="   ")
    out = [pen.paint(str(path.severity), opening) + pen.paint("bold", lines[0][len(opening) :])]
    out += [pen.paint("bold", line) for line in lines[1:]]
    digits = len(str(len(path.steps)))
    for index, step in enumerate(path.steps, 1):
        place = next((str(item.location) for item in step.because if item.location), "")
        place = place or next((item.subject for item in step.because if item.subject), "")
        doubt = " (depends)" if step.verdict == "depends" else ""
        out += pen.paragraph(step.text + doubt, first=f"   {index:>{digits}}) ")
        if place:
            out.append(" " * (5 + digits) + pen.paint("place", pen.cut(place, pen.width - digits - 5, keep="end")))
    if path.yields:
        out += pen.paragraph(path.yields, first=f"   {pen.arrow} ", role="bold")
    if path.also:
        names = ", ".join(described(subject) for subject in path.also)
        out += pen.paragraph(names, first="   and with it: ", rest="     ")
    for what in path.depends_on:
        out += pen.paragraph(what, first="   depends on: ", rest="     ", role="depends")
    return out


def _where(group: Group) -> str:
    first = group.first
    if first.location:
        return str(first.location)
    return first.resource.address or first.resource.urn


def _findings(pen: Pen, groups: list[Group]) -> list[str]:
    shown = groups if pen.style.verbose else groups[:GROUPS]
    rows = []
    for group in shown:
        first = group.first
        doubt = "?" if first.verdict == "depends" else ""
        rows.append((f"{first.severity}{doubt}", first.code, str(len(group.findings)), _where(group)))
    narrow = pen.width < 72
    out = _narrow(pen, shown) if narrow else table_lines(pen, ("severity", "code", "count", "where"), rows)
    if any(group.first.verdict == "depends" for group in shown):
        out += pen.paragraph("? the verdict depends on what is not known", role="dim")
    return out + (_more(pen, len(groups) - len(shown), "cause") if len(groups) > len(shown) else [])


def _narrow(pen: Pen, groups: list[Group]) -> list[str]:
    out: list[str] = []
    for group in groups:
        first = group.first
        doubt = "?" if first.verdict == "depends" else ""
        times = f" {pen.times}{len(group.findings)}" if len(group.findings) > 1 else ""
        opening = f"{first.severity}{doubt}"
        lines = wrap(pen.text(first.code) + times, pen.width, first=f"{opening} ", rest="  ")
        out += [pen.paint(str(first.severity), opening) + lines[0][len(opening) :], *lines[1:]]
        out.append("  " + pen.paint("place", pen.cut(_where(group), pen.width - 2, keep="end")))
    return out
