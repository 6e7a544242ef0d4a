"""A comment for a pull request: one hidden tag to find it by, the verdict, what was found, the worst path drawn.

GitHub refuses comments over 65,536 characters: the text stays below 60,000 bytes, and says what it left out.
"""

from __future__ import annotations

import re

from nephograph.model.answer import Answer, AttackPath
from nephograph.render._blocks import block_lines
from nephograph.render._frames import finding_frame, path_frame, problem_frame
from nephograph.render._mermaid import mermaid
from nephograph.render._pen import Pen
from nephograph.render._style import Style
from nephograph.render._summary import Group, coverage_line, grouped, headline, open_findings, unknowns, worst_paths
from nephograph.render._text import clean, plural, shorten

DESCRIPTION = "a pull-request comment in Markdown"

TAG = "<!-- nephograph:comment -->"
MOST_BYTES = 59_000
ROWS = 30
LONGEST = 400
"""Characters of one message or name."""

_MARKUP = re.compile(r"([\\`*_\[\]~|])")
_AUTOLINK = re.compile(r"(@|#(?=\d)|(?<=www)\.|(?<=[a-zA-Z])(?=://)|\bGH-)")


def render(answer: Answer, style: Style) -> str:
    """The comment. `style` gives the excerpts; its width and colour mean nothing here."""
    pen = Pen(Style(width=100, excerpts=style.excerpts))
    page = _Page()
    page.add(TAG)
    sentence = headline(answer)
    if sentence:
        page.add("", f"**{text(sentence, 2000)}**")
    closing = _coverage(answer)
    page.reserve(closing)
    paths = worst_paths(answer.paths)
    if paths:
        page.table(("severity", "attack path", "steps"), [_path_row(path) for path in paths], "path")
        page.block(["", "```mermaid", *mermaid(paths[0]), "```"])
    groups = grouped(open_findings(answer))
    if groups:
        page.table(("severity", "finding", "count", "where"), [_row(group) for group in groups], "cause")
    frames = [(f"Path: {path.title}", path_frame(pen, path)) for path in paths]
    frames += [(_name(group), finding_frame(pen, group.first, len(group.findings) - 1)) for group in groups]
    frames = [(f"Error: {problem.code}", problem_frame(pen, problem)) for problem in answer.errors] + frames
    frames += [(getattr(block, "title", "") or "More", block_lines(pen, block)) for block in answer.blocks]
    left = sum(not page.block(details(title, lines)) for title, lines in frames)
    if left:
        page.add("", f"*{plural(left, 'more section')} did not fit into one comment; the full report has everything.*")
    page.close(closing)
    return page.text()


class _Page:
    """Lines under a bound of bytes; what is reserved is kept free for the end."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.left = MOST_BYTES

    def add(self, *lines: str) -> None:
        """Lines that are small by construction."""
        self.lines += lines
        self.left -= _bytes(lines)

    def reserve(self, lines: list[str]) -> None:
        """Keeps room for lines that come last."""
        self.left -= _bytes(lines)

    def close(self, lines: list[str]) -> None:
        """Adds what room was kept for."""
        self.lines += lines

    def block(self, lines: list[str]) -> bool:
        """Adds all of the lines, or none when they do not fit."""
        if _bytes(lines) > self.left - 500:
            return False
        self.add(*lines)
        return True

    def table(self, names: tuple[str, ...], rows: list[str], what: str) -> None:
        """A table of the first rows, and how many more there are."""
        self.add("", f"| {' | '.join(names)} |", f"| {' | '.join('---' for _ in names)} |")
        shown = 0
        while shown < min(len(rows), ROWS) and self.block([rows[shown]]):
            shown += 1
        if shown < len(rows):
            self.add("", f"*{plural(len(rows) - shown, f'more {what}')}.*")

    def text(self) -> str:
        """The whole page."""
        return "\n".join(self.lines) + "\n"


def _bytes(lines: tuple[str, ...] | list[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def text(raw: str, longest: int = LONGEST) -> str:
    """Any text as one line of harmless Markdown: no markup, no HTML, no mention, no link."""
    raw = shorten(clean(raw), longest).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    raw = _MARKUP.sub(r"\\\1", raw)
    # An empty comment keeps GitHub from turning names, numbers and addresses into mentions and links.
    return _AUTOLINK.sub(lambda found: f"{found.group()}<!-- -->", raw)


def code(raw: str) -> str:
    """Any text as code within a line."""
    return f"<code>{text(raw)}</code>"


def details(title: str, lines: list[str]) -> list[str]:
    """Harmless lines folded away under a title, in a fence longer than any run of backticks in them."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    summary = text(title, 200)
    return ["", f"<details><summary>{summary}</summary>", "", f"{fence}text", *lines, fence, "", "</details>"]


def _path_row(path: AttackPath) -> str:
    doubt = "?" if path.verdict == "depends" else ""
    return f"| {path.severity}{doubt} | {text(path.title)} | {len(path.steps)} |"


def _name(group: Group) -> str:
    first = group.first
    return f"{first.severity}: {first.message or first.title}"


def _row(group: Group) -> str:
    first = group.first
    doubt = "?" if first.verdict == "depends" else ""
    where = str(first.location) if first.location else first.resource.address or first.resource.urn
    said = f"{code(first.code)} {text(first.message or first.title)}"
    return f"| {first.severity}{doubt} | {said} | {len(group.findings)} | {code(where)} |"


def _coverage(answer: Answer) -> list[str]:
    out = []
    line = coverage_line(answer)
    if line:
        out.append(f"Coverage: {text(line, 1500)}.")
    open_questions = unknowns(answer)
    if open_questions:
        shown = "; ".join(what for what, _ in open_questions[:5])
        more = f"; {len(open_questions) - 5} more" if len(open_questions) > 5 else ""
        out.append(f"Not known: {text(shown, 1500)}{more}.")
    silenced = sum(finding.suppressed is not None for finding in answer.findings)
    if silenced:
        out.append(f"{plural(silenced, 'finding')} silenced by a comment in the code.")
    if answer.errors:
        out.append(f"{plural(len(answer.errors), 'thing')} could not be read.")
    return ["", "<sub>" + "<br>".join(out) + "</sub>"] if out else []
