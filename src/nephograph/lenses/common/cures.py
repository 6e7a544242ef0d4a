"""Edits that end attack paths, as fixes and rows."""

from __future__ import annotations

from collections.abc import Sequence

from nephograph.engines.paths.changes import Candidate
from nephograph.engines.paths.chokes import Chokes, Cure, Pair
from nephograph.engines.paths.closure import close
from nephograph.engines.paths.story import subject
from nephograph.lenses.common.attack import is_target, rules_for
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.emptied import DENIES, settled
from nephograph.library.changes import changes
from nephograph.library.changes.declare import Cost
from nephograph.library.combinations import combinations
from nephograph.model.edit import Fix, RemoveItem, SetField
from nephograph.model.rule import Atom


def chokes_of(context: Context, origins: Sequence[str] = ()) -> Chokes:
    """The attack graph of an estate, with the ways in that are asked for, ready to be cut."""
    rules = rules_for(context, origins)
    return Chokes(context.estate, rules, is_target, changes(), close(rules, context.facts))


def chokes_of_combination(code: str, context: Context) -> Chokes:
    """The facts of one toxic combination, ready to be parted."""
    (rule,) = [one.rule for one in combinations() if one.code == code]
    return Chokes(
        context.estate, (rule,), lambda atom: atom.predicate == code, changes(), close((rule,), context.facts)
    )


def writable_cure(
    chokes: Chokes, target: Atom, context: Context, entries: frozenset[str] | None = None
) -> tuple[Cure, Cure] | None:
    """(the cheapest changes a source can write that end the target, the cheapest of all); None when none are known.

    Where no source can write any, both are the cheapest of all.
    """
    cheapest = cure = chokes.cure([target], entries)
    if not cure.changes or cure.left:
        return None
    unwritable: list[Candidate] = []
    while cure.changes and not cure.left:
        computed = [change for change in cure.changes if not fix_of(change, context).diff]
        if not computed:
            return cure, cheapest
        unwritable += computed
        cure = chokes.cure([target], entries, unwritable)
    return cheapest, cheapest


def fix_of(change: Candidate, context: Context) -> Fix:
    """A change as a fix with its diff, where a source can write it."""
    edits = settled((change.edit,), context.estate.resources)
    title = change.title + (DENIES if edits != (change.edit,) and isinstance(edits[0], SetField) else "")
    return context.write_fix(Fix(f"{title} ({place(change, context)})", edits, safe=False))


def place(change: Candidate, context: Context) -> str:
    """Where the change is made: file and line, else the field."""
    resource = context.facts.resource(change.edit.urn)
    origin = resource.origin(*change.edit.path) if resource else None
    if origin is not None and origin.span is not None:
        return f"{origin.span.file}:{origin.span.line}"
    name = resource.address if resource else change.edit.urn
    return f"{name} {'.'.join(str(part) for part in change.edit.path)}"


def verb(change: Candidate) -> str:
    """What the change is, in a word."""
    return "remove" if isinstance(change.edit, RemoveItem) else "set"


def cost(change: Candidate) -> str:
    """What it asks of a team."""
    return Cost(change.cost).says


def way(pair: Pair, context: Context) -> str:
    """A pair of entry and target in words."""
    target = subject(pair.target.terms[0], context.facts.resource).label
    end = {"admin": f"administrator of {target}", "reads": target}.get(pair.target.predicate, target)
    rule, source, into, *_ = [*pair.entry.split(" "), "", ""]
    name = subject(into, context.facts.resource).label
    del rule
    return f"{subject(source, context.facts.resource).label} by {name} to {end}"


def counted(count: int, what: str) -> str:
    """`1 change`, `2 changes`."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def costs(chosen: Sequence[Candidate]) -> str:
    """What a set of changes asks: `1 rule, 2 permissions`."""
    words = {cost_: sum(one.cost == cost_ for one in chosen) for cost_ in Cost}
    plural = {Cost.RULE: "rules", Cost.PERMISSION: "permissions", Cost.IDENTITY: "identities", Cost.PLACE: "places"}
    return ", ".join(
        cost_.says if count == 1 else f"{count} {plural[cost_]}" for cost_, count in words.items() if count
    )
