"""Step rules made ready for the fixpoint: which atoms are derived, in which order a body is joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from nephograph.model.rule import Atom, StepRule

Binding = tuple[tuple[str, str], ...]
"""Variables and their values, sorted by variable."""


def is_variable(term: str) -> bool:
    """A term that starts with `?` is a variable, everything else a constant."""
    return term.startswith("?")


class Rule(NamedTuple):
    """A step rule with its body split: premises the closure derives, conditions the engines answer."""

    step: StepRule
    premises: tuple[Atom, ...]
    conditions: tuple[Atom, ...]


class Program(NamedTuple):
    """All rules, ordered by name, and the predicates they derive."""

    rules: tuple[Rule, ...]
    derived: frozenset[str]


def prepare(rules: Sequence[StepRule]) -> Program:
    """Check and order the rules.

    A predicate is derived when it is `has` or the head of a rule; every other one is asked of the facts.
    Raises ValueError for two rules of one name, and for a rule whose head or arrow has a variable its body lacks.
    """
    derived = frozenset({"has", *(rule.then.predicate for rule in rules)})
    prepared = []
    names: set[str] = set()
    for rule in sorted(rules, key=lambda r: r.name):
        if rule.name in names:
            raise ValueError(f"two step rules are called {rule.name}")
        names.add(rule.name)
        bound = {term for atom in rule.when for term in atom.terms if is_variable(term)}
        loose = [t for t in (*rule.then.terms, rule.source, rule.target) if is_variable(t) and t not in bound]
        if loose:
            raise ValueError(f"step rule {rule.name}: {', '.join(sorted(set(loose)))} stands in no atom of its body")
        premises = tuple(atom for atom in rule.when if atom.predicate in derived)
        conditions = tuple(atom for atom in rule.when if atom.predicate not in derived)
        prepared.append(Rule(rule, premises, conditions))
    return Program(tuple(prepared), derived)


def next_atom(atoms: Sequence[Atom], bound: Iterable[str], few: Callable[[Atom], bool] = lambda _: False) -> int:
    """Which atom of a body to join next: the one with the fewest free variables, then the most known terms.

    An atom of which more is known has fewer facts: what one principal can do, before everything that is a bucket.
    `few` says of an atom that it has hardly any facts: it goes before others with as many free variables.
    """
    known = set(bound)

    def price(position: int) -> tuple[int, bool, int, int]:
        terms = atoms[position].terms
        free = [term for term in terms if is_variable(term) and term not in known]
        return len(set(free)), not (free and few(atoms[position])), len(free) - len(terms), position

    return min(range(len(atoms)), key=price)


def match(atom: Atom, args: Sequence[str], binding: dict[str, str]) -> dict[str, str] | None:
    """The binding with which an atom of a body becomes the ground atom of these arguments; None when it cannot."""
    if len(atom.terms) != len(args):
        return None
    found = binding
    for term, value in zip(atom.terms, args, strict=True):
        if not is_variable(term):
            if term != value:
                return None
        elif term not in found:
            found = {**found, term: value}
        elif found[term] != value:
            return None
    return found


def ground(atom: Atom, binding: dict[str, str]) -> Atom:
    """The atom with its variables replaced."""
    return Atom(atom.predicate, tuple(binding.get(term, term) for term in atom.terms))
