"""A proof told as a path: one step a move, sentences with the names people use, ids that survive moves of code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence

from nephograph.engines.paths.closure import Move, Way
from nephograph.model.answer import AttackPath, Severity, Step, Subject
from nephograph.model.facts import Fact
from nephograph.model.resource import Class, Resource
from nephograph.model.rule import Atom
from nephograph.model.value import CLOSE, DISTINCT, OPEN
from nephograph.model.verdict import Evidence, Verdict, all_of

Resources = Callable[[str], Resource | None]
"""The resource of a urn, or None for a word (internet, an account, a port)."""

_HOLE = re.compile(r"\{(\w+)\}")
_SHOWN = 3
"""Values of one variable that a sentence lists before it says "and more"."""


def subject(word: str, resources: Resources) -> Subject:
    """How answers name an argument of an atom: a resource by its label, anything else by itself."""
    resource = resources(word)
    if resource is None:
        return Subject(urn=word, kind="", address=word, label=_plain(word), cls=_class(word))
    return Subject(resource.urn, resource.kind, resource.address, resource.label or resource.address, str(resource.cls))


def _class(word: str) -> str:
    """What a word stands for: the internet, somebody inside, an account, else whoever vouches for strangers."""
    if word == "internet":
        return "internet"
    if word == "insider":
        return str(Class.PRINCIPAL)
    return str(Class.ACCOUNT if word.startswith("account ") else Class.IDENTITY_PROVIDER)


def _plain(word: str) -> str:
    """A word without the marks of a symbol."""
    return word.replace(OPEN, "").replace(CLOSE, "").replace(DISTINCT, "").replace("account account", "account")


def tell(
    proof: Sequence[Move], resources: Resources, severity: Severity = Severity.HIGH, yields: str = ""
) -> AttackPath:
    """The path of a linear proof: its last move reaches the target.

    One with a step for which nothing speaks but that something is not known asks a question: it is low.
    """
    steps = tuple(step_of(move, resources) for move in proof)
    if any(Verdict(step.verdict, step.because, step.depends_on).is_mere_doubt for step in steps):
        severity = Severity.LOW
    verdict = all_of(Verdict(step.verdict, (), step.depends_on) for step in steps)
    entry, target = steps[0].source, steps[-1].target
    return AttackPath(
        id=_id(proof),
        title=f"from {entry.label} to {target.label}",
        entry=entry,
        target=target,
        steps=steps,
        verdict=verdict.answer,
        severity=severity,
        depends_on=verdict.depends_on,
        yields=yields,
    )


def _id(proof: Sequence[Move]) -> str:
    """Names what the path is about: how it enters, what it reaches and by which last technique.

    A detour in the middle, or a file that moves, is still the same path.
    """
    entries = sorted((_entry_rule(m), m.key.source, m.key.target, str(m.head)) for m in proof if not m.premises)
    last = proof[-1]
    text = "\n".join([*("\t".join(entry) for entry in entries), last.key.rule, str(last.head)])
    return "path-" + hashlib.sha256(text.encode()).hexdigest()[:12]


def _entry_rule(move: Move) -> str:
    """How a path enters; whoever is inside is inside, however it was asked for."""
    return move.key.source if move.key.source == "insider" else move.key.rule


def step_of(move: Move, resources: Resources) -> Step:
    """A move as a step of a story: its sentence, and everything it rests on."""
    words = _words(move, resources)
    told = _told(move)
    because = dict.fromkeys(e for way in told for fact in way.facts for e in _evidence(fact, resources))
    return Step(
        source=subject(move.key.source, resources),
        target=subject(move.key.target, resources),
        edge=move.step.name,
        text=_fill(move.step.says, words),
        because=tuple(because),
        verdict=move.verdict.answer,
        depends_on=move.verdict.depends_on,
        rule=move.step.name,
        label=_fill(move.step.label, words),
    )


def _told(move: Move) -> Sequence[Way]:
    """The ways a step tells of: all of them when they differ in one variable that the step names, else the first."""
    first = set(move.ways[0].binding)
    varying = {name for way in move.ways for name, _ in set(way.binding) ^ first}
    named = {f"?{hole}" for hole in _HOLE.findall(move.step.says + move.step.label)}
    return move.ways if len(varying) == 1 and varying <= named else move.ways[:1]


def _words(move: Move, resources: Resources) -> dict[str, str]:
    values: dict[str, dict[str, None]] = {}
    for way in _told(move):
        for name, value in way.binding:
            values.setdefault(name[1:], {})[subject(value, resources).label] = None
    return {name: _listed(list(found)) for name, found in values.items()}


def _listed(values: Sequence[str]) -> str:
    more = len(values) - _SHOWN
    return ", ".join(values[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _fill(text: str, words: dict[str, str]) -> str:
    return _HOLE.sub(lambda hole: words.get(hole[1], hole[0]), text)


def _evidence(fact: Fact, resources: Resources) -> tuple[Evidence, ...]:
    """What a fact rests on; a fact that cites nothing is named itself, so that no condition of a step is silent."""
    if fact.verdict.because:
        return fact.verdict.because
    args = tuple(subject(arg, resources).label for arg in fact.args)
    return (Evidence(str(Atom(fact.predicate, args)), fact.args[0] if fact.args else ""),)
