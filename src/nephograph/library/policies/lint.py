"""A rule over one policy document, as findings of every resource that carries it.

A rule is run once on each distinct document; a thousand roles with one policy cost one run.

    @check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-hygiene",))
    def policy_sid_duplicate(resource: Resource, facts: Facts) -> Iterator[Bad]:
        yield from linted(resource, _duplicates)

    def _duplicates(document: Document) -> Iterator[Lint]: ...
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from nephograph.library.policies.documents import Carried, Document, Statement, carried
from nephograph.library.sdk import Bad
from nephograph.model.answer import Severity
from nephograph.model.edit import Fix, RemoveItem, SetField
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import is_unknown
from nephograph.model.verdict import Evidence, Verdict, depends, yes


class Repair(msgspec.Struct, frozen=True):
    """A fix below the document: texts to write at paths, and paths to take away."""

    title: str
    writes: tuple[tuple[Path, Any], ...] = ()
    removes: tuple[Path, ...] = ()
    safe: bool = False


class Lint(msgspec.Struct, frozen=True):
    """A bad state of a statement (None: of the whole document).

    `message` goes on after the words for the policy and the statement. `path` is below the document. `key` tells two
    findings of one statement apart. `unless` names what is not known and would make it no bad state.
    """

    message: str
    statement: Statement | None
    path: Path
    key: str = ""
    unless: tuple[str, ...] = ()
    repair: Repair | None = None
    severity: Severity | None = None


Rule = Callable[[Document], Iterable[Lint]]


def linted(resource: Resource, rule: Rule, *types: str) -> Iterator[Bad]:
    """What the rule says of the policies a resource carries (of these types only, if some are given)."""
    for policy in carried(resource):
        document = policy.document
        if isinstance(document, Document) and (not types or document.type in types):
            for lint in found(document, rule):
                yield bad(policy, lint)


def granted(resource: Resource, facts: Facts, rule: Rule, *types: str) -> Iterator[Bad]:
    """What the rule says of permissions that are given: not those of a holder whom a permissions boundary limits.

    A managed policy that is somebody's boundary and nobody's permission gives none either.
    """
    if resource.get("boundary") is not None:
        return
    if facts.holders(resource, "bounded_by") and not facts.holders(resource, "has_policy"):
        return
    yield from linted(resource, rule, *types)


def found(document: Document, rule: Rule) -> tuple[Lint, ...]:
    """What the rule says of the document: worked out once."""
    if rule not in document.kept:
        document.kept[rule] = tuple(rule(document))
    kept: tuple[Lint, ...] = document.kept[rule]
    return kept


def bad(policy: Carried, lint: Lint, verdict: Verdict | None = None) -> Bad:
    """A lint where a resource carries the document."""
    where = policy.words if lint.statement is None else f"{policy.words}, {lint.statement.words}"
    path = (*policy.path, *lint.path)
    if verdict is None:
        verdict = depends(*lint.unless) if lint.unless else yes()
    number = "" if lint.statement is None else lint.statement.sid or str(lint.statement.index)
    return Bad(
        message=f"{where}: {lint.message}",
        verdict=verdict.also(_evidence(policy.resource, path)),
        path=path,
        fix=_fix(policy, lint.repair) if lint.repair else None,
        severity=lint.severity,
        key="\n".join((policy.name, number, lint.key)),
    )


_SHOWN = 160
"""Characters of a value that are shown as evidence."""


def _evidence(resource: Resource, path: Path) -> Evidence:
    """What is written at the place."""
    value = resource.get(*path)
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    said = "not known" if is_unknown(value) else json.dumps(value, ensure_ascii=False, default=str)
    clipped = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
    return Evidence.at(f"{name} is {clipped}", resource, path)


def _fix(policy: Carried, repair: Repair) -> Fix:
    urn = policy.resource.urn
    writes = (SetField(urn, (*policy.path, *path), value) for path, value in repair.writes)
    removes = (RemoveItem(urn, (*policy.path, *path)) for path in repair.removes)
    return Fix(repair.title, (*writes, *removes), safe=repair.safe)


_WORD = 120
"""Characters of one word in a sentence: the longest names of AWS are shorter."""


def clipped(words: Iterable[str], most: int = 4) -> str:
    """A list as people read it: the first few, and how many more."""
    every = [word if len(word) <= _WORD else f"{word[:_WORD]}…" for word in words]
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
