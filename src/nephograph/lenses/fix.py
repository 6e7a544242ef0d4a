"""The edit that ends a finding or an attack path, tried on a copy first; and written, when asked to."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Annotated, NamedTuple

import msgspec

from nephograph.engines.facts import EstateFacts
from nephograph.engines.paths import chokes as chokes_engine
from nephograph.engines.paths.chokes import entry_of
from nephograph.estate.edited import edited
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.attack import found_paths
from nephograph.lenses.common.combined import combined
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.cures import chokes_of, chokes_of_combination, costs, counted, writable_cure
from nephograph.lenses.common.emptied import settled
from nephograph.lenses.common.findings import findings
from nephograph.library.combinations import combinations
from nephograph.library.escalations import requested
from nephograph.model.answer import Answer, AttackPath, Block, Finding, Severity, Text
from nephograph.model.edit import Edit, Fix
from nephograph.model.errors import EditError, UsageError
from nephograph.model.rule import Atom
from nephograph.model.verdict import Answered

SECTION = "What is wrong"


class FixAsk(Ask, frozen=True, kw_only=True):
    """Show the edit that ends a finding or an attack path; write it with --apply.

    ID is the id of a finding or path, as other answers tell it, or the code of a check: then all its findings. The edit
    is made on a copy of the estate first, which is asked again: the thing has to be gone, and nothing may be new.
    """

    id: Annotated[str, Option("the id of a finding or path, or the code of a check", positional=True)]
    paths: Annotated[
        tuple[str, ...], Option("directories or files to read (default: here)", positional=True, metavar="PATH")
    ] = ()
    origins: Annotated[
        tuple[str, ...],
        Option("follow this way in too, as `neph paths --from` does", name="from", metavar="WORD"),
    ] = ()
    apply: Annotated[bool, Option("write the edit into the files, then read them again")] = False


ASK = FixAsk


class Seen(NamedTuple):
    """What an estate answers: findings by id, paths by id."""

    findings: dict[str, Finding]
    paths: dict[str, AttackPath]

    @property
    def ids(self) -> set[str]:
        """Everything that is wrong."""
        return {*self.findings, *self.paths}

    def severity(self, id_: str) -> Severity:
        """How bad a finding or path is."""
        return self.findings[id_].severity if id_ in self.findings else self.paths[id_].severity

    def title(self, id_: str) -> str:
        """What to call a finding or path."""
        if id_ in self.findings:
            found = self.findings[id_]
            return f"{found.code} on {found.resource.label or found.resource.address}"
        return f"the path {self.paths[id_].title}"


class Cure(NamedTuple):
    """What is to go, the fix, and what would be wrong once it is made (None: it cannot be tried on a copy)."""

    going: tuple[str, ...]
    fix: Fix
    after: Seen | None
    told: str


def answer(ask: FixAsk, context: Context) -> Answer:
    """The fix. Raises `UsageError` for an id that nothing goes by, and for one that no known edit ends."""
    before = _seen(context, ask.origins)
    if ask.id.startswith("path-") and ask.id not in before.paths and not ask.origins:
        ask, before = _on_request(ask, before, context)
    cure = _cure(ask, before, context)
    diff, after = cure.fix.diff, cure.after  # (the diff to what stands there now, before it is applied)
    gone, new = _difference(before, after, cure.going) if after else ((), ())
    lines = [cure.told, _tried(cure, gone, new, before, after)]
    files: tuple[str, ...] = ()
    verdict: Answered = "yes" if after and not _as_bad(cure, new, before, after) and _gone(cure, after) else "depends"
    if ask.apply:
        files, after = _applied(cure, context, ask.origins)
        left = [id_ for id_ in cure.going if id_ in after.ids]
        gone, new = _difference(before, after, cure.going)
        verdict = "yes" if not left and not _as_bad(cure, new, before, after) else "no"
        lines.append(_written(cure, files, left, gone, new, before, after))
    blocks: list[Block] = [Text(" ".join(filter(None, lines)))]
    if diff:
        blocks.append(Text(diff, cure.fix.title))
    else:
        blocks.append(Text("No source can write this edit: make it by hand.", cure.fix.title))
    return Answer(
        command="fix",
        snapshot=context.snapshot,
        verdict=verdict,
        depends_on=() if verdict != "depends" else ("what else the edit changes",),
        coverage=context.coverage,
        errors=context.problems,
        assumptions=context.assumptions,
        blocks=tuple(blocks),
        data={
            "ends": list(cure.going),
            "fix": cure.fix,
            "also_ends": list(gone),
            "opens": list(new),
            "opens_as_bad": _as_bad(cure, new, before, after) if after else [],
            "verified": after is not None,
            "written": list(files),
        },
    )


def _on_request(ask: FixAsk, before: Seen, context: Context) -> tuple[FixAsk, Seen]:
    """The question with the way in that the path starts by; as it was, where no way in has that path."""
    for word in sorted(requested()):
        paths = found_paths(context, (word,)).paths
        if any(path.id == ask.id for path in paths):
            return msgspec.structs.replace(ask, origins=(word,)), _seen(context, (word,))
    return ask, before


def _seen(context: Context, origins: Sequence[str]) -> Seen:
    found = [*findings(context)[0], *combined(context)]
    live = {one.id: one for one in found if one.suppressed is None}
    return Seen(live, {path.id: path for path in found_paths(context, origins).paths})


def _cure(ask: FixAsk, before: Seen, context: Context) -> Cure:
    word, origins = ask.id, ask.origins
    if word in before.paths:
        return _of_path(before.paths[word], context, origins)
    chosen = [one for one in before.findings.values() if word in (one.id, one.code)]
    if not chosen:
        every = [*before.findings, *before.paths, *{one.code for one in before.findings.values()}]
        close_ = difflib.get_close_matches(word, every, n=3)
        help_ = f"did you mean {', '.join(close_)}?" if close_ else "`neph check -f json` tells every id"
        raise UsageError("nothing-known", f"no finding or path here goes by {word}: it may be gone already", help_)
    edits = settled((edit for one in chosen if one.fix for edit in one.fix.edits), context.estate.resources)
    if chosen[0].code in {one.code for one in combinations()}:
        parted = _of_combination(chosen[0], context, origins)
        if parted is not None:
            return parted
    if not edits:
        help_ = chosen[0].help or "see `neph explain` of its code"
        raise UsageError("no-fix", f"no edit is known that ends {before.title(chosen[0].id)}", help_)
    titles = list(dict.fromkeys(one.fix.title for one in chosen if one.fix))
    fix = context.write_fix(Fix("; ".join(titles), edits, safe=all(one.fix.safe for one in chosen if one.fix)))
    going = tuple(one.id for one in chosen if one.fix)
    told = f"This ends {before.title(going[0])}." if len(going) == 1 else f"This ends {len(going)} findings of {word}."
    return Cure(going, fix, _copied(context, edits, origins), told)


def _of_path(path: AttackPath, context: Context, origins: Sequence[str]) -> Cure:
    """The cheapest edits after which this path's entry no longer leads to its target."""
    proof = found_paths(context, origins).proofs[path.id]
    entries = frozenset(entry_of(move) for move in proof if not move.premises)
    cures = writable_cure(chokes_of(context, origins), proof[-1].head, context, entries)
    if cures is None:
        raise UsageError("no-fix", f"no edit is known that ends the path {path.title}", "`neph chokes` tells what does")
    return _of_changes(path.id, f"the path {path.title}", cures, context, origins)


