"""Puts the rules of somebody's own that look at the whole estate, and makes findings of what they tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from nephograph.lenses.common.context import Context
from nephograph.library.own_rules import Told
from nephograph.library.sdk import Bad, Check
from nephograph.model.answer import Finding
from nephograph.model.errors import Problem
from nephograph.model.resource import Class, Resource
from nephograph.model.source import Scope
from nephograph.model.span import Origin, Path, Span
from nephograph.model.verdict import Evidence, Verdict, depends, yes

Find = Callable[[Context, Check, Resource, Bad], Finding]
"""Makes the finding of a bad state."""


def questions_told(
    context: Context, only: Sequence[str], topics: Collection[str] | None, find: Find
) -> tuple[list[Finding], list[Problem], int]:
    """What every question found, what went wrong with one, and how many were put.

    `only` and `topics` narrow as they do for checks.
    """
    wanted = [
        rule
        for rule in context.rules.questions
        if (not only or rule.code.startswith(tuple(only)))
        and (topics is None or any(topic in topics for topic in rule.topics))
    ]
    found: list[Finding] = []
    problems: list[Problem] = []
    for asked in context.rules.ask(wanted) if wanted else ():
        problems += asked.problems
        for told in asked.told:
            resource = context.estate.resources.get(told.urn) if told.urn else _beside(told)
            if resource is None:
                problems.append(_stranger(asked.rule, told))
            else:
                found.append(find(context, asked.rule, resource, _bad(told)))
    return found, list(dict.fromkeys(problems)), len(wanted)


def _bad(told: Told) -> Bad:
    because = tuple(Evidence(text, told.urn) for text in told.evidence)
    verdict: Verdict = depends(told.depends, because=because) if told.depends else yes(*because)
    return Bad(told.message, verdict, told.path, severity=told.severity, key=told.key or told.message)


def _stranger(rule: Check, told: Told) -> Problem:
    return Problem(
        "rule-malformed",
        f"{rule.origin} names a resource that is not of the estate: {told.urn[:200]}",
        "yield the urn as the views and the document say it",
    )


class _Placed:
    """The provenance of what is no resource of the estate: one place, or none."""

    def __init__(self, place: Span | None) -> None:
        self._origin = Origin("plan" if place is None else "code", span=place)

    def of(self, path: Path) -> tuple[bool, Origin | None]:
        return True, self._origin

    def is_written(self, path: Path) -> bool:
        return True


def _beside(told: Told) -> Resource:
    """What a finding is about that names no resource: the thing it names in its own words."""
    about = told.about or "the estate"
    return Resource(
        urn=f"neph::::rule:{about}",
        kind="rule",
        native="rule",
        cls=Class.GENERIC,
        address=about,
        scope=Scope(""),
        config={},
        provenance=_Placed(told.place),
        label=about,
    )
