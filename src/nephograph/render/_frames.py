"""Frames: a finding, a path or a problem with the source it speaks of, as compilers show errors."""

from __future__ import annotations

from collections.abc import Iterable

from nephograph.model.answer import AttackPath, Finding, Step, Subject
from nephograph.model.edit import Fix
from nephograph.model.errors import Problem
from nephograph.model.span import Origin, Span
from nephograph.model.verdict import Evidence
from nephograph.render._excerpt import excerpt, numbers
from nephograph.render._pen import Pen
from nephograph.render._summary import described
from nephograph.render._text import neutral, plural
from nephograph.render._text_drawing import chain


def finding_frame(pen: Pen, finding: Finding, others: int = 0) -> list[str]:
    """One finding in full; `others` counts further findings of the same cause that are not shown."""
    marks = []
    if finding.suppressed is not None:
        marks.append(f"suppressed: {finding.suppressed or 'no reason given'}")
    if finding.verdict == "depends":
        marks.append("depends")
    suffix = f" ({'; '.join(marks)})" if marks else ""
    out = _header(pen, str(finding.severity), finding.code, finding.message or finding.title, suffix)
    origin = finding.origin
    spans = [finding.location, *(cause.span for cause in origin.causes)] if origin else [finding.location]
    gutter = _gutter(spans)
    out += _place(pen, finding.location, gutter, finding.resource, origin)
    seen = {finding.location}
    for cause in origin.causes if origin else ():
        where = f", {cause.span}" if cause.span else ""
        out += pen.paragraph(f"because: {cause.what}{where}", first=pad_left("= ", gutter), rest=" " * (gutter + 3))
        if cause.span and cause.span not in seen:
            seen.add(cause.span)
            out += excerpt(pen, cause.span, gutter, role="note")
    out += _equals(pen, gutter, "resource", [_instance(finding.resource)])
    out += _evidence(pen, gutter, finding.evidence)
    out += _equals(pen, gutter, "depends on", finding.depends_on, role="depends")
    if others:
        out += _equals(pen, gutter, "also", [f"{plural(others, 'more instance')} of the same cause"])
    if finding.help:
        out += _labelled(pen, "help", finding.help)
    return out + (_fix(pen, finding.fix) if finding.fix else [])


def path_frame(pen: Pen, path: AttackPath) -> list[str]:
    """One attack path in full: its drawing, then each step with its proof and source."""
    suffix = " (depends)" if path.verdict == "depends" else ""
    out = _header(pen, str(path.severity), "attack-path", path.title, suffix)
    out += pen.paragraph(_ends(path), first="  ")
    if path.also:
        out += pen.paragraph(f"and with it: {', '.join(described(subject) for subject in path.also)}", first="  ")
    out += ["", *("  " + line for line in chain(pen, path, pen.width - 2)), ""]
    gutter = _gutter(evidence.location for step in path.steps for evidence in step.because)
    for number, step in enumerate(path.steps, 1):
        out += _step(pen, step, number, gutter)
    shown = {what for step in path.steps for what in step.depends_on}
    left = [what for what in path.depends_on if what not in shown]
    return out + _equals(pen, gutter, "depends on", left, role="depends")


def problem_frame(pen: Pen, problem: Problem) -> list[str]:
    """Something that was asked for and could not be read."""
    out = _header(pen, "error", problem.code, problem.message, "")
    if problem.span:
        gutter = numbers(problem.span)
        out.append(_arrow(pen, problem.span, gutter))
        out += excerpt(pen, problem.span, gutter, given=problem.excerpt)
    return out + (_labelled(pen, "help", problem.help) if problem.help else [])


def pad_left(mark: str, gutter: int) -> str:
    """A mark that stands in the column of the excerpt's bar."""
    return " " * (gutter + 1) + mark


