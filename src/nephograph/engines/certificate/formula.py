"""What is left of a decision when some context is not known: true, false, or a formula over open questions.

A formula is a plain value: `True`, `False`, an `Atom`, or `("not", f)`, `("and", fs)`, `("or", fs)` with a frozenset.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import msgspec

MOST_ATOMS = 10
"""Up to this many open questions a formula is decided by trying all answers; beyond it, it stays open."""

_LONGEST = 2_000


class Atom(msgspec.Struct, frozen=True):
    """One open question: `text` says it, `subject` is the context key (or the thing) that is not known.

    `presence` marks the question whether the key is absent: then no positive comparison of that key holds.
    """

    text: str
    subject: str
    presence: bool = False


Formula: TypeAlias = Any
"""bool | Atom | tuple; recursive, so spelled as Any."""


def negation(formula: Formula) -> Formula:
    """Not."""
    if isinstance(formula, bool):
        return not formula
    if isinstance(formula, tuple) and formula[0] == "not":
        return formula[1]
    return ("not", formula)


def conjunction(formulas: Iterable[Formula]) -> Formula:
    """And; of nothing it is true."""
    return _join("and", formulas, neutral=True)


def disjunction(formulas: Iterable[Formula]) -> Formula:
    """Or; of nothing it is false."""
    return _join("or", formulas, neutral=False)


def _join(word: str, formulas: Iterable[Formula], neutral: bool) -> Formula:
    parts: set[Formula] | None = None
    for formula in formulas:
        if formula is neutral:
            continue
        if formula is True or formula is False:
            return formula
        if parts is None:
            parts = set()
        if isinstance(formula, tuple) and formula[0] == word:
            parts |= formula[1]
        else:
            parts.add(formula)
    if parts is None:
        return neutral
    return next(iter(parts)) if len(parts) == 1 else (word, frozenset(parts))


def atoms(formula: Formula) -> list[Atom]:
    """The open questions of a formula, in the order of their texts."""
    found: set[Atom] = set()
    stack = [formula]
    while stack:
        part = stack.pop()
        if isinstance(part, Atom):
            found.add(part)
        elif isinstance(part, tuple):
            stack += [part[1]] if part[0] == "not" else part[1]
    return sorted(found, key=lambda atom: (atom.text, atom.subject))


def settled(formula: Formula) -> Formula:
    """The truth value all answers to the open questions agree on, or the formula itself."""
    if isinstance(formula, bool):
        return formula
    names = atoms(formula)
    if len(names) > MOST_ATOMS:
        return formula
    seen = {evaluate(formula, world) for world in _worlds(names)}
    return seen.pop() if len(seen) == 1 else formula


def _worlds(names: list[Atom]) -> Iterator[dict[Atom, bool]]:
    absences = [(atom, atom.subject) for atom in names if atom.presence]
    for truths in itertools.product((False, True), repeat=len(names)):
        world = dict(zip(names, truths, strict=True))
        gone = {subject for atom, subject in absences if world[atom]}
        if not any(truth and not atom.presence and atom.subject in gone for atom, truth in world.items()):
            yield world


def evaluate(formula: Formula, world: dict[Atom, bool]) -> bool:
    """The truth of a formula in which every open question is answered."""
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Atom):
        return world[formula]
    word, parts = formula
    if word == "not":
        return not evaluate(parts, world)
    judge = all if word == "and" else any
    return judge(evaluate(part, world) for part in parts)


def text(formula: Formula) -> str:
    """The formula in words; a long one is cut."""
    words = _words(formula, "")
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _words(formula: Formula, around: str) -> str:
    if isinstance(formula, bool):
        return "always" if formula else "never"
    if isinstance(formula, Atom):
        return formula.text
    word, parts = formula
    if word == "not":
        return f"not ({_words(parts, '')})"
    joined = f" {word} ".join(sorted(_words(part, word) for part in parts))
    return f"({joined})" if around and around != word else joined
