"""Who can become whom, or administrator, by which documented path: each with its steps and their proof."""

from __future__ import annotations

import difflib
import hashlib
import heapq
import itertools
import pathlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import msgspec

from nephograph.engines.identity.assumptions import taken_for_granted
from nephograph.engines.identity.organization import Organization
from nephograph.engines.paths.closure import Closure, Move, MoveKey, Way, close
from nephograph.engines.paths.story import tell
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context, subject
from nephograph.lenses.common.dossier import called
from nephograph.library.escalations import escalation_rules, escalations
from nephograph.library.escalations.declare import Escalation, step
from nephograph.model.answer import Answer, AttackPath, Severity, Table, Text
from nephograph.model.errors import UsageError
from nephograph.model.facts import Fact, Facts
from nephograph.model.resource import Resource
from nephograph.model.rule import Atom, StepRule, atom
from nephograph.model.verdict import YES, Answered, Verdict, all_of, any_of

SECTION = "Who can do what"

_KINDS = ("aws_iam_role", "aws_iam_user")
_WORKLOAD = "workload-identity"

_START = StepRule(
    name="start",
    when=(atom("starts", "?principal"),),
    then=atom("has", "?principal"),
    source="?principal",
    target="?principal",
    says="{principal}",
    label="",
)


class EscalateAsk(Ask, frozen=True, kw_only=True):
    """Show who can become whom, or administrator, by the documented escalation paths, on effective permissions.

    What a boundary, a service control policy, a deny or a condition takes away is not there, and the path with it.
    A word that is a path that exists is read; any other one is a user or role to start from (without one: everybody).
    """

    words: Annotated[
        tuple[str, ...],
        Option(
            "a user or role to start from, by address, ARN or name; directories or files to read",
            positional=True,
            metavar="PRINCIPAL|PATH",
        ),
    ] = ()
    targets: Annotated[
        tuple[str, ...],
        Option(
            "only what ends at something whose name holds this word (administrator: whoever administers)",
            name="to",
            metavar="WORD",
        ),
    ] = ()
    limit: Annotated[int, Option("how many escalations to list at most", metavar="N")] = 50
    exit_code: Annotated[bool, Option("exit 1 when an escalation is proven", name="exit-code")] = False

    @property
    def paths(self) -> tuple[str, ...]:
        """The words that are paths."""
        return tuple(word for word in self.words if _is_path(word))

    @property
    def principals(self) -> tuple[str, ...]:
        """The words that name users and roles."""
        return tuple(word for word in self.words if not _is_path(word))


ASK = EscalateAsk


def _is_path(word: str) -> bool:
    return pathlib.Path(word.removesuffix("@before").removesuffix("@after")).exists()


class Hop(NamedTuple):
    """One documented path from a principal to what it becomes: another principal, or `account …` (administrator)."""

    escalation: Escalation
    source: str
    target: str
    moves: tuple[Move, ...]

    @property
    def verdict(self) -> Verdict:
        """All of its moves together."""
        return all_of(move.verdict for move in self.moves)


class Row(NamedTuple):
    """One escalation: a documented path, or several one after the other."""

    hops: tuple[Hop, ...]
    path: AttackPath
    administers: bool

    @property
    def ids(self) -> str:
        """The ids of its paths, in order."""
        return " → ".join(hop.escalation.id for hop in self.hops)


def answer(ask: EscalateAsk, context: Context) -> Answer:
    """The escalations of one estate, the worst first. Raises `UsageError` for a principal that is not there."""
    facts = context.facts
    everybody = sorted((r for kind in _KINDS for r in facts.resources(kind)), key=lambda r: r.urn)
    administrators = {f.args[0] for f in facts.query("administrator", (None, None)) if f.verdict.answer == "yes"}
    chosen = [one for word in ask.principals for one in _principal(context, word)] if ask.principals else everybody
    closure = close([*escalation_rules(), step(_WORKLOAD), _START], _Asked(facts, chosen, administrators))
    hops = [hop for hop in _hops(closure, facts) if _gains(hop, facts, administrators)]
    starts = {resource.urn for resource in chosen}
    rows = [_row([hop], context, administrators) for hop in hops if hop.source in starts]
    rows += [_row(chain, context, administrators) for chain in _chains(hops, chosen, administrators, ask)]
    rows = sorted((row for row in rows if _named(row, ask.targets)), key=_order)
    shown = rows[: ask.limit]
    verdicts = {row.path.verdict for row in rows}
    cut = [closure.cut] if closure.cut else []
    cut += [f"escalations: {len(rows) - len(shown)} more are not listed"] if len(rows) > len(shown) else []
    verdict: Answered = "yes" if "yes" in verdicts else "depends" if verdicts else "no"
    table = Table(("principal", "becomes", "path", "verdict"), tuple(map(_cells, shown)), "Escalations")
    open_ = dict.fromkeys(on for row in rows for on in row.path.depends_on)
    return Answer(
        command="escalate",
        snapshot=context.snapshot,
        verdict=verdict,
        depends_on=tuple(open_) if verdict == "depends" else (),
        coverage=context.coverage,
        errors=context.problems,
        assumptions=(*context.assumptions, *_assumptions(context, everybody, administrators), *cut),
        paths=tuple(row.path for row in shown),
        blocks=(
            Text(_summary(rows, chosen, administrators, facts)),
            *((table,) if shown else ()),
        ),
        data={
            "escalations": [_data(row) for row in rows],
            "administrators": [subject(r) for r in everybody if r.urn in administrators],
            "known": len(escalations()),
        },
    )