def _header(pen: Pen, role: str, code: str, message: str, suffix: str) -> list[str]:
    code = pen.text(code)
    opening = f"{role}[{code}]"
    lines = pen.paragraph(message + suffix, first=f"{opening} ", rest="  ")
    lines[0] = pen.paint(role, opening) + pen.paint("bold", lines[0][len(opening) :])
    return [lines[0], *(pen.paint("bold", line) for line in lines[1:])]


def _gutter(spans: Iterable[Span | None]) -> int:
    return max((numbers(span) for span in spans if span), default=1)


def _arrow(pen: Pen, span: Span, gutter: int) -> str:
    # Never cut: editors and terminals open what stands here.
    return " " * gutter + pen.paint("place", f"--> {pen.text(str(span))}")


def _place(pen: Pen, span: Span | None, gutter: int, subject: Subject, origin: Origin | None) -> list[str]:
    if span:
        return [_arrow(pen, span, gutter), *excerpt(pen, span, gutter)]
    where = f"{origin.call} at {origin.time}".removesuffix(" at ") if origin and origin.call else ""
    return [" " * gutter + pen.paint("place", f"--> {pen.text(where or subject.address or subject.urn)}")]


def _instance(subject: Subject) -> str:
    label = f' "{subject.label}"' if subject.label and subject.label != subject.address else ""
    return f"{subject.address or subject.urn}{label}"


def _ends(path: AttackPath) -> str:
    yields = f": {path.yields}" if path.yields else ""
    return f"from {described(path.entry)} to {described(path.target)} in {plural(len(path.steps), 'step')}{yields}"


def _equals(pen: Pen, gutter: int, label: str, texts: Iterable[str], role: str = "") -> list[str]:
    out = []
    for text in texts:
        lines = pen.paragraph(text, first=pad_left(f"= {label}: ", gutter), rest=" " * (gutter + 5))
        out += [pen.paint(role, line) for line in lines]
    return out


def _evidence(pen: Pen, gutter: int, evidence: Iterable[Evidence]) -> list[str]:
    texts = [f"{item.text} ({item.location})" if item.location else item.text for item in evidence]
    return _equals(pen, gutter, "evidence", texts)


def _labelled(pen: Pen, label: str, text: str) -> list[str]:
    lines = pen.paragraph(text, first=f"{label}: ", rest="  ")
    lines[0] = pen.paint("help", f"{label}:") + lines[0][len(label) + 1 :]
    return lines


def _fix(pen: Pen, fix: Fix) -> list[str]:
    out = _labelled(pen, "fix", fix.title + ("" if fix.safe else " (review it: it may break something that works)"))
    return out + ["  " + line for line in diff_lines(pen, fix.diff)]


def diff_lines(pen: Pen, diff: str) -> list[str]:
    """A unified diff, harmless and coloured; its lines are never cut or wrapped, a person may copy them."""
    out = []
    for line in diff.split("\n") if diff else []:
        shown = neutral(line.rstrip("\r").replace("\t", "    "), unicode=pen.unicode).rstrip()
        role = "bold" if line.startswith(("---", "+++")) else {"+": "add", "-": "remove", "@": "note"}.get(line[:1], "")
        out.append(pen.paint(role, shown))
    while out and not out[-1]:
        out.pop()
    return out


def _step(pen: Pen, step: Step, number: int, gutter: int) -> list[str]:
    opening = f"  {number}. "
    mark = " (depends)" if step.verdict == "depends" else ""
    out = pen.paragraph(step.text + mark, first=opening)
    out = [pen.paint("bold", line) for line in out]
    indent = gutter + 2
    shown: set[Span] = set()
    for item in step.because:
        out += pen.paragraph(item.text, first=pad_left("= because: ", indent), rest=" " * (indent + 5))
        if item.location and item.location not in shown:
            shown.add(item.location)
            out.append(_arrow(pen, item.location, indent))
            out += excerpt(pen, item.location, indent, role="note")
    return out + _equals(pen, indent, "depends on", step.depends_on, role="depends")