def _of_combination(found: Finding, context: Context, origins: Sequence[str]) -> Cure | None:
    """The cheapest edits after which the facts do not hold together; None where none are known."""
    target = Atom(found.code, (found.resource.urn,))
    cures = writable_cure(chokes_of_combination(found.code, context), target, context)
    if cures is None:
        return None
    name = f"{found.code} on {found.resource.label or found.resource.address}"
    return _of_changes(found.id, name, cures, context, origins)


def _of_changes(
    id_: str, name: str, cures: tuple[chokes_engine.Cure, chokes_engine.Cure], context: Context, origins: Sequence[str]
) -> Cure:
    cure, cheapest = cures
    edits = settled((change.edit for change in cure.changes), context.estate.resources)
    fix = context.write_fix(Fix("; ".join(change.title for change in cure.changes), edits, safe=False))
    verb = "ends" if len(cure.changes) == 1 else "end"
    told = f"{counted(len(cure.changes), 'edit')} ({costs(cure.changes)}) {verb} {name}; {_least(cure, cheapest)}."
    return Cure((id_,), fix, _copied(context, edits, origins), told)


def _least(cure: chokes_engine.Cure, cheapest: chokes_engine.Cure) -> str:
    if cure is not cheapest:
        others = ", ".join(one.title for one in cheapest.changes)
        word = "cheaper" if cheapest.cost < cure.cost else "as cheap"
        return f"{word} would be to {others}, but no source can write that"
    if cure.proven:
        return "nothing cheaper does"
    return f"at least {cure.bound} has to be paid, this costs {cure.cost}"


