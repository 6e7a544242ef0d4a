"""The end of a text answer: what was covered, what was not and why, what was assumed, what could not be read."""

from __future__ import annotations

from nephograph.model.answer import Answer
from nephograph.render._frames import problem_frame
from nephograph.render._pen import Pen
from nephograph.render._summary import coverage_line, gap_kinds, unknowns
from nephograph.render._text import plural

FEW = 3


def closing(pen: Pen, answer: Answer, *, errors: bool = True) -> list[str]:
    """The lines of coverage; with `errors`, the frame of every problem before them."""
    out: list[str] = []
    for problem in answer.errors if errors else ():
        out += [*problem_frame(pen, problem), ""]
    asked = answer.snapshot
    if asked and asked.estate and answer.command != "load":
        text = f"snapshot {asked.number} of {asked.estate}, taken {asked.taken}"
        out += pen.paragraph(text, first="asked: ", rest="  ")
    line = coverage_line(answer)
    if line:
        out += pen.paragraph(line, first="coverage: ", rest="  ")
    if pen.style.verbose:
        out += _gaps(pen, answer)
    open_questions = unknowns(answer)
    if open_questions:
        shown = open_questions if pen.style.verbose else open_questions[:FEW]
        parts = [f"{what} ({plural(count, 'verdict')})" if count > 1 else what for what, count in shown]
        more = len(open_questions) - len(shown)
        text = "; ".join(parts) + (f"; {more} more" if more else "")
        out += pen.paragraph(text, first="not known: ", rest="  ")
    silenced = sum(finding.suppressed is not None for finding in answer.findings)
    if silenced:
        out += pen.paragraph(f"{plural(silenced, 'finding')} silenced by a comment in the code", first="suppressed: ")
    for assumption in answer.assumptions:
        out += pen.paragraph(assumption, first="assumed: ", rest="  ")
    if answer.errors:
        out += pen.paragraph(f"{plural(len(answer.errors), 'thing')} could not be read (see above)", first="errors: ")
    return out


def _gaps(pen: Pen, answer: Answer) -> list[str]:
    out = []
    for kind, gaps in gap_kinds(answer.coverage.not_evaluated):
        for gap in gaps:
            times = f" ({pen.times}{gap.count})" if gap.count > 1 else ""
            where = f" ({gap.span})" if gap.span else ""
            out += pen.paragraph(f"{kind}: {gap.subject}{times}: {gap.why}{where}", first="  - ")
    return out