class _Asked:
    """The facts, with who starts. An administrator has nothing to win in its account: nothing is asked of it there."""

    _OF_PRINCIPALS = ("can", "can_pass", "can_rewrite", "may")

    def __init__(self, facts: Facts, starts: Sequence[Resource], administrators: set[str]) -> None:
        self._facts = facts
        self._starts = starts
        self._administrators = administrators

    def query(self, predicate: str, args: Sequence[str | None]) -> Iterable[Fact]:
        """See `engines.paths.closure.Queries`."""
        if predicate == "starts":
            return [Fact("starts", (r.urn,), YES) for r in self._starts if args[0] in (None, r.urn)]
        if predicate in self._OF_PRINCIPALS and args[0] in self._administrators:
            return ()
        return self._facts.query(predicate, args)


def _principal(context: Context, word: str) -> list[Resource]:
    found = [r for r in called(context.estate, word) if r.kind in _KINDS]
    if not found:
        names = [n for kind in _KINDS for r in context.facts.resources(kind) for n in (r.label, r.address) if n]
        close_ = difflib.get_close_matches(word, names, n=3, cutoff=0.5)
        help_ = f"did you mean {', '.join(close_)}?" if close_ else "name a user or role by its address, ARN or name"
        raise UsageError("nothing-known", f"no user or role goes by the name {word}", help_)
    return found


def _hops(closure: Closure, facts: Facts) -> Iterator[Hop]:
    """Every documented path of the closure, from principal to principal. Code on a workload holds its role."""
    said: dict[str, list[Escalation]] = defaultdict(list)
    for escalation in escalations():
        for rule in escalation.rules:
            said[rule.name].append(escalation)
    onward: dict[Atom, list[Move]] = defaultdict(list)
    for move in closure.moves:
        if move.key.rule == _WORKLOAD:
            onward[move.premises[0]].append(move)
    for move in closure.moves:
        for escalation in said[move.key.rule]:
            narrowed = _narrowed(move, escalation)
            if narrowed is None:
                continue
            source, target = move.premises[0].terms[0], move.head.terms[0]
            resource = facts.resource(target)
            if move.head.predicate == "admin" or (resource is not None and resource.kind in _KINDS):
                yield Hop(escalation, source, target, (narrowed,))
            for last in onward[move.head]:
                yield Hop(escalation, source, last.head.terms[0], (narrowed, last))


def _narrowed(move: Move, escalation: Escalation) -> Move | None:
    """The move with only those ways that are this path."""
    ways = tuple(way for way in move.ways if set(escalation.where) <= set(way.binding))
    if not ways:
        return None
    return move if len(ways) == len(move.ways) else Move(move.key, move.step, ways, any_of(way.verdict for way in ways))


def _gains(hop: Hop, facts: Facts, administrators: set[str]) -> bool:
    """Is anything won? Nothing by becoming oneself, nor by who administers the account already."""
    if hop.source == hop.target:
        return False
    one, other = facts.resource(hop.source), facts.resource(hop.target)
    account = hop.target.removeprefix("account ") if other is None else other.scope.account
    return hop.source not in administrators or (one is not None and one.scope.account != account)


_ADMINISTRATOR = "administrator"


def _chains(
    hops: Sequence[Hop], chosen: Sequence[Resource], administrators: set[str], ask: EscalateAsk
) -> Iterator[list[Hop]]:
    """Several paths one after the other: to everything from a named principal, else only to who administers."""
    direct = {(hop.source, hop.target) for hop in hops}
    onward: dict[str, list[tuple[str, Hop]]] = defaultdict(list)
    back: dict[str, list[tuple[str, Hop]]] = defaultdict(list)
    owners = set()
    for hop in hops:
        onward[hop.source].append((hop.target, hop))
        ends = hop.target.startswith("account ") or hop.target in administrators
        back[_ADMINISTRATOR if ends else hop.target].append((hop.source, hop))
        owners |= {hop.source} if ends else set()
    if ask.principals:
        for one in chosen:
            for target, chain in _best(onward, one.urn).items():
                if len(chain) > 1 and (one.urn, target) not in direct and target != one.urn:
                    yield chain
        return
    best = _best(back, _ADMINISTRATOR)
    for one in chosen:
        chain = best.get(one.urn, [])
        if len(chain) > 1 and one.urn not in owners and one.urn not in administrators:
            yield chain[::-1]


