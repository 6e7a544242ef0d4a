"""Which checks there are: what each looks at, how bad it is, and what it is about."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import Annotated, Any

import msgspec

from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.compliance import asked
from nephograph.lenses.common.context import Context
from nephograph.library.own_rules import NONE, OwnRules
from nephograph.library.registry import all_checks, prose
from nephograph.library.sdk import Check
from nephograph.library.topics import topics
from nephograph.model.answer import Answer, Coverage, Table, Text
from nephograph.model.errors import UsageError

SECTION = "What is wrong"


class ChecksAsk(Ask, frozen=True, kw_only=True):
    """List the checks of the library. Filters of different sorts have to hold together, of one sort any of them.

    `neph explain CODE` tells everything about one.
    """

    words: Annotated[
        tuple[str, ...], Option("only checks whose code or title has all these words", positional=True, metavar="WORD")
    ] = ()
    kinds: Annotated[
        tuple[str, ...],
        Option("only checks that look at this kind, or at kinds that start so (aws_s3)", name="kind", metavar="KIND"),
    ] = ()
    topics: Annotated[tuple[str, ...], Option("only checks about this topic", name="topic", metavar="TOPIC")] = ()
    frameworks: Annotated[
        tuple[str, ...],
        Option("only checks that a control of this framework asks for", name="framework", metavar="FRAMEWORK"),
    ] = ()
    severities: Annotated[
        tuple[str, ...],
        Option("only checks of this severity", name="severity", choices=("critical", "high", "medium", "low", "info")),
    ] = ()

    rules: Annotated[
        tuple[str, ...],
        Option("a folder or file of your own rules, in Python (which is executed), SQL or Rego", metavar="PATH"),
    ] = ()


ASK = ChecksAsk


def without_estate(ask: ChecksAsk, own: OwnRules = NONE) -> Answer:
    """The answer: the library is the same whatever is checked. Raises `UsageError` for a topic that is none.

    `own` are rules of somebody's own: they are listed with the file they stand in.
    """
    every = sorted((*all_checks(), *own.all), key=lambda one: one.code)
    for word in ask.topics:
        _known(word, {*topics(), *(topic for rule in own.all for topic in rule.topics)}, "topic")
    mapped = {topic for name in ask.frameworks for topic in asked(name).topics}
    chosen = [c for c in every if _wanted(c, ask) and (not ask.frameworks or not mapped.isdisjoint(c.topics))]
    rows: list[tuple[str, ...]] = [
        (c.code, str(c.severity), c.looks_at, ", ".join(c.topics), prose(c).title) for c in chosen
    ]
    columns: tuple[str, ...] = ("code", "severity", "looks at", "topics", "finds")
    if own.all:
        columns = (*columns, "origin")
        rows = [(*row, c.origin or "nephograph") for row, c in zip(rows, chosen, strict=True)]
    return Answer(
        command="checks",
        errors=own.problems,
        coverage=Coverage(not_evaluated=own.gaps),
        blocks=(Text(_sentence(len(chosen), len(every))), *([Table(columns, tuple(rows))] if rows else [])),
        data={"checks": [_data(check) for check in chosen]},
    )


def answer(ask: ChecksAsk, context: Context) -> Answer:
    """The same answer, for whoever asks with an estate at hand."""
    return msgspec.structs.replace(without_estate(ask, context.rules), snapshot=context.snapshot)


def _known(word: str, words: Collection[str], what: str) -> None:
    if word not in words:
        close = difflib.get_close_matches(word, words, n=3, cutoff=0.5) or sorted(words)
        raise UsageError("nothing-known", f"there is no {what} {word}", f"there is {', '.join(close)}")


def _wanted(check: Check, ask: ChecksAsk) -> bool:
    text = f"{check.code} {prose(check).title}".lower()
    return (
        all(word.lower() in text for word in ask.words)
        and (not ask.kinds or check.kind.startswith(ask.kinds))
        and (not ask.topics or not set(ask.topics).isdisjoint(check.topics))
        and (not ask.severities or check.severity in ask.severities)
    )


def _sentence(chosen: int, every: int) -> str:
    if chosen == every:
        return f"{every} checks."
    return f"{chosen or 'None'} of {every} checks."


def _data(check: Check) -> dict[str, Any]:
    written = prose(check)
    return {
        "code": check.code,
        "title": written.title,
        "severity": check.severity,
        "kind": check.kind or None,
        "origin": check.origin or None,
        "field": check.field or None,
        "topics": list(check.topics),
        "tools": list(check.tools),
        "what": written.what,
        "why": written.why,
        "fix": written.fix,
        "references": list(written.references),
    }
