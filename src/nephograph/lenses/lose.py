"""What dies with this zone, region, key, role, account or resource; or which single loss is the worst."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from nephograph.catalog.registry import of_code
from nephograph.engines.paths.story import subject
from nephograph.engines.resilience.loss import Loss, Resilience
from nephograph.engines.resilience.needs import Needs, Thing, needs_of
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.dossier import called
from nephograph.lenses.common.naming import several
from nephograph.library.dependencies import needs
from nephograph.model.answer import Answer, Arrow, Drawing, Node, Subject, Table, Text
from nephograph.model.errors import UsageError
from nephograph.model.verdict import Answered

SECTION = "Attack paths"

_WHAT = {
    "az": "zone",
    "zone": "zone",
    "region": "region",
    "account": "account",
    "key": "aws_kms_key",
    "role": "aws_iam_role",
    "resource": "",
}
_DRAWN = 40
"""Losses that are drawn."""

_PLACES = ("zone", "region", "account")
_ALL = "all"


class LoseAsk(Ask, frozen=True, kw_only=True):
    """Show what stops working when something is lost: `neph lose az eu-west-1a`, `neph lose key alias/data`.

    WHAT is az, region, account, key, role or resource, and a name follows; or it is `all`: then every single loss is
    tried, and the worst are told. Losing means gone as a whole: a key that decrypts nothing, a role nobody can assume.
    """

    words: Annotated[
        tuple[str, ...],
        Option(
            "az, region, account, key, role or resource and its name, or all; then directories or files to read",
            positional=True,
            metavar="WHAT NAME|all|PATH",
        ),
    ] = ()
    limit: Annotated[int, Option("how many losses to list at most", metavar="N")] = 50
    exit_code: Annotated[bool, Option("exit 1 when anything else stops", name="exit-code")] = False

    @property
    def what(self) -> tuple[str, str]:
        """(what is lost, its name). Raises `UsageError` when the words say neither."""
        if self.words[:1] == (_ALL,):
            return _ALL, ""
        if len(self.words) > 1 and self.words[0] in _WHAT:
            return self.words[0], self.words[1]
        help_ = f"say what: {', '.join(_WHAT)} and a name, or all; like `neph lose az eu-west-1a`"
        raise UsageError("nothing-to-lose", "it is not said what is lost", help_)

    @property
    def paths(self) -> tuple[str, ...]:
        """The words that are paths."""
        return self.words[1:] if self.words[:1] == (_ALL,) else self.words[2:]


ASK = LoseAsk


class Failed(NamedTuple):
    """Something that is lost, and what goes with it."""

    name: str
    label: str
    losses: list[Loss]

    def count(self, verdict: str) -> int:
        """How many things stop working, certainly or perhaps."""
        return sum(loss.verdict == verdict and loss.thing.aspect == "works" for loss in self.losses)


def answer(ask: LoseAsk, context: Context) -> Answer:
    """What dies. Raises `UsageError` for words that say nothing that could be lost."""
    what, name = ask.what
    found = needs_of(context.estate, needs())
    resilience = Resilience(found)
    if what == _ALL:
        return _every(ask, context, found, resilience)
    names = _named(what, name, context, resilience)
    lost = [Thing(one) for one in names]
    label = _labels(names, context)
    (losses,) = resilience.losses([lost])
    losses.sort(key=lambda loss: (loss.verdict != "yes", loss.thing.aspect != "works"))
    failed = Failed(names[0], label, losses)
    certain = any(loss.verdict == "yes" for loss in losses)
    verdict: Answered = "yes" if certain else "depends" if losses else "no"
    rows = tuple(_cells(loss, context) for loss in losses[: ask.limit])
    columns = ("lost", "what it is", "it", "verdict", "because it needs")
    more = len(losses) - len(rows)
    return Answer(
        command="lose",
        snapshot=context.snapshot,
        verdict=verdict,
        depends_on=tuple(dict.fromkeys(_open(loss) for loss in losses)) if verdict == "depends" else (),
        coverage=context.coverage,
        errors=context.problems,
        assumptions=(*context.assumptions, *_assumptions(context, found, more)),
        blocks=(
            Text(_summary(failed)),
            *((Table(columns, rows, "Lost with it"), _drawn(names, losses[:_DRAWN], context)) if rows else ()),
        ),
        data={
            "failed": [_subject(one, context) for one in names],
            "lost": [_data(loss, context) for loss in losses],
            "counts": _counts(losses, context),
        },
    )


def _drawn(names: Sequence[str], losses: Sequence[Loss], context: Context) -> Drawing:
    """How the loss spreads, from what failed to what is lost."""
    nodes: dict[str, Node] = {}
    arrows: dict[tuple[str, str], Arrow] = {}
    for loss in losses:
        tone = "" if loss.verdict == "yes" else "depends"
        for lost, needed, _ in loss.because:
            for thing in (needed, lost):
                about = _subject(thing.name, context)
                first = "lost first" if thing.name in names else ""
                nodes.setdefault(thing.name, Node(thing.name, about.label, about.cls, first))
            label = "way out" if lost.aspect != needed.aspect else ""
            arrows.setdefault((needed.name, lost.name), Arrow(needed.name, lost.name, label, tone))
    return Drawing(tuple(nodes.values()), tuple(arrows.values()), "How it spreads")


def _every(ask: LoseAsk, context: Context, found: Needs, resilience: Resilience) -> Answer:
    """Each single loss, the worst first."""
    names = sorted({thing.name for thing in resilience.things})
    losses = resilience.losses([[Thing(name)] for name in names])
    failed = [
        Failed(name, _labels([name], context), found_) for name, found_ in zip(names, losses, strict=True) if found_
    ]
    failed.sort(key=lambda one: (-one.count("yes"), -one.count("depends"), one.label, one.name))
    rows = tuple(_ranked(one, context) for one in failed[: ask.limit])
    columns = ("when this is lost", "what it is", "stop with it", "may stop", "among them")
    worst = (
        f"The worst single loss: {failed[0].label}, with which {failed[0].count('yes')} things stop." if rows else ""
    )
    return Answer(
        command="lose",
        snapshot=context.snapshot,
        verdict="yes" if any(one.count("yes") for one in failed) else "depends" if failed else "no",
        depends_on=() if any(one.count("yes") for one in failed) else tuple(one.label for one in failed),
        coverage=context.coverage,
        errors=context.problems,
        assumptions=(*context.assumptions, *_assumptions(context, found, len(failed) - len(rows))),
        blocks=(
            Text(worst or "Nothing here is known to need anything else."),
            *((Table(columns, rows, "Every single loss, the worst first"),) if rows else ()),
        ),
        data={
            "single_losses": [
                {
                    "failed": _subject(one.name, context),
                    "certain": one.count("yes"),
                    "perhaps": one.count("depends"),
                    "counts": _counts(one.losses, context),
                }
                for one in failed
            ]
        },
    )


def _named(what: str, name: str, context: Context, resilience: Resilience) -> list[str]:
    """The names of what fails: a place of the estate, or a resource."""
    kind = _WHAT[what]
    known = {thing.name for thing in resilience.things}
    if kind in _PLACES:
        place = f"{kind} {name}"
        if place in known:
            return [place]
        places = sorted(one.removeprefix(f"{kind} ") for one in known if one.startswith(f"{kind} "))
        close = difflib.get_close_matches(name, places, n=3) or places[:5]
        help_ = f"known here: {', '.join(close)}" if close else f"nothing of this estate is said to be in a {kind}"
        raise UsageError("nothing-known", f"nothing here is in {kind} {name}", help_)
    every = context.estate.resources
    found = called(context.estate, name)
    if kind == "aws_kms_key":
        found = [*found, *(key for one in found for key in context.facts.attached(one, "alias_of"))]
    found = list({one.urn: one for one in found if not kind or one.kind == kind}.values())
    if len(found) > 1:
        raise several("resources", name, found)
    if found:
        return [found[0].urn]
    names = [n for one in every.values() if not kind or one.kind == kind for n in (one.label, one.address) if n]
    close = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    help_ = f"did you mean {', '.join(close)}?" if close else "name it by its address, ARN or name"
    raise UsageError("nothing-known", f"no {what} goes by the name {name}", help_)


def _labels(names: Sequence[str], context: Context) -> str:
    return ", ".join(_label(name, context) for name in names)


def _label(name: str, context: Context) -> str:
    resource = context.facts.resource(name)
    return (resource.label or resource.address) if resource else name


def _subject(name: str, context: Context) -> Subject:
    """A resource, or a place by its own name."""
    if context.facts.resource(name) is None:
        return Subject(name, "", name, name, "account" if name.startswith("account ") else "")
    return subject(name, context.facts.resource)


def _class(name: str, context: Context) -> str:
    resource = context.facts.resource(name)
    if resource is None:
        return name.partition(" ")[0]
    return str(resource.cls).replace("_", " ") if resource.cls != "generic" else resource.kind


def _cells(loss: Loss, context: Context) -> tuple[str, ...]:
    what = "stops" if loss.thing.aspect == "works" else f"no longer {loss.thing.aspect}"
    return (
        _label(loss.thing.name, context),
        _class(loss.thing.name, context),
        what,
        loss.verdict,
        " ← ".join(_label(needed.name, context) for _, needed, _ in loss.because),
    )


def _open(loss: Loss) -> str:
    return "which of the things it can stand in it stands in"


def _ranked(one: Failed, context: Context) -> tuple[str, ...]:
    stopping = [loss for loss in one.losses if loss.verdict == "yes" and loss.thing.aspect == "works"]
    among = Counter(_class(loss.thing.name, context) for loss in stopping)
    told = ", ".join(f"{count} {cls}" for cls, count in among.most_common(3))
    return one.label, _class(one.name, context), str(one.count("yes")), str(one.count("depends")), told


def _summary(failed: Failed) -> str:
    certain, maybe = failed.count("yes"), failed.count("depends")
    ways = sum(loss.thing.aspect != "works" for loss in failed.losses)
    if not failed.losses:
        return f"Nothing else is known to stop when {failed.label} is lost."
    parts = [f"{certain} {'thing stops' if certain == 1 else 'things stop'} when {failed.label} is lost"]
    if maybe:
        parts.append(f"{maybe} more may, depending on where they stand")
    if ways:
        parts.append(f"{ways} lose their way out to the internet")
    return "; ".join(parts) + "."


def _assumptions(context: Context, found: Needs, more: int) -> list[str]:
    declared = {one.kind for one in needs()}
    touched = {group.thing.name for group in found.groups if not group.others[0].name.startswith(("region", "account"))}
    silent = Counter(
        r.kind
        for r in context.estate.resources.values()
        if r.urn not in touched and r.kind not in declared and not of_code(r.kind)
    )
    told = [
        "Only what code and cloud say is modelled: placement, identities, keys, what forwards and what stores; "
        "not capacity, nor what programs call."
    ]
    if silent:
        named = ", ".join(f"{kind} ({count})" for kind, count in sorted(silent.items())[:8])
        rest = f" and {len(silent) - 8} kinds more" if len(silent) > 8 else ""
        told.append(f"Of these nothing is known that they need, besides their region and account: {named}{rest}.")
    if found.unlinked:
        count = sum(found.unlinked.values())
        told.append(f"{count} resources refer to things that are not in the data: what those need is not followed.")
    if more > 0:
        told.append(f"{more} more losses are not listed; see --limit.")
    return told


def _counts(losses: Sequence[Loss], context: Context) -> dict[str, int]:
    return dict(sorted(Counter(_class(one.thing.name, context) for one in losses if one.verdict == "yes").items()))


def _data(loss: Loss, context: Context) -> dict[str, Any]:
    return {
        "resource": _subject(loss.thing.name, context),
        "loses": loss.thing.aspect,
        "verdict": loss.verdict,
        "because": [
            {"what": _subject(one.name, context), "needs": _subject(other.name, context), "since": says}
            for one, other, says in loss.because
        ],
    }
