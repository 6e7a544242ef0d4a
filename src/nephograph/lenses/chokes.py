"""The fewest changes that end the attack paths: the cheapest set, what each change ends alone, what all ways pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from nephograph.engines.paths.chokes import Chokes, Cure, Impact, Pair
from nephograph.engines.paths.story import subject
from nephograph.lenses.common.ask import Gate, Option
from nephograph.lenses.common.attack import attack_paths
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.cures import chokes_of, cost, costs, counted, fix_of, place, way
from nephograph.model.answer import Answer, Arrow, AttackPath, Block, Drawing, Node, Table, Text
from nephograph.model.rule import Atom
from nephograph.model.verdict import Answered

SECTION = "Attack paths"


class ChokesAsk(Gate, frozen=True, kw_only=True):
    """Find the changes that end the most attack paths: the cheapest set that ends all, and each change alone.

    Every change is made on a copy of the estate, which is then asked again: what is said to end was seen to end. A rule
    costs 1, a permission 2, a role or trust 4, a way or an address 8.
    """

    paths: Annotated[
        tuple[str, ...], Option("directories or files to read (default: here)", positional=True, metavar="PATH")
    ] = ()
    origins: Annotated[
        tuple[str, ...],
        Option("follow this way in too, as `neph paths --from` does", name="from", metavar="WORD"),
    ] = ()
    limit: Annotated[int, Option("how many single changes to try at most", metavar="N")] = 40


ASK = ChokesAsk

_DRAWN = 25
"""Paths that are drawn."""


def answer(ask: ChokesAsk, context: Context) -> Answer:
    """The changes of one estate."""
    chokes = chokes_of(context, ask.origins)
    pairs = chokes.pairs()
    cure = chokes.cure([pair.target for pair in pairs])
    candidates = chokes.candidates()
    chosen = set(cure.changes)
    ordered = sorted(candidates, key=lambda one: (one not in chosen, one.cost, one.key))
    impacts = [chokes.impact(one) for one in ordered[: ask.limit]]
    impacts = sorted((one for one in impacts if one.ended), key=lambda one: (-len(one.ended), one.change.cost))
    passed = chokes.passed()
    attack = attack_paths(context, _DRAWN, ask.origins)
    untried = len(ordered) - len(ordered[: ask.limit])
    certain = len(chokes.proven())
    verdict: Answered = "yes" if certain else "depends" if pairs else "no"
    tail = [f"{counted(untried, 'more change')} were not tried alone; see --limit."] if untried else []
    tail += [chokes.closure.cut] if chokes.closure.cut else []
    return Answer(
        command="chokes",
        snapshot=context.snapshot,
        verdict=verdict,
        depends_on=tuple(dict.fromkeys(on for path in attack.paths for on in path.depends_on)) if pairs else (),
        coverage=context.coverage,
        errors=context.problems,
        assumptions=(*context.assumptions, *(one for one in attack.assumptions if "not listed" not in one), *tail),
        blocks=tuple(_blocks(context, cure, impacts, passed, _drawn(chokes, attack.paths), pairs, certain)),
        data={
            "pairs": [_pair(pair, context) for pair in pairs],
            "cheapest": _cure(cure, context),
            "single": [_impact(one, len(pairs), context) for one in impacts],
            "passed": [
                {"resource": subject(atom.terms[0], context.facts.resource), "targets": count} for atom, count in passed
            ],
        },
    )


def _blocks(
    context: Context,
    cure: Cure,
    impacts: Sequence[Impact],
    passed: Sequence[tuple[Atom, int]],
    drawn: Drawing,
    pairs: Sequence[Pair],
    certain: int,
) -> list[Block]:
    count, targets = len(pairs), len({pair.target for pair in pairs})
    if not count:
        return [Text("No attack path leads from outside to data or to administrator: there is nothing to end.")]
    blocks: list[Block] = [Text(_summary(cure, count, certain)), drawn]
    if cure.changes:
        rows = tuple((one.title, place(one, context), cost(one)) for one in cure.changes)
        blocks.append(Table(("change", "at", "costs"), rows, "The cheapest changes together"))
        for one in cure.changes:
            fix = fix_of(one, context)
            blocks.append(Text(fix.diff or "no source can write this change: make it by hand", fix.title))
    if cure.left:
        rows3 = tuple((way(pair, context),) for pair in cure.left)
        blocks.append(Table(("from, by, to",), rows3, "What no change here ends"))
    if impacts:
        rows4 = tuple(
            (one.change.title, place(one.change, context), cost(one.change), f"{len(one.ended)} of {count}")
            for one in impacts
        )
        blocks.append(Table(("change", "at", "costs", "ways it ends"), rows4, "Each change alone"))
    if passed:
        rows2 = tuple((subject(a.terms[0], context.facts.resource).label, f"{n} of {targets}") for a, n in passed)
        blocks.append(Table(("every way passes", "to targets"), rows2, "Choke points"))
    return blocks


def _drawn(chokes: Chokes, paths: Sequence[AttackPath]) -> Drawing:
    """The paths in one picture; what every way passes is marked."""
    marked = {atom.terms[0] for atom, _ in chokes.passed()}
    ends = {path.target.urn for path in paths}
    nodes: dict[str, Node] = {}
    arrows: dict[tuple[str, str, str], Arrow] = {}
    for path in paths:
        for step in path.steps:
            for about in (step.source, step.target):
                tone = "entry" if about == path.entry else "choke" if about.urn in marked else ""
                tone = "target" if about.urn in ends and not tone else tone
                nodes.setdefault(about.urn, Node(about.urn, about.label, about.cls, tone=tone))
            known = (step.source.urn, step.target.urn, step.label)
            arrows[known] = Arrow(*known, tone="" if step.verdict == "yes" else "depends")
    return Drawing(tuple(nodes.values()), tuple(arrows.values()), "The ways, and what they pass")


def _summary(cure: Cure, count: int, certain: int) -> str:
    open_ = count - certain
    ways = f"{counted(count, 'way')} from outside to targets"
    if open_:
        ways += f" ({'all' if open_ == count else open_} depending on what is not known)"
    if not cure.changes:
        return f"{ways}; no change that is known here ends one."
    ended = len(cure.ended)
    whole = "every one" if ended == count else f"{ended} of them"
    seen = "seen on a copy of the estate with the changes made"
    least = "nothing cheaper does" if cure.proven else f"no set of changes that costs less than {cure.bound} does"
    changes = counted(len(cure.changes), "change")
    verb = "ends" if len(cure.changes) == 1 else "end"
    return f"{ways}. {changes} ({costs(cure.changes)}) {verb} {whole}, {seen}; {least}."


def _pair(pair: Pair, context: Context) -> dict[str, Any]:
    return {
        "entry": pair.entry,
        "target": subject(pair.target.terms[0], context.facts.resource),
        "says": way(pair, context),
    }


def _cure(cure: Cure, context: Context) -> dict[str, Any]:
    return {
        "changes": [
            {"title": one.title, "edit": one.edit, "cost": one.cost, "at": place(one, context)} for one in cure.changes
        ],
        "cost": cure.cost,
        "bound": cure.bound,
        "proven": cure.proven,
        "ended": len(cure.ended),
        "left": [_pair(pair, context) for pair in cure.left],
        "tried": cure.tried,
    }


def _impact(one: Impact, count: int, context: Context) -> dict[str, Any]:
    return {
        "title": one.change.title,
        "edit": one.change.edit,
        "cost": one.change.cost,
        "at": place(one.change, context),
        "ended": len(one.ended),
        "of": count,
        "opened": [_pair(pair, context) for pair in one.opened],
    }