def _copied(context: Context, edits: Sequence[Edit], origins: Sequence[str]) -> Seen | None:
    """What is wrong on a copy of the estate with the edits made; None when the copy cannot be edited so."""
    try:
        estate = edited(context.estate, edits)
    except EditError:
        return None
    return _seen(
        msgspec.structs.replace(context, estate=estate, facts=EstateFacts(estate), write_fix=_as_it_is), origins
    )


def _as_it_is(fix: Fix) -> Fix:
    """On a copy nothing is written."""
    return fix


def _difference(before: Seen, after: Seen, going: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what else is gone, what is new)."""
    return tuple(sorted(before.ids - after.ids - set(going))), tuple(sorted(after.ids - before.ids))


def _gone(cure: Cure, after: Seen) -> bool:
    return not set(cure.going) & after.ids


def _as_bad(cure: Cure, new: Sequence[str], before: Seen, after: Seen) -> list[str]:
    """What is new and no better than what goes. A lesser wish may come after: an encrypted disk could have a key."""
    worst = min(before.severity(one).rank for one in cure.going)
    return [one for one in new if after.severity(one).rank <= worst]


def _tried(cure: Cure, gone: Sequence[str], new: Sequence[str], before: Seen, after: Seen | None) -> str:
    if after is None:
        return "The edit could not be tried on a copy of the estate."
    left = [id_ for id_ in cure.going if id_ in after.ids]
    if left:
        return f"Tried on a copy, it does not end {before.title(left[0])}: there is another cause."
    parts = ["Tried on a copy of the estate: it is gone"]
    parts += [f"so {'is' if len(gone) == 1 else 'are'} {_some(gone, before)}"] if gone else []
    parts.append(_news(cure, new, before, after))
    return f"{', '.join(parts)}."


def _news(cure: Cure, new: Sequence[str], before: Seen, after: Seen) -> str:
    if not new:
        return "nothing is new"
    kind = "new" if _as_bad(cure, new, before, after) else "new, and less bad"
    return f"{kind}: {_some(new, after)}"


def _some(ids: Sequence[str], seen: Seen) -> str:
    named = [seen.title(one) for one in ids[:2]]
    more = [f"{len(ids) - 2} more"] if len(ids) > 2 else []
    return " and ".join((*named, *more)) if not more else f"{', '.join(named)} and {more[0]}"


def _applied(cure: Cure, context: Context, origins: Sequence[str]) -> tuple[tuple[str, ...], Seen]:
    if context.apply_fix is None:
        raise UsageError(
            "not-writable", "this estate was not read from files, so nothing can be written", "name the directory"
        )
    done = context.apply_fix(cure.fix)
    return done.files, _seen(done.after, origins)


def _written(
    cure: Cure,
    files: Sequence[str],
    left: Sequence[str],
    gone: Sequence[str],
    new: Sequence[str],
    before: Seen,
    after: Seen,
) -> str:
    told = f"Written: {', '.join(files)}. Read again, "
    if left:
        return f"{told}{before.title(left[0])} is still there."
    also = f", and so {'is' if len(gone) == 1 else 'are'} {_some(gone, before)}" if gone else ""
    return told + (f"it is gone{also}; " + f"{_news(cure, new, before, after)}.")
