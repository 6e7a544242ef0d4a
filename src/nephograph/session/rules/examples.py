"""The Bad and Good code that rules of somebody's own carry, run as their tests: as those of the library's checks are.

A check in Python has them in its docstring, a rule of SQL or Rego in the comments at its head. Each fence is a tree of
one file, read in the language of the fence: Bad has exactly one finding of the rule, and a proven one, Good has none.
"""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Iterator
from typing import Literal

import msgspec

from nephograph.library.registry import prose
from nephograph.library.sdk import LANGUAGES, Check
from nephograph.model.answer import Finding
from nephograph.model.errors import NephError, Problem
from nephograph.model.span import Span
from nephograph.session.door import open_estate
from nephograph.session.rules.gather import Gathered

FILES = {**LANGUAGES, "terraform": "main.tf", "tf": "main.tf", "yml": "template.yaml", "json": "plan.json"}
"""Languages of fences, and the file each is a whole of. What JSON is (a template, a plan, a state) its text tells."""

_FENCE = "```"


class Example(msgspec.Struct, frozen=True):
    """One fence of a rule: `span` is the line it starts on in the file of the rule."""

    rule: Check
    word: Literal["bad", "good"]
    language: str
    code: str
    span: Span
    excerpt: str = ""

    @property
    def name(self) -> str:
        """What it is called: the rule, the word, and its line."""
        return f"{self.rule.code}: {self.word.title()} on line {self.span.line}"


class ExampleOutcome(msgspec.Struct, frozen=True):
    """An example that was run: what the rule found in it, or what went wrong (`problems`: it could not be judged)."""

    example: Example
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def expected(self) -> int:
        """How many findings it has to have."""
        return 1 if self.example.word == "bad" else 0

    @property
    def passed(self) -> bool:
        """As many findings as there have to be, and those of Bad proven."""
        proven = self.example.word == "good" or all(one.verdict == "yes" for one in self.findings)
        return not self.problems and len(self.findings) == self.expected and proven


def examples_of(rule: Check, text: str) -> list[Example]:
    """The examples of a rule whose file holds `text`, in the order they stand in."""
    written, lines = prose(rule), text.splitlines()
    words: tuple[tuple[Literal["bad", "good"], dict[str, tuple[str, ...]]], ...]
    words = (("bad", written.bad), ("good", written.good))
    taken: set[int] = set()
    found = []
    for word, by_language in words:
        for language, codes in by_language.items():
            for code in codes:
                line = _line_of(language, code, lines, taken)
                shown = lines[line - 1] if line <= len(lines) else ""
                span = Span(rule.origin, line, len(shown) - len(shown.lstrip()) + 1, line, max(len(shown), 1) + 1)
                found.append(Example(rule, word, language, code, span, shown))
    return sorted(found, key=lambda one: one.span.line)


def _line_of(language: str, code: str, lines: list[str], taken: set[int]) -> int:
    """The line of the fence that holds a code; 1 where none does (a docstring that is put together)."""
    wanted = [_FENCE + language, *(line.strip() for line in code.splitlines()), _FENCE]
    said = [line.strip().lstrip("#-").strip() for line in lines]
    own = [line.lstrip("#-").strip() for line in wanted]
    for start in range(len(said) - len(own) + 1):
        if start not in taken and said[start : start + len(own)] == own:
            taken.add(start)
            return start + 1
    return 1


def run_example(example: Example, gathered: Gathered) -> ExampleOutcome:
    """What a rule finds in one of its examples."""
    file = FILES.get(example.language)
    if file is None:
        said = f"{example.name} is written in {example.language}, which nothing reads"
        help = f"fence it as {', '.join(FILES)}; other trees are for files of cases"
        return ExampleOutcome(example, problems=(_problem(example, "rule-example", said, help),))
    with tempfile.TemporaryDirectory(prefix="neph-example-") as folder:
        (pathlib.Path(folder) / file).write_text(example.code, encoding="utf-8")
        try:
            answer = open_estate([folder]).judging(gathered).ask("check", only=(example.rule.code,))
        except NephError as error:
            # (where it was written for the time of the run is nobody's business)
            told = msgspec.structs.replace(error.problem, message=error.problem.message.replace(folder, "it"))
            return ExampleOutcome(example, problems=(_placed(example, told, file),))
    own = tuple(one for one in answer.findings if one.code == example.rule.code and one.suppressed is None)
    # (what is wrong with other rules of the folder is told once, and not by each example)
    wrong = tuple(one for one in answer.errors if one not in gathered.rules.problems)
    return ExampleOutcome(example, own, tuple(_placed(example, one, file) for one in wrong))


def examples(gathered: Gathered) -> Iterator[ExampleOutcome]:
    """Every example of every rule, run, in order of the codes."""
    for rule in gathered.rules.all:
        for example in examples_of(rule, gathered.texts[rule.code]):
            yield run_example(example, gathered)


def _placed(example: Example, problem: Problem, file: str) -> Problem:
    """What is wrong in the file of an example, at its line in the file of the rule."""
    span = problem.span
    if span is None or pathlib.PurePath(span.file).name != file:
        return _problem(example, problem.code, f"{example.name}: {problem.message}", problem.help)
    # (the fence is one line, and code in comments is indented)
    shift = len(example.excerpt) - len(example.excerpt.lstrip("#- \t"))
    at = Span(
        example.span.file,
        span.line + example.span.line,
        span.column + shift,
        span.end_line + example.span.line,
        span.end_column + shift,
    )
    return Problem(problem.code, problem.message, problem.help, at, " " * shift + problem.excerpt)


def _problem(example: Example, code: str, message: str, help: str) -> Problem:
    return Problem(code, message, help, example.span, example.excerpt)
