"""Attack paths of an estate: the library's steps and escalations, closed over the engines' facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from nephograph.engines.identity.assumptions import not_in_the_data
from nephograph.engines.paths.attack import Target, paths_to
from nephograph.engines.paths.closure import Move, close
from nephograph.engines.paths.held import INSIDER, holding
from nephograph.engines.paths.story import subject as named
from nephograph.lenses.common.combined import combined
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.folding import folded, without_second_guesses
from nephograph.lenses.common.held import held_by
from nephograph.lenses.common.why_none import why_none
from nephograph.library.escalations import attack_rules, escalation_rules
from nephograph.library.losses import ends, loss_of, losses
from nephograph.model.answer import AttackPath, Finding, Severity, Subject
from nephograph.model.resource import Class, Resource
from nephograph.model.rule import Atom, StepRule

_ASSUMPTION = "Whoever reaches a workload from outside is taken to be able to run code on it."

_SENSITIVE = ("customer", "personal", "pii", "confidential", "restricted", "secret", "sensitive", "high")
"""Words by which a tag says that data is worth more than other data."""

_TAGS = ("data", "data-class", "dataclass", "data_class", "classification", "sensitivity", "data-classification")

_NAMES = frozenset(("cardholder", "cardholders", "phi", "pii"))
"""Words of a name that mean one sort of data and nothing else."""


class Found(NamedTuple):
    """Paths with their proofs by id, what was left out, the moves that enter, and the targets that are reached."""

    paths: tuple[AttackPath, ...]
    proofs: dict[str, tuple[Move, ...]]
    cut: str
    entries: tuple[Move, ...]
    reached: tuple[Atom, ...]


class Attack(msgspec.Struct, frozen=True):
    """The paths, worst first, what was taken for granted, and the toxic combinations as findings.

    `why` says why there is no path; it stands among the assumptions, too.
    """

    paths: tuple[AttackPath, ...]
    assumptions: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    why: tuple[str, ...] = ()


def attack_paths(context: Context, limit: int, origins: Sequence[str] = (), targets: Sequence[str] = ()) -> Attack:
    """Every path from the outside to what an attacker comes for, at most `limit`, narrowed by words.

    A word of `origins` may ask for a way in that is followed on request only (`leaked-key`), or name what an attacker
    holds already. A word of `targets` may name a sort of loss (`backups`), or be part of a name.
    """
    found = found_paths(context, origins)
    starts = _Starts(context, origins)
    chosen = [p for p in found.paths if starts.has(p) and _ends(p, targets, found)]
    chosen, guesses = without_second_guesses(folded(chosen, context))
    assumptions = [_ASSUMPTION] if chosen else []
    why = () if chosen else tuple(why_none(context, found.entries, found.reached, origins, targets))
    assumptions += why
    if context.facts.resources(cls=Class.PRINCIPAL):
        missing = ", ".join(not_in_the_data(context.estate))
        assumptions.append(f"Not in the data, so not in any decision: {missing}.")
    cut = found.cut
    if guesses:
        ways = f"{guesses} more that depend on something lead where another one leads"
        cut = "; ".join(filter(None, (cut, f"attack paths: {ways}")))
    if len(chosen) > limit:
        cut = "; ".join(filter(None, (cut, f"attack paths: {len(chosen) - limit} more are not listed")))
    return Attack(tuple(chosen[:limit]), (*assumptions, *([cut] if cut else ())), combined(context), why)


def found_paths(context: Context, origins: Sequence[str] = ()) -> Found:
    """Every path with its proof, before any is folded or left out."""
    closure = close(rules_for(context, origins), context.facts)
    wanted = [target for atom in closure.atoms if (target := _target(atom, context)) is not None]
    told = paths_to(closure, wanted, context.facts.resource)
    entries = tuple(move for move in closure.moves if not move.premises)
    return Found(told.paths, told.proofs, told.cut, entries, tuple(target.atom for target in wanted))


def _target(atom: Atom, context: Context) -> Target | None:
    """What an attacker came for, and how bad its loss is."""
    if not is_target(atom):
        return None
    word = atom.terms[0]
    resource = context.facts.resource(word)
    loss = loss_of(atom.predicate, resource.kind if resource else "")
    if loss is None or (resource is None and not word.startswith("account ")):
        return None
    if resource is None:
        name = named(word, context.facts.resource).label
        return Target(atom, loss.severity or Severity.HIGH, loss.yields.replace("{thing}", name))
    rule = next((one for one in context.data_rules if one.fits(resource)), None)
    severity = loss.severity or (rule.severity if rule else severity_of_loss(resource))
    thing = (resource.label or resource.address) + (f" ({rule.holds})" if rule else "")
    return Target(atom, severity, loss.yields.replace("{thing}", thing))


def is_target(atom: Atom) -> bool:
    """Is deriving the atom what an attacker came for?"""
    return atom.predicate in ends()


def severity_of_loss(resource: Resource) -> Severity:
    """How bad it is when a stranger reads this: critical where a tag or the name says what it holds, else by class."""
    tags = resource.get("tags")
    if isinstance(tags, dict):
        for key, value in tags.items():
            said = str(value).lower()
            if str(key).lower() in _TAGS and any(word in said for word in _SENSITIVE):
                return Severity.CRITICAL
    if not _NAMES.isdisjoint(re.split(r"[^a-z]+", resource.label.lower())):
        return Severity.CRITICAL
    return Severity.MEDIUM if resource.cls is Class.SECRET else Severity.HIGH


class _Starts:
    """Which paths start where the words say."""

    def __init__(self, context: Context, words: Sequence[str]) -> None:
        self._words = words
        self._rules = {rule.name for rule in attack_rules(words) if rule.on_request in words}
        self._raised = {rule.name for rule in escalation_rules()}
        self.held = {urn for word in words for urn in held_by(context, word)}

    def has(self, path: AttackPath) -> bool:
        """Does it start at something one of the words names, by a way in one asks for, or at what one says is held?"""
        if not self._words:
            return True
        if path.steps[0].target.urn in self.held and path.entry.urn == INSIDER:
            return True
        if path.steps[0].rule in self._rules:
            return path.entry.urn != INSIDER or not self._given(path)
        return path.entry.urn != INSIDER and _named(path.entry, self._words)

    def _given(self, path: AttackPath) -> bool:
        """Is it no way, but what a principal was given: to read this, to administer the account?"""
        return len(path.steps) == 2 and path.steps[1].rule not in self._raised


def rules_for(context: Context, origins: Sequence[str]) -> tuple[StepRule, ...]:
    """All rules, with the ways in that the words ask for, and a start at everything that they say is held."""
    rules = attack_rules(origins)
    held = sorted({urn for word in origins for urn in held_by(context, word)})
    return (*rules, *(holding(urn, number) for number, urn in enumerate(held)))


def _ends(path: AttackPath, words: Sequence[str], found: Found) -> bool:
    """Does it end in a loss of that sort, or at something whose name holds the word?"""
    if not words:
        return True
    last = found.proofs[path.id][-1].head
    loss = loss_of(last.predicate, path.target.kind)
    sorts = {one.word for one in losses()}
    return any(
        loss is not None and loss.word == word if word in sorts else _named(path.target, (word,)) for word in words
    )


def _named(subject: Subject, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = " ".join((subject.urn, subject.kind, subject.address, subject.label, subject.cls)).lower()
    return any(word.lower() in text for word in words)
