"""Who gets where, the slow way: every rule is joined left to right over everything held, until nothing is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nephograph.model.facts import Facts
from nephograph.model.rule import Atom, StepRule

Binding = dict[str, str]


def reached(rules: Sequence[StepRule], facts: Facts, start: str) -> set[Atom]:
    """Everything that follows from holding `start` and nothing else. An administrator owns what is in its account."""
    derived = {"has", "admin", *(rule.then.predicate for rule in rules)}
    have = {Atom("has", (start,))}
    while True:
        new = {_put(rule.then, b) for rule in rules for b in _joins(rule.when, {}, have, derived, facts)}
        new |= {atom for one in have | new if one.predicate == "admin" for atom in _owned(one.terms[0], facts)}
        if new <= have:
            return have - {Atom("has", (start,))}
        have |= new


def _joins(
    atoms: Sequence[Atom], binding: Binding, have: set[Atom], derived: set[str], facts: Facts
) -> Iterator[Binding]:
    held = any(atom.predicate in derived for atom in atoms)
    if not atoms:
        yield binding
        return
    # What is held first: everything else is asked with the principal known.
    first = next((a for a in atoms if a.predicate in derived), atoms[0]) if held else atoms[0]
    if not held and not binding:
        return  # a rule that needs nothing held is no consequence of the start
    rest = [atom for atom in atoms if atom is not first]
    for args in _ground(first, binding, have, derived, facts):
        found = dict(binding)
        if all(
            (term == value) if not term.startswith("?") else found.setdefault(term, value) == value
            for term, value in zip(first.terms, args, strict=True)
        ):
            yield from _joins(rest, found, have, derived, facts)


def _ground(atom: Atom, binding: Binding, have: set[Atom], derived: set[str], facts: Facts) -> Iterable[Sequence[str]]:
    if atom.predicate in derived:
        return [one.terms for one in have if one.predicate == atom.predicate]
    args = [binding.get(term) if term.startswith("?") else term for term in atom.terms]
    return [fact.args for fact in facts.query(atom.predicate, args) if fact.verdict.possible]


def _put(atom: Atom, binding: Binding) -> Atom:
    return Atom(atom.predicate, tuple(binding.get(term, term) for term in atom.terms))


def _owned(account: str, facts: Facts) -> Iterator[Atom]:
    stores = ("object_storage", "secret", "database", "file_storage", "block_storage", "backup")
    for resource in facts.resources():
        if f"account {resource.scope.account}" != account:
            continue
        if resource.kind in ("aws_iam_role", "aws_iam_user"):
            yield Atom("has", (resource.urn,))
        if str(resource.cls) in stores:
            yield Atom("reads", (resource.urn,))
