"""Attack paths of an estate: the library's steps and escalations, closed over the engines' facts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from nephograph.engines.identity.assumptions import not_in_the_data
from nephograph.engines.paths.attack import Paths, Target, paths_to
from nephograph.engines.paths.closure import close
from nephograph.lenses.common.context import Context
from nephograph.library.escalations import attack_rules
from nephograph.model.answer import AttackPath, Severity, Subject
from nephograph.model.resource import Class, Resource
from nephograph.model.rule import Atom

_ASSUMPTION = "Whoever reaches a workload from outside is taken to be able to run code on it."

_SENSITIVE = ("customer", "personal", "pii", "confidential", "restricted", "secret", "sensitive", "high")
"""Words by which a tag says that data is worth more than other data."""

_TAGS = ("data", "data-class", "dataclass", "data_class", "classification", "sensitivity", "data-classification")


class Attack(msgspec.Struct, frozen=True):
    """The paths, worst first, and what was taken for granted."""

    paths: tuple[AttackPath, ...]
    assumptions: tuple[str, ...]


def attack_paths(context: Context, limit: int, origins: Sequence[str] = (), targets: Sequence[str] = ()) -> Attack:
    """Every path from the outside to data, secrets and administrator, at most `limit`, narrowed by words."""
    found = found_paths(context)
    chosen = [p for p in found.paths if _named(p.entry, origins) and _named(p.target, targets)]
    chosen = _folded(chosen, context)
    proven = {(p.entry.urn, p.target.urn) for p in chosen if p.verdict == "yes"}
    open_ways = [p for p in chosen if p.verdict != "yes" and (p.entry.urn, p.target.urn) in proven]
    chosen = [p for p in chosen if p not in open_ways]
    assumptions = [_ASSUMPTION] if chosen else []
    if context.facts.resources(cls=Class.PRINCIPAL):
        missing = ", ".join(not_in_the_data(context.estate))
        assumptions.append(f"Not in the data, so not in any decision: {missing}.")
    cut = found.cut
    if open_ways:
        ways = f"{len(open_ways)} more that depend on something lead where a proven one leads"
        cut = "; ".join(filter(None, (cut, f"attack paths: {ways}")))
    if len(chosen) > limit:
        cut = "; ".join(filter(None, (cut, f"attack paths: {len(chosen) - limit} more are not listed")))
    return Attack(tuple(chosen[:limit]), (*assumptions, *([cut] if cut else ())))


def found_paths(context: Context) -> Paths:
    """Every path with its proof, before any is folded or left out."""
    closure = close(attack_rules(), context.facts)
    wanted = [target for atom in closure.atoms if (target := _target(atom, context)) is not None]
    return paths_to(closure, wanted, context.facts.resource)


def _folded(paths: Sequence[AttackPath], context: Context) -> list[AttackPath]:
    """One path a cause: whoever is administrator of an account reads what is in it, so those paths fold into that one.

    A path is folded when it enters the same way, goes through the same administrator and ends in the same account; a
    proven one only into a proven one.
    """
    owned = {(p.entry.urn, p.steps[-1].source.urn, p.target.urn): p for p in paths if _owns_account(p)}
    also: dict[str, list[Subject]] = {}
    kept: list[AttackPath] = []
    for path in paths:
        account = _account(path.target, context)
        over = [owned.get((path.entry.urn, step.source.urn, account)) for step in path.steps]
        able = [p for p in over if p is not None and (p.verdict == "yes" or path.verdict != "yes")]
        if _owns_account(path) or not able:
            kept.append(path)
        else:
            also.setdefault(able[0].id, []).append(path.target)
    return [msgspec.structs.replace(p, also=tuple(also.get(p.id, ()))) for p in kept]


def _owns_account(path: AttackPath) -> bool:
    return path.target.urn.startswith("account ")


def _account(subject: Subject, context: Context) -> str:
    resource = context.facts.resource(subject.urn)
    return f"account {resource.scope.account}" if resource else ""


def _target(atom: Atom, context: Context) -> Target | None:
    """What an attacker came for, and how bad its loss is."""
    match atom.predicate:
        case "admin":
            return Target(atom, Severity.CRITICAL, f"is administrator of {atom.terms[0]}")
        case "reads":
            resource = context.facts.resource(atom.terms[0])
            if resource is None:
                return None
            return Target(atom, severity_of_loss(resource), f"reads {resource.label}")
        case "knocks":
            return Target(atom, Severity.MEDIUM, "reaches a database that only its password protects")
        case _:
            return None


def is_target(atom: Atom) -> bool:
    """Is deriving the atom what an attacker came for?"""
    return atom.predicate in ("admin", "reads", "knocks")


def severity_of_loss(resource: Resource) -> Severity:
    """How bad it is when a stranger reads this: critical where a tag says the data is sensitive, else by class."""
    tags = resource.get("tags")
    if isinstance(tags, dict):
        for key, value in tags.items():
            said = str(value).lower()
            if str(key).lower() in _TAGS and any(word in said for word in _SENSITIVE):
                return Severity.CRITICAL
    return Severity.MEDIUM if resource.cls is Class.SECRET else Severity.HIGH


def _named(subject: Subject, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = " ".join((subject.urn, subject.kind, subject.address, subject.label, subject.cls)).lower()
    return any(word.lower() in text for word in words)
