"""Rules that people write themselves: what one is, what it yields, and what it says of itself.

Three languages: checks in Python (the decorator of `sdk.py`), questions in SQL over the views of the estate, policies
in Rego. Whoever finds and runs them (`session.rules`) makes these values; lenses show and judge them.
"""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from nephograph.library.docstring import Prose
from nephograph.library.sdk import Check
from nephograph.model.answer import Severity
from nephograph.model.errors import Problem
from nephograph.model.source import Gap
from nephograph.model.span import Path, Span

FOLDER = "neph-rules"
"""The folder of a scanned tree whose SQL and Rego rules are asked."""

HEADER = ("code", "title", "severity", "topics", "help", "what", "why", "reference", "bad", "good")
"""What the comments at the head of a rule may say, one `key: value` a line; a line without a key goes on with it."""

EXAMPLES = ("bad", "good")
"""The words under which fenced code stands."""


class Told(msgspec.Struct, frozen=True):
    """One finding of a rule that looks at the estate as a whole.

    `urn` names the resource ("": the rule names none, `place` may then say where), `path` the field that says it;
    `key` tells two findings on one field apart; `depends` says on what it depends, "" when it is proven.
    """

    message: str
    urn: str = ""
    path: Path = ()
    severity: Severity | None = None
    key: str = ""
    depends: str = ""
    place: Span | None = None
    evidence: tuple[str, ...] = ()
    about: str = ""
    """What it is about, where that is no resource of the estate: an address in a plan, a file."""


class Asked(msgspec.Struct, frozen=True):
    """What one rule found when it was asked, and what went wrong while it was."""

    rule: Check
    told: Sequence[Told] = ()
    problems: tuple[Problem, ...] = ()


def _nothing(rules: Sequence[Check]) -> Iterable[Asked]:
    del rules
    return ()


class OwnRules(msgspec.Struct, frozen=True):
    """All rules of somebody's own that a question is put with.

    `checks` look at resources one by one; `questions` look at the estate as a whole: `ask` puts them.
    """

    checks: tuple[Check, ...] = ()
    questions: tuple[Check, ...] = ()
    ask: Callable[[Sequence[Check]], Iterable[Asked]] = _nothing
    problems: tuple[Problem, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def said(self) -> bool:
        """True when there is any, or anything to be told of one."""
        return bool(self.checks or self.questions or self.problems or self.gaps)

    @property
    def all(self) -> tuple[Check, ...]:
        """Every rule, in order of their codes."""
        return tuple(sorted((*self.checks, *self.questions), key=lambda one: one.code))


NONE = OwnRules()


class MalformedHeaderError(ValueError):
    """A head that is not of the form; `line` counts from 1 in the text of the rule."""

    def __init__(self, message: str, line: int, help: str) -> None:
        super().__init__(message)
        self.line = line
        self.help = help


_SAID = re.compile(r"([A-Za-z][A-Za-z _-]*?):(?:\s+(.*)|$)")
_FENCE = "```"


def header(text: str, comment: str, more: tuple[str, ...] = ()) -> dict[str, str]:
    """What the comments at the head of a rule's text say, by the words of `HEADER`. `comment` starts such a line.

    `more` are words that a language has besides.

    Raises `MalformedHeaderError` for a word that is none, for one that is said twice, and where the title is missing.
    """
    found: dict[str, str] = {}
    last, fence = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped and not stripped.startswith(comment):
            break
        said = stripped.removeprefix(comment).strip()
        if fence or said.startswith(_FENCE):
            if last not in EXAMPLES:
                raise MalformedHeaderError(
                    "code stands under bad or good", number, "write `bad:` on the line before it"
                )
            found[last] += f"\n{stripped.removeprefix(comment).removeprefix(' ')}"
            fence = 0 if fence and said == _FENCE else fence or number
            continue
        match = _SAID.fullmatch(said)
        if match is None:
            if last and said:
                found[last] = f"{found[last]} {said}".strip()
            last = last if said or last in EXAMPLES else ""
            continue
        last = match[1].lower()
        if last not in (*HEADER, *more):
            close = difflib.get_close_matches(last, (*HEADER, *more), n=1)
            hint = f"did you mean {close[0]}?" if close else f"there is {', '.join((*HEADER, *more))}"
            raise MalformedHeaderError(f"{last} is no word of the head of a rule", number, hint)
        if last in found and last != "reference":
            raise MalformedHeaderError(f"{last} is said twice", number, "say it once")
        found[last] = f"{found[last]} {match[2]}" if last in found else match[2] or ""
    if fence:
        raise MalformedHeaderError("the code that starts here does not end", fence, "end it with a line of ```")
    if not found.get("title"):
        raise MalformedHeaderError("the rule has no title", 1, f"start it with a line `{comment} title: …`")
    severities = [str(one) for one in Severity]
    if found.get("severity", "medium") not in severities:
        raise MalformedHeaderError(
            f"{found['severity']} is no severity",
            1 + next(n for n, line in enumerate(text.splitlines()) if "severity" in line),
            f"there is {', '.join(severities)}",
        )
    return found


def rule_of(said: dict[str, str], code: str, origin: str, asks: str) -> Check:
    """A rule of SQL or Rego by what its head says. `code` is the one it has by its place."""
    return Check(
        code=said.get("code") or code,
        kind="",
        severity=Severity(said.get("severity", "medium")),
        topics=tuple(re.split(r"[,\s]+", said["topics"].strip())) if said.get("topics") else (),
        run=_no_resource,
        module="",
        origin=origin,
        asks=asks,
        written=Prose(
            title=said["title"].rstrip("."),
            what=said.get("what", ""),
            why=said.get("why", ""),
            fix=said.get("help", ""),
            bad=_examples(said.get("bad", "")),
            good=_examples(said.get("good", "")),
            references=tuple(said.get("reference", "").split()),
        ),
    )


def _no_resource(*about: Any) -> Iterable[Any]:
    del about
    return ()


_HEADING = re.compile(r"^## *(\w+) *$", re.MULTILINE)
_CODE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def _examples(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, code in _CODE.findall(text):
        found[language] = (*found.get(language, ()), code)
    return found


def prose_of(docstring: str, code: str) -> Prose:
    """What the docstring of somebody's own check says. The law of the library's checks, with any of it left out."""
    first, *pieces = _HEADING.split(inspect.cleandoc(docstring))
    title, _, rest = first.strip().partition("\n")
    body = {name: text.strip() for name, text in zip(pieces[::2], pieces[1::2], strict=False)}

    return Prose(
        title=title.rstrip(".") or code,
        what=body.get("What") or rest.strip(),
        why=body.get("Why", ""),
        fix=body.get("Fix", ""),
        bad=_examples(body.get("Bad", "")),
        good=_examples(body.get("Good", "")),
        references=tuple(
            line.removeprefix("- ").strip() for line in body.get("References", "").splitlines() if line.strip()
        ),
    )


class OwnRuleError(Exception):
    """A check of somebody's own raised: what, and where in its file."""
