"""Everything an attacker who holds X reaches: principals, workloads, data, accounts; in how many steps, and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from nephograph.engines.identity.assumptions import not_in_the_data
from nephograph.engines.paths.held import Held, close_from
from nephograph.engines.paths.story import subject, tell
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.attack import severity_of_loss
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.held import starts_named
from nephograph.library.escalations import attack_rules
from nephograph.library.losses import verb
from nephograph.model.answer import Answer, AttackPath, Severity, Subject, Table, Text
from nephograph.model.resource import Class
from nephograph.model.rule import Atom
from nephograph.model.verdict import Answered, all_of

SECTION = "Attack paths"


class BlastAsk(Ask, frozen=True, kw_only=True):
    """Show the blast radius of START: what an attacker who holds it comes to hold, read and administer.

    START is a principal, a workload, an access key or an account, by name, address, ARN or number. What anybody reaches
    from the outside is not counted, since START is not needed for it.
    """

    start: Annotated[str, Option("a principal, workload, access key or account", positional=True)]
    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()
    steps: Annotated[int, Option("only what is reached in at most so many steps (0: all)", metavar="N")] = 0
    limit: Annotated[int, Option("how many ways to draw and explain at most", metavar="N")] = 5
    exit_code: Annotated[bool, Option("exit 1 when anything is reached", name="exit-code")] = False


ASK = BlastAsk

_ORDER = ("administers", "reads", "acts as")
"""What is told first."""


class Reached(NamedTuple):
    """One thing within reach: how (a word of `_MEANS`), its simplest proof, and what losing it means."""

    atom: Atom
    thing: Subject
    how: str
    steps: int
    verdict: Answered
    depends_on: tuple[str, ...]
    severity: Severity
    data: str


def answer(ask: BlastAsk, context: Context) -> Answer:
    """The blast radius. Raises `UsageError` for a name of nothing that can be held."""
    starts = starts_named(context, ask.start)
    held = close_from(attack_rules(), context.facts, starts, context.facts.resources())
    given = {*starts.things, *starts.accounts}
    found = [_reached(held, atom, context) for atom in held.closure.atoms if atom.terms[0] not in given]
    found = sorted((one for one in found if not ask.steps or one.steps <= ask.steps), key=_order)
    name = _name(given, context)
    told = [_path(held, one, context) for one in found if one.how in ("administers", "reads")][: ask.limit]
    certain = any(one.verdict == "yes" for one in found)
    verdict: Answered = "yes" if certain else "depends" if found else "no"
    open_ = dict.fromkeys(on for one in found for on in one.depends_on)
    missing = ", ".join(not_in_the_data(context.estate))
    assumptions = [f"Not in the data, so not in any decision: {missing}."] if missing else []
    table = Table(("reached", "what it is", "how", "steps", "proof", "data"), tuple(map(_cells, found)), "Blast radius")
    return Answer(
        command="blast",
        snapshot=context.snapshot,
        verdict=verdict,
        depends_on=tuple(open_) if verdict == "depends" else (),
        coverage=context.coverage,
        errors=context.problems,
        assumptions=(*context.assumptions, *assumptions, *([held.closure.cut] if held.closure.cut else ())),
        paths=tuple(told),
        blocks=(Text(_summary(name, found)), *((table,) if found else ())),
        data={
            "start": [subject(urn, context.facts.resource) for urn in sorted(given)],
            "reached": [_data(one) for one in found],
            "counts": dict(sorted(Counter(one.thing.cls or "account" for one in found).items())),
        },
    )


def _reached(held: Held, atom: Atom, context: Context) -> Reached:
    proof = held.proof(atom)
    verdict = all_of(move.verdict for move in proof)
    resource = context.facts.resource(atom.terms[0])
    severity = Severity.CRITICAL if atom.predicate == "admin" else Severity.MEDIUM
    if atom.predicate == "reads" and resource is not None:
        severity = severity_of_loss(resource)
    return Reached(
        atom=atom,
        thing=subject(atom.terms[0], context.facts.resource),
        how=verb(atom.predicate),
        steps=len(proof),
        verdict=verdict.answer,
        depends_on=verdict.depends_on,
        severity=severity,
        data="sensitive" if severity is Severity.CRITICAL and atom.predicate == "reads" else "",
    )


def _order(one: Reached) -> tuple[bool, int, int, int, str, str]:
    rank = _ORDER.index(one.how) if one.how in _ORDER else len(_ORDER)
    return one.verdict != "yes", rank, one.severity.rank, one.steps, one.thing.label, one.thing.urn


def _path(held: Held, one: Reached, context: Context) -> AttackPath:
    words = {"administers": f"is administrator of {one.thing.label}", "reads": f"reads {one.thing.label}"}
    return tell(held.proof(one.atom), context.facts.resource, one.severity, words.get(one.how, ""))


def _name(given: set[str], context: Context) -> str:
    return ", ".join(subject(urn, context.facts.resource).label for urn in sorted(given))


def _summary(name: str, found: Sequence[Reached]) -> str:
    """The radius in a sentence or two."""
    certain = [one for one in found if one.verdict == "yes"]
    if not found:
        return f"Whoever holds {name} reaches nothing else."
    parts = []
    for how, what in (("administers", "account"), ("reads", "data store"), ("acts as", "principal or workload")):
        count = sum(one.how == how for one in certain)
        if count:
            parts.append(f"{how} {count} {_plural(what, count)}")
    far = max((one.steps for one in certain), default=0)
    lines = []
    if parts:
        lines.append(f"Whoever holds {name} {_listed(parts)}, in at most {far} {_plural('step', far)}.")
    sensitive = sum(one.data != "" for one in certain)
    if sensitive:
        lines.append(f"{sensitive} of the data stores {'is' if sensitive == 1 else 'are'} tagged sensitive.")
    left = len(found) - len(certain)
    if left:
        lines.append(f"{left} more may be reached, depending on what is not known.")
    return " ".join(lines)


def _plural(what: str, count: int) -> str:
    if count == 1:
        return what
    return "principals and workloads" if what == "principal or workload" else f"{what}s"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _cells(one: Reached) -> tuple[str, ...]:
    proof = one.verdict if one.verdict == "yes" else f"depends on {'; '.join(one.depends_on)}"
    what = (one.thing.cls or str(Class.ACCOUNT)).replace("_", " ")
    return one.thing.label, what, one.how, str(one.steps), proof, one.data


def _data(one: Reached) -> dict[str, Any]:
    return {
        "resource": one.thing,
        "how": one.how,
        "steps": one.steps,
        "verdict": one.verdict,
        "depends_on": list(one.depends_on),
        "severity": str(one.severity),
        "sensitive": bool(one.data),
    }
