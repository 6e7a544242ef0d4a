"""Rules in SQL: one statement that reads the views of `neph query` and tells its findings, a row each.

    -- title: Bucket without an owner
    -- severity: low
    SELECT urn, label || ' has no tag owner' AS message, 'tags' AS field
    FROM aws_s3_bucket WHERE tags.owner IS NULL

Columns by contract: `urn` (the resource, needed), `message` (else the title), `severity`, `field` (the place in dots,
`rules.0.cidr`), `key` (tells two findings on one field apart), `depends` (what the finding depends on, NULL when it is
proven). Other columns are told as evidence. The connection reads the estate and nothing else (`estate.store.query`).
"""

from __future__ import annotations

import contextlib
import pathlib
import re
import tempfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from nephograph.library.own_rules import Asked, MalformedHeaderError, Told, header, rule_of
from nephograph.library.sdk import Check
from nephograph.model.answer import Severity
from nephograph.model.errors import NephError, Problem
from nephograph.model.span import Path, Span
from nephograph.session.rules.bounds import Clock, unasked
from nephograph.session.rules.places import RuleFile

if TYPE_CHECKING:
    from nephograph.estate.store.query import Rows
    from nephograph.estate.store.reader import Store
    from nephograph.session.opened import Opened

ASKS = "the estate, in SQL"
COMMENT = "--"
ROWS = 10_000
SECONDS = 10.0
MEMORY = "512MB"

_CONTRACT = ("urn", "message", "severity", "field", "key", "depends")


def rule_in(file: RuleFile, text: str) -> Check | Problem:
    """The rule of a file, or what is wrong with its head."""
    try:
        return rule_of(header(text, COMMENT), file.code, file.shown, ASKS)
    except MalformedHeaderError as error:
        return malformed(file.shown, text, str(error), error.help, error.line)


def malformed(file: str, text: str, message: str, help: str, line: int = 1, column: int = 1) -> Problem:
    """What is wrong with a rule, at a line of its text."""
    lines = text.splitlines() or [""]
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    span = Span(file, line, column, line, max(column + 1, len(shown) + 1))
    return Problem("rule-malformed", f"{file}: {message}", help, span, shown)


def ask(rules: Sequence[tuple[Check, str]], opened: Opened, seconds: float = SECONDS) -> Iterator[Asked]:
    """Put every rule (with its text) to an estate. What goes wrong with one is told, and the next one is asked."""
    clock = Clock(seconds)
    with _stored(opened) as (store, number):
        for rule, text in rules:
            left = clock.left()
            if not left:
                yield unasked(rule)
                continue
            try:
                rows = store.query(_statement(text), number, ROWS, left, MEMORY)
            except NephError as error:
                yield Asked(rule, problems=(_refused(rule, text, error.problem),))
                continue
            yield _told(rule, text, rows)


@contextlib.contextmanager
def _stored(opened: Opened) -> Iterator[tuple[Store, int]]:
    """The estate as a store: the one it was read from, or one that is made for the time of the questions."""
    import datetime

    from nephograph.estate.store.reader import Store
    from nephograph.session.stored import write

    at = opened.snapshot
    if at.estate:
        with Store.open(pathlib.Path(at.estate)) as store:
            yield store, at.number
        return
    with tempfile.TemporaryDirectory(prefix="neph-rules-") as folder:
        into = pathlib.Path(folder) / "estate.neph"
        info, _ = write(opened, into, (), datetime.datetime.now(datetime.UTC))
        with Store.open(into) as store:
            yield store, info.number


def _told(rule: Check, text: str, rows: Rows) -> Asked:
    problems: list[Problem] = []
    if "urn" not in rows.columns:
        said = f"it yields {', '.join(rows.columns) or 'nothing'}, and no urn"
        help = "SELECT the urn of the resource that each row is about (docs/guides/your-own-rules.md)"
        return Asked(rule, problems=(malformed(rule.origin, text, said, help),))
    if rows.limited:
        said = f"it yields more than {ROWS} rows; the first of them are told"
        problems.append(malformed(rule.origin, text, said, "tell less with one rule"))
    told: list[Told] = []
    for row in rows:
        found = _row(rule, dict(zip(rows.columns, row, strict=False)))
        if isinstance(found, Told):
            told.append(found)
        elif not problems or problems[-1].message != f"{rule.origin}: {found}":
            problems.append(malformed(rule.origin, text, found, "docs/guides/your-own-rules.md tells the columns"))
    return Asked(rule, told, tuple(problems[:10]))


def _row(rule: Check, row: dict[str, Any]) -> Told | str:
    """One row as a finding, or what is wrong with it."""
    urn, severity = row.get("urn"), row.get("severity")
    if not isinstance(urn, str) or not urn:
        return "a row has no urn"
    if severity is not None and severity not in [str(one) for one in Severity]:
        return f"{severity} is no severity"
    title = rule.written.title if rule.written else rule.code
    return Told(
        message=str(row.get("message") or title),
        urn=urn,
        path=path_of(str(row.get("field") or "")),
        severity=Severity(severity) if severity else None,
        key=str(row.get("key") or ""),
        depends=str(row.get("depends") or ""),
        evidence=tuple(
            f"{name} is {_plain(value)}" for name, value in row.items() if name not in _CONTRACT and value is not None
        ),
    )


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)[:200]


def path_of(field: str) -> Path:
    """A field in dots as a path: `rules.0.cidr`."""
    return tuple(int(part) if part.isdecimal() else part for part in field.split(".") if part)


_LINE = re.compile(r"LINE (\d+): (.*)\n( *)\^")


def _refused(rule: Check, text: str, problem: Problem) -> Problem:
    """Why the database did not answer, at the place it names."""
    said = problem.message.partition("\n\nLINE")[0].partition("\nLINE")[0]
    line, column = _first_statement(text), 1
    if found := _LINE.search(problem.message):
        line += int(found[1]) - 1
        if not found[2].startswith("..."):
            column = max(1, len(found[3]) - len(f"LINE {found[1]}: ") + 1)
    told = malformed(rule.origin, text, said, problem.help, line, column)
    return Problem("rule-failed", told.message, told.help, told.span, told.excerpt)


def _statement(text: str) -> str:
    """The statement without the head: the database counts lines of errors from where the statement starts."""
    return "\n".join(text.splitlines()[_first_statement(text) - 1 :])


def _first_statement(text: str) -> int:
    """The line on which the statement starts."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.strip().startswith(COMMENT):
            return number
    return 1
