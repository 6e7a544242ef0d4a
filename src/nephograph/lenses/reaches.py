"""Everything and everyone that can get to this resource: from outside, and by whoever holds what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from nephograph.engines.identity.assumptions import not_in_the_data
from nephograph.engines.paths.attack import Target, paths_to
from nephograph.engines.paths.closure import Remembered, close
from nephograph.engines.paths.held import Starts
from nephograph.engines.paths.reaching import ways_to
from nephograph.engines.paths.story import subject, tell
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.attack import severity_of_loss
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.dossier import called
from nephograph.lenses.common.naming import nothing_known, several
from nephograph.library.escalations import attack_rules
from nephograph.library.losses import verb
from nephograph.model.answer import Answer, AttackPath, Severity, Subject, Table, Text
from nephograph.model.resource import Class
from nephograph.model.rule import Atom
from nephograph.model.verdict import Answered

SECTION = "Attack paths"


class ReachesAsk(Ask, frozen=True, kw_only=True):
    """List who and what can get to RESOURCE: the outside, and every principal and workload, with how.

    For a data store that means reading it, for a principal or workload acting as it, for an account (its number)
    administering it. Each start is taken alone: what it reaches with what it holds, and nothing else.
    """

    resource: Annotated[str, Option("a resource by name, address or ARN; or the number of an account", positional=True)]
    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()
    limit: Annotated[int, Option("how many ways to draw and explain at most", metavar="N")] = 5
    exit_code: Annotated[bool, Option("exit 1 when anybody gets there", name="exit-code")] = False


ASK = ReachesAsk

_COLUMNS = ("who", "what it is", "how", "steps", "proof", "first step")
_STARTS = (Class.PRINCIPAL, Class.COMPUTE, Class.FUNCTION, Class.CONTAINER)
_NOBODY = ("aws_iam_instance_profile", "aws_iam_group")


class Reacher(NamedTuple):
    """Who gets there, how it ends, in how many steps, and the story."""

    start: Subject
    how: str
    path: AttackPath

    @property
    def verdict(self) -> Answered:
        """Is it proven?"""
        return self.path.verdict


def answer(ask: ReachesAsk, context: Context) -> Answer:
    """Who gets there. Raises `UsageError` for a name that nothing goes by, or several do."""
    facts = context.facts
    wanted, name, severity = _wanted(ask.resource, context)
    asked = Remembered(facts)
    outside = close(attack_rules(), asked)
    entered = paths_to(outside, [Target(atom, severity) for atom in wanted], facts.resource)
    everything = facts.resources()
    things = tuple(r.urn for r in everything if r.cls in _STARTS and r.kind not in _NOBODY)
    ways, cut = ways_to(attack_rules(), asked, Starts(things), everything, wanted)
    found = [_from_outside(path, entered.proofs[path.id][-1].head.predicate) for path in entered.paths]
    for way in ways:
        path = tell(way.proof, facts.resource, severity)
        found.append(Reacher(subject(way.start, facts.resource), f"{verb(way.atom.predicate)} it", path))
    found = sorted(found, key=_order)
    certain = sum(one.verdict == "yes" for one in found)
    verdict: Answered = "yes" if certain else "depends" if found else "no"
    open_ = dict.fromkeys(on for one in found for on in one.path.depends_on)
    missing = ", ".join(not_in_the_data(context.estate))
    assumptions = [f"Not in the data, so not in any decision: {missing}."] if missing else []
    table = Table(
        ("who", "what it is", "how", "steps", "proof", "first step"), tuple(map(_cells, found)), "Who gets here"
    )
    shown = [one.path for one in found if one.path.steps][: ask.limit]
    return Answer(
        command="reaches",
        snapshot=context.snapshot,
        verdict=verdict,
        depends_on=tuple(open_) if verdict == "depends" else (),
        coverage=context.coverage,
        errors=context.problems,
        assumptions=(*context.assumptions, *assumptions, *filter(None, dict.fromkeys((outside.cut, entered.cut, cut)))),
        paths=tuple(shown),
        blocks=(Text(_summary(name, found, len(things))), *((table,) if found else ())),
        data={"resource": [str(atom) for atom in wanted], "reached_by": [_data(one) for one in found]},
    )


def _wanted(word: str, context: Context) -> tuple[list[Atom], str, Severity]:
    """What getting there means, as atoms; what to call it; and how bad it is."""
    accounts = {r.scope.account for r in context.estate.resources.values() if r.scope.account}
    number = word.removeprefix("account").strip()
    if number in accounts:
        return [Atom("admin", (f"account {number}",))], f"account {number}", Severity.CRITICAL
    found = called(context.estate, word)
    if not found:
        raise nothing_known("resource", word, context.estate.resources.values(), "the number of an account does, too")
    if len(found) > 1:
        raise several("resources", word, found)
    (resource,) = found
    atoms = [
        Atom(predicate, (resource.urn,))
        for predicate in sorted({"has", *(rule.then.predicate for rule in attack_rules())} - {"admin"})
    ]
    return atoms, resource.label or resource.address, severity_of_loss(resource)


def _from_outside(path: AttackPath, predicate: str) -> Reacher:
    return Reacher(path.entry, f"{verb(predicate)} it", path)


def _order(one: Reacher) -> tuple[bool, bool, int, str, str]:
    outside = one.start.kind != ""
    return one.verdict != "yes", outside, len(one.path.steps), one.start.label, one.start.urn


def _summary(name: str, found: Sequence[Reacher], asked: int) -> str:
    outside = [one for one in found if not one.start.kind and one.verdict == "yes"]
    inside = {one.start.urn for one in found if one.start.kind and one.verdict == "yes"}
    maybe = {one.start.urn for one in found if one.verdict != "yes"} - inside
    lines = []
    if outside:
        lines.append(f"{name} is reached from {' and '.join(dict.fromkeys(one.start.label for one in outside))}.")
    else:
        lines.append(
            f"Nobody outside gets to {name}." if not found or inside else f"Nobody is proven to get to {name}."
        )
    lines.append(f"{len(inside)} of {asked} principals and workloads get there, each by what it holds alone.")
    if maybe:
        lines.append(f"{len(maybe)} more may, depending on what is not known.")
    return " ".join(lines)


def _cells(one: Reacher) -> tuple[str, ...]:
    proof = one.verdict if one.verdict == "yes" else f"depends on {'; '.join(one.path.depends_on)}"
    first = one.path.steps[0].label if one.path.steps else ""
    cls = one.start.cls.replace("_", " ")
    return one.start.label, cls, one.how, str(len(one.path.steps)), proof, first


def _data(one: Reacher) -> dict[str, Any]:
    return {
        "who": one.start,
        "how": one.how,
        "steps": len(one.path.steps),
        "verdict": one.verdict,
        "depends_on": list(one.path.depends_on),
        "path": one.path,
    }
