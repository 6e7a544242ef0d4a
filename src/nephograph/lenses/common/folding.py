"""Paths of one cause told as one: what an administrator has anyway, what one more permission of the same reads too."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import msgspec

from nephograph.lenses.common.context import Context
from nephograph.model.answer import AttackPath, Subject


def folded(paths: Sequence[AttackPath], context: Context) -> list[AttackPath]:
    """The paths in their order, each of those that fold named as `also` of the one it folds into.

    Whoever is administrator of an account reads what is in it: such a path folds into the one to the account. Paths
    that differ in nothing but what the last step is about are one story. A proven one folds only into a proven one.
    """
    return _by_last_thing(_by_account(paths, context))


def without_second_guesses(paths: Sequence[AttackPath]) -> tuple[list[AttackPath], int]:
    """The paths without those that depend on something and lead where an earlier one leads; how many are left out.

    A proven one speaks for all that start and end where it does; one that is not proven for those that get in by the
    same step. What folded into one that is left out goes with the one that stays.
    """
    speaking: dict[tuple[str, ...], AttackPath] = {}

    def into(path: AttackPath) -> AttackPath | None:
        ends = (path.entry.urn, path.target.urn, path.yields)
        entered = (*ends, path.steps[0].rule, path.steps[0].target.urn)
        if path.verdict == "yes":
            speaking.setdefault(ends, path)
            return None
        lead = speaking.get(ends) or speaking.setdefault(entered, path)
        return None if lead is path else lead

    kept = _joined(paths, into, also=False)
    return kept, len(paths) - len(kept)


def _by_account(paths: Sequence[AttackPath], context: Context) -> list[AttackPath]:
    """A path folds when it enters the same way, passes the same administrator and ends in the same account."""
    owned = {(p.entry.urn, p.steps[-1].source.urn, p.target.urn): p for p in paths if _owns_account(p)}

    def into(path: AttackPath) -> AttackPath | None:
        account = _account(path.target, context)
        over = [owned.get((path.entry.urn, step.source.urn, account)) for step in path.steps]
        able = [p for p in over if p is not None and (p.verdict == "yes" or path.verdict != "yes")]
        return None if _owns_account(path) or not able else able[0]

    return _joined(paths, into)


def _by_last_thing(paths: Sequence[AttackPath]) -> list[AttackPath]:
    """A path folds into the first whose steps are the same but for the thing at the end."""
    first: dict[Hashable, AttackPath] = {}

    def into(path: AttackPath) -> AttackPath | None:
        last = path.steps[-1]
        way = tuple((step.rule, step.source.urn, step.target.urn) for step in path.steps[:-1])
        lead = first.setdefault((path.verdict, path.entry.urn, way, last.rule, last.source.urn), path)
        return None if lead is path or lead.target == path.target else lead

    return _joined(paths, into)


def _joined(
    paths: Sequence[AttackPath], into: Callable[[AttackPath], AttackPath | None], also: bool = True
) -> list[AttackPath]:
    """The paths that fold into none; each has what folded into those that fold into it, and (`also`) their targets."""
    more: dict[str, dict[Subject, None]] = {}
    kept: list[AttackPath] = []
    for path in paths:
        lead = into(path)
        if lead is None:
            kept.append(path)
        else:
            more.setdefault(lead.id, {}).update(dict.fromkeys((*((path.target,) if also else ()), *path.also)))
    return [msgspec.structs.replace(p, also=tuple(dict.fromkeys((*p.also, *more.get(p.id, ()))))) for p in kept]


def _owns_account(path: AttackPath) -> bool:
    return path.target.urn.startswith("account ")


def _account(subject: Subject, context: Context) -> str:
    resource = context.facts.resource(subject.urn)
    return f"account {resource.scope.account}" if resource else ""