def _best(edges: Mapping[str, Sequence[tuple[str, Hop]]], start: str) -> dict[str, list[Hop]]:
    """The best chain to everything within reach: proven before conditional, then the fewest paths, then by name."""
    found: dict[str, list[Hop]] = {}
    count = itertools.count()
    heap: list[tuple[int, int, tuple[str, ...], int, str, list[Hop]]] = [(0, 0, (), next(count), start, [])]
    while heap:
        unsure, _, _, _, node, chain = heapq.heappop(heap)
        if node in found:
            continue
        found[node] = chain
        for target, hop in edges.get(node, ()):
            if target not in found:
                longer = [*chain, hop]
                rank = max(unsure, int(hop.verdict.answer != "yes"))
                ids = tuple(f"{h.escalation.id} {h.source} {h.target}" for h in longer)
                heapq.heappush(heap, (rank, len(longer), ids, next(count), target, longer))
    del found[start]
    return found


def _row(hops: Sequence[Hop], context: Context, administrators: set[str]) -> Row:
    source = hops[0].source
    key = MoveKey(_START.name, source, source, Atom("has", (source,)), ())
    start = Move(key, _START, (Way((("?principal", source),), ()),), YES)
    last = hops[-1].target
    administers = last.startswith("account ") or last in administrators
    severity = Severity.CRITICAL if administers else Severity.MEDIUM
    yields = "is administrator" if last.startswith("account ") else hops[-1].escalation.yields
    told = tell([start, *(move for hop in hops for move in hop.moves)], context.facts.resource, severity, yields)
    text = "\n".join((source, *(hop.escalation.id for hop in hops), last))
    path = msgspec.structs.replace(
        told, id=f"path-{hashlib.sha256(text.encode()).hexdigest()[:12]}", steps=told.steps[1:]
    )
    return Row(tuple(hops), path, administers)


def _order(row: Row) -> tuple[bool, int, str, str, int, str]:
    path = row.path
    entry, target = f"{path.entry.label} {path.entry.urn}", f"{path.target.label} {path.target.urn}"
    return path.verdict != "yes", path.severity.rank, entry, target, len(row.hops), row.ids


def _named(row: Row, words: Sequence[str]) -> bool:
    target = row.path.target
    mark = _ADMINISTRATOR if row.administers else ""
    text = " ".join((target.urn, target.kind, target.address, target.label, mark)).lower()
    return not words or any(word.lower() in text for word in words)


def _becomes(row: Row) -> str:
    label = row.path.target.label
    if row.hops[-1].target.startswith("account "):
        return f"administrator of {label}"
    return f"{label} (administrator)" if row.administers else label


def _cells(row: Row) -> tuple[str, ...]:
    return row.path.entry.label, _becomes(row), row.ids, row.path.verdict


def _data(row: Row) -> dict[str, Any]:
    last = row.hops[-1].escalation
    return {
        "principal": row.path.entry,
        "becomes": row.path.target,
        "administrator": row.administers,
        "path": last.id if len(row.hops) == 1 else None,
        "chain": [hop.escalation.id for hop in row.hops],
        "verdict": row.path.verdict,
        "depends_on": list(row.path.depends_on),
        "steps": row.path.id,
        "documented": [
            {
                "id": one.id,
                "title": one.title,
                "permissions": list(one.permissions),
                "needs": list(one.needs),
                "yields": one.yields,
                "fix": one.fix,
                "techniques": list(one.techniques),
                "references": list(one.references),
            }
            for one in dict.fromkeys(hop.escalation for hop in row.hops)
        ],
    }


def _summary(rows: Sequence[Row], chosen: Sequence[Resource], administrators: set[str], facts: Facts) -> str:
    """The answer in a sentence, who administers already, and how to take away what was found."""
    who = _names(chosen) if len(chosen) <= 3 else f"{len(chosen)} users and roles"
    starts = {row.path.entry.urn for row in rows}
    rising = {row.path.entry.urn for row in rows if row.administers}
    looked = f"{len(escalations())} documented paths were looked for, from {who or 'no user or role'}."
    lines = [looked]
    if rows:
        lines.append(f"{len(starts)} can become somebody else or more; {len(rising)} of them administrator.")
    else:
        lines.append("Nobody becomes anybody else by one of them.")
    owners = [r for urn in sorted(administrators) if (r := facts.resource(urn)) is not None]
    if owners:
        more = f" and {len(owners) - 5} more" if len(owners) > 5 else ""
        lines.append(f"Administrator already: {_names(owners[:5])}{more}.")
    fixes = {hop.escalation.id: hop.escalation.fix for row in rows for hop in row.hops}
    return "\n".join([" ".join(lines), *(f"{id_}: {fixes[id_]}" for id_ in sorted(fixes))])


def _names(resources: Sequence[Resource]) -> str:
    """Resources by what people call them, in a sentence."""
    return ", ".join(one.label or one.address for one in resources)


def _assumptions(context: Context, everybody: Sequence[Resource], administrators: set[str]) -> Iterator[str]:
    if administrators:
        yield "Of administrators it is only asked which roles of other accounts they can assume."
    if everybody:
        yield from taken_for_granted(context.estate, Organization(context.estate))
