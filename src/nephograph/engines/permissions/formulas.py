"""Statements as functions: which variables there are, and what a statement asks of them.

A variable is a question: does the resource match a pattern, does a condition hold, or something nobody knows. Their
order puts patterns of resources first, those that need the context next, then conditions, then open questions.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from nephograph.engines.permissions import variables
from nephograph.engines.permissions.comparison import Comparison, parsed
from nephograph.engines.permissions.context import Context
from nephograph.engines.permissions.diagram import FALSE, TRUE, Diagram
from nephograph.engines.permissions.document import Patterns, Statement
from nephograph.engines.permissions.glob import automaton, matches
from nephograph.engines.permissions.variables import OpenKeyError


class Matches(msgspec.Struct, frozen=True):
    """Does the resource match a pattern without variables?"""

    pattern: str


class Expands(msgspec.Struct, frozen=True):
    """Does the resource match a pattern in which policy variables stand?"""

    pattern: str


class Open(msgspec.Struct, frozen=True):
    """Something that is not known, in words."""

    words: str


Question: TypeAlias = Matches | Expands | Comparison | Open

_RANGES: tuple[type, ...] = (Matches, Expands, Comparison, Open)
_WIDTH = 40


class Questions:
    """The variables of a diagram, numbered as they come, kind by kind."""

    def __init__(self) -> None:
        self._numbers: dict[Question, int] = {}
        self._asks: dict[tuple[str, str, tuple[str, ...], bool], int] = {}
        self._asked: tuple[list[Question], ...] = tuple([] for _ in _RANGES)

    def number(self, question: Question) -> int:
        """The variable of a question."""
        found = self._numbers.get(question)
        if found is None:
            asks = _asks(question) if isinstance(question, Comparison) else None
            found = self._asks.get(asks) if asks is not None else None
            if found is None:
                kind = _RANGES.index(type(question))
                found = (kind << _WIDTH) + len(self._asked[kind])
                self._asked[kind].append(question)
            if asks is not None:
                self._asks[asks] = found
            self._numbers[question] = found
        return found

    def question(self, number: int) -> Question:
        """The question of a variable."""
        return self._asked[number >> _WIDTH][number & ((1 << _WIDTH) - 1)]


def _asks(one: Comparison) -> tuple[str, str, tuple[str, ...], bool]:
    """What a comparison asks, however it is spelled: cases and the order of values say nothing, ArnEquals is ArnLike.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    return one.said.lower().replace("arnequals", "arnlike"), one.name, tuple(sorted(one.values)), one.expands


FIRST_CONDITION = 1 << _WIDTH
"""Variables from here on need more than the resource."""


def answer(question: Question, resource: str, context: Context) -> bool | None:
    """What one request answers; None when that is not known."""
    if isinstance(question, Comparison):
        return question.holds(context)
    if isinstance(question, Matches):
        return matches(question.pattern, resource)
    if isinstance(question, Open):
        return None
    try:
        pattern = variables.expanded(question.pattern, context, True)
    except OpenKeyError:
        return None if matches(variables.stars(question.pattern), resource) else False
    return pattern is not None and automaton(pattern).accepts(resource)


def conditions(diagram: Diagram, questions: Questions, comparisons: tuple[Comparison, ...]) -> int:
    """All of the comparisons hold."""
    literals: dict[int, bool] = {}
    for comparison in comparisons:
        question, wanted = positive(comparison)
        number = questions.number(question)
        if literals.setdefault(number, wanted) != wanted:
            return FALSE
    found = TRUE
    for number in sorted(literals, reverse=True):
        found = diagram.node(number, FALSE, found) if literals[number] else diagram.node(number, found, FALSE)
    return found


_NEGATIVES = {
    "stringnotequals": "StringEquals",
    "stringnotequalsignorecase": "StringEqualsIgnoreCase",
    "stringnotlike": "StringLike",
    "arnnotequals": "ArnLike",
    "arnnotlike": "ArnLike",
    "notipaddress": "IpAddress",
    "numericnotequals": "NumericEquals",
    "datenotequals": "DateEquals",
}


def positive(comparison: Comparison) -> tuple[Comparison, bool]:
    """The comparison without its negation, and whether it has to hold: equal questions become one variable.

    A negation holds of an absent key, so `…NotEqualsIfExists` is `…NotEquals`. Set operators stay as they are.
    """
    quantifier, operator, if_exists = parsed(comparison.said)
    if quantifier or (if_exists and operator is not None and not operator.negated):
        return comparison, True
    if operator is None:
        wanted = {value.lower() == "true" for value in comparison.values}
        if len(wanted) == 2:
            return comparison, True
        return Comparison("Null", comparison.key, ("true",), False), wanted == {True}
    if not operator.negated:
        return comparison, True
    said = _NEGATIVES[comparison.said.lower().removesuffix("ifexists")]
    return Comparison(said, comparison.key, comparison.values, comparison.expands), False


def covers(diagram: Diagram, questions: Questions, resources: Patterns | None, expands: bool, when: int) -> int:
    """The resource is one that the element covers, and `when`."""
    if resources is None:
        return when
    asked: list[int] = []
    everything = False
    for text in resources.texts:
        if text.strip("*") == "" and text:
            everything = True
        elif expands and variables.present(text):
            if not (text.startswith("arn:") and variables.present(":".join(text.split(":", 5)[:5]))):
                asked.append(questions.number(Expands(text)))
        else:
            asked.append(questions.number(Matches(text)))
    if resources.excluded:
        return FALSE if everything else diagram.one_of(asked, FALSE, when)
    return when if everything else diagram.one_of(asked, when, FALSE)


def applies(diagram: Diagram, questions: Questions, statement: Statement, decided: dict[Comparison, bool]) -> int:
    """When the statement applies, its actions and principals aside; `decided` are comparisons that are known."""
    rest: list[Comparison] = []
    for comparison in statement.conditions:
        known = decided.get(comparison)
        if known is False:
            return FALSE
        if known is None:
            rest.append(comparison)
    when = conditions(diagram, questions, tuple(rest))
    return when if when == FALSE else covers(diagram, questions, statement.resources, statement.expands, when)
