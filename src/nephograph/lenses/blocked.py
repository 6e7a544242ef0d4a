"""What is granted and does not work: grants that a boundary or a policy of the organization makes void."""

from __future__ import annotations

import pathlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import msgspec

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.identity import Identity
from nephograph.engines.identity.assumptions import taken_for_granted
from nephograph.engines.limits.void import Blocker, Void, Voids, voids
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.estates import Translated, translated
from nephograph.engines.permissions.who import who
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.dossier import called
from nephograph.lenses.common.naming import PRINCIPAL_KINDS, nothing_known
from nephograph.lenses.common.permissions import TITLES, not_known
from nephograph.lenses.common.replayed import Replayed
from nephograph.lenses.common.statements import Statements
from nephograph.model.answer import Answer, Coverage, Table, Text
from nephograph.model.errors import Problem
from nephograph.model.resource import Resource
from nephograph.model.source import Gap
from nephograph.model.verdict import Evidence

SECTION = "Who can do what"

_SHOWN = 6
_PARTS = 2


class BlockedAsk(Ask, frozen=True, kw_only=True):
    """List what identity policies grant and an SCP, an RCP or a permissions boundary makes void, with what blocks it.

    Grant by grant: the statement that grants, the actions, the statement that denies or the limit that does not allow,
    and whether anything of the grant is left. Every row comes with a request that the policies of the principal allow
    and the limit stops; a second evaluator decides it again. A word that is a path that exists is read; any other one
    is a user or role (without one: everybody).
    """

    words: Annotated[
        tuple[str, ...],
        Option(
            "a user or role, by address, ARN or name; directories or files to read",
            positional=True,
            metavar="PRINCIPAL|PATH",
        ),
    ] = ()
    whole: Annotated[bool, Option("only actions of a grant of which nothing is left")] = False
    exit_code: Annotated[bool, Option("exit 1 when a grant is void for certain", name="exit-code")] = False

    @property
    def paths(self) -> tuple[str, ...]:
        """The words that are paths."""
        return tuple(word for word in self.words if pathlib.Path(word).exists())

    @property
    def principals(self) -> tuple[str, ...]:
        """The words that name users and roles."""
        return tuple(word for word in self.words if word not in self.paths)


ASK = BlockedAsk


class Row(msgspec.Struct, frozen=True):
    """Actions of one granting statement that one limit makes void: `first` stands for all of them.

    `granting` and `blocking` are the statements with their places; `replayed` None: it could not be.
    """

    principal: Resource
    first: Void
    actions: tuple[str, ...]
    levels: tuple[str, ...]
    granting: Evidence
    blocking: Evidence
    depends_on: tuple[str, ...]
    replayed: bool | None


def answer(ask: BlockedAsk, context: Context) -> Answer:
    """The void grants of one estate. Raises `UsageError` for a principal that is not there."""
    estate = context.estate
    identity = Identity(estate)
    everybody = sorted((r for kind in PRINCIPAL_KINDS for r in estate.of_kind(kind)), key=lambda r: r.urn)
    chosen = [one for word in ask.principals for one in _named(context, word, everybody)] or everybody
    names = translated(estate)
    engine = Engine(names.set)
    rows: list[Row] = []
    told = Voids()
    for resource in chosen:
        one = who(names.text(resource.arn))
        if one is None:
            continue
        found = voids(engine, one)
        told.grants += found.grants
        told.gaps += found.gaps
        rows += _rows(identity, engine, names, resource, [v for v in found.found if v.whole or not ask.whole])
    certain = [row for row in rows if not row.depends_on]
    kind = "yes" if certain else "depends" if rows else "no"
    checked = _replayed(rows)
    gaps = tuple(Gap("nothing-known", "permissions", text) for text in dict.fromkeys((*told.gaps, *names.set.gaps)))
    open_ = dict.fromkeys(on for row in rows for on in row.depends_on)
    return Answer(
        command="blocked",
        snapshot=context.snapshot,
        verdict=kind,  # type: ignore[arg-type]
        depends_on=tuple(open_) if kind == "depends" else (),
        coverage=Coverage(context.coverage.seen, context.coverage.evaluated, (*context.coverage.not_evaluated, *gaps)),
        errors=(*context.problems, *checked.problems),
        assumptions=(*context.assumptions, *taken_for_granted(estate, identity.organization)),
        blocks=(
            Text(_summary(rows, told.grants, len(chosen))),
            *(
                (Table(("principal", "granted by", "void", "blocked by", "extent"), tuple(map(_cells, rows))),)
                * bool(rows)
            ),
            *((Text(checked.words),) if rows else ()),
        ),
        data={
            "blocked": [_data(row) for row in rows],
            "counts": {
                "principals": len(chosen),
                "grants": told.grants,
                "void": len(_grants(row for row in certain if row.first.whole)),
                "partly_void": len(_grants(certain) - _grants(row for row in certain if row.first.whole)),
                "depends": len(_grants(rows) - _grants(certain)),
            },
            "replayed": checked.data(),
        },
    )


def _named(context: Context, word: str, everybody: Sequence[Resource]) -> list[Resource]:
    found = [one for one in called(context.estate, word) if one.kind in PRINCIPAL_KINDS]
    if not found:
        raise nothing_known("user or role", word, everybody, "name one by its address, ARN or name")
    return found


def _rows(
    identity: Identity, engine: Engine, names: Translated, resource: Resource, found: Iterable[Void]
) -> list[Row]:
    """Void grants as rows: what differs in its actions alone is one."""
    principal = identity.principal(resource)
    bounds = identity.boundary_of(resource)
    scp = identity.organization.over_principal(principal)
    rcp = identity.organization.over_resource(principal, principal.account, "s3:*", None)
    ceilings = {"scp": scp, "rcp": rcp}
    every = [*identity.policies_of(resource), *([bounds] if bounds else ())]
    for ceiling in (scp, rcp):
        every += ceiling.policies if ceiling else ()
    statements = Statements(names.set, names.text, every)

    def level(blocker: Blocker) -> str:
        """The level of the organization as people call it, where it is known which account this is."""
        ceiling = ceilings.get(blocker.limit.layer)
        chain = ceiling.chains[0] if ceiling is not None and len(ceiling.chains) == 1 else ()
        return chain[blocker.limit.level].name if blocker.limit.level < len(chain) else ""

    def blocking(blocker: Blocker) -> Evidence:
        at = level(blocker)
        title = TITLES[blocker.limit.layer] + (f" of {at}" if at else "")
        if blocker.policy is not None and blocker.statement is not None:
            fact = statements.evidence(blocker.policy, blocker.statement)
            which = f"{title}: " if blocker.limit.layer == "boundary" else ""
            return Evidence(f"{which}{fact.text} denies", fact.subject, fact.location)
        if all(names.set.policies[number].unknown for number in blocker.limit.policies) and blocker.limit.policies:
            return Evidence(f"{title}: what it says is not known")
        held = ", ".join(names.set.names[number] for number in blocker.limit.policies) or "no policy"
        return Evidence(f"{title}: nothing of {held} allows it")

    grouped: dict[Any, list[Void]] = {}
    for one in found:
        alike = bool(one.depends_on) or one.whole or (one.parts, one.more_parts)
        key = (one.policy, one.statement, one.blocker, one.depends_on, one.whole, alike)
        grouped.setdefault(key, []).append(one)
    made: list[Row] = []
    for some in grouped.values():
        first = some[0]
        depends = (*first.depends_on, *not_known(first.request, first.parts, names.invented))
        replays = None if depends or first.granted is None or first.limited is None else _agrees(first)
        actions = [action for void in some for action in void.actions]
        made.append(
            Row(
                resource,
                first,
                tuple(action.spelled for action in actions),
                tuple(sorted({action.level for action in actions})),
                statements.evidence(first.policy, first.statement),
                blocking(first.blocker),
                depends,
                replays,
            )
        )
    return sorted(made, key=lambda row: (row.granting.text, bool(row.depends_on), not row.first.whole))


def _agrees(one: Void) -> bool:
    """Does the certificate say so: allowed without the limits, not allowed with them?"""
    assert one.granted is not None
    assert one.limited is not None
    request = Request(**one.request)
    return decide(request, Policies(**one.granted)).allowed and not decide(request, Policies(**one.limited)).allowed


def _replayed(rows: Iterable[Row]) -> Replayed:
    told = Replayed()
    reasons: Counter[str] = Counter()
    for row in rows:
        if row.replayed is None:
            reasons["what depends claims nothing" if row.depends_on else "the content of a policy is not known"] += 1
        elif row.replayed:
            told.agreed += 1
        else:
            what = f"{row.first.request['action']} on {row.first.request['resource']} by {row.first.principal}"
            told.problems += (
                Problem(
                    "internal",
                    f"two evaluators contradict each other on {what}, which limits are said to stop",
                    "this is a bug; please report the policies with the request",
                ),
            )
    told.reasons = dict(reasons.most_common())
    return told


def _grants(rows: Iterable[Row]) -> set[tuple[str, int, int]]:
    return {(row.principal.urn, row.first.policy, row.first.statement) for row in rows}


def _summary(rows: Sequence[Row], grants: int, principals: int) -> str:
    of = f"{grants} granting statement{'s' * (grants != 1)}"
    of += f" of {principals} principals" if principals != 1 else ""
    if not rows:
        return f"Nothing of {of} is made void by a boundary or a policy of the organization."
    certain = [row for row in rows if not row.depends_on]
    whole = _grants(row for row in certain if row.first.whole)
    told = [f"{len(whole)} of {of} hold{'s' * (len(whole) == 1)} actions of which nothing is left"]
    partly, perhaps = len(_grants(certain) - whole), len(_grants(rows) - _grants(certain))
    told += [f"{partly} more are void for some resources or requests"] if partly else []
    told += [f"{perhaps} more may be void"] if perhaps else []
    return f"{'; '.join(told)}."


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.principal.label or row.principal.address,
        _placed(row.granting),
        _some(row.actions),
        _placed(row.blocking),
        _extent(row),
    )


def _placed(fact: Evidence) -> str:
    return f"{fact.text} ({fact.location})" if fact.location else fact.text


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


def _extent(row: Row) -> str:
    """How much of the grant is gone, in words."""
    first = row.first
    if row.depends_on:
        return f"depends on {'; '.join(row.depends_on[:_PARTS])}"
    at = f" at resources of account {row.principal.scope.account}" if first.blocker.limit.layer == "rcp" else ""
    if first.whole:
        return f"nothing of it is left{at}"
    said: list[str] = []
    for part in first.parts[:_PARTS]:
        text = f"on {' and '.join(part.resources) or 'everything'}"
        text += f" but not {', '.join(part.but_not)}" if part.but_not else ""
        said.append(text + (f", if {' and '.join(part.conditions)}" if part.conditions else ""))
    more = "; and more" if first.more_parts or len(first.parts) > _PARTS else ""
    return f"void {'; or '.join(said)}{more}{at}"


def _data(row: Row) -> dict[str, Any]:
    first = row.first
    return {
        "principal": row.principal.urn,
        "name": row.principal.label or row.principal.address,
        "granted_by": row.granting,
        "blocked_by": first.blocker.limit.layer,
        "how": "explicitly_denied" if first.blocker.policy is not None else "implicitly_denied",
        "because": row.blocking,
        "actions": list(row.actions),
        "levels": list(row.levels),
        "whole": first.whole,
        "parts": [
            {"resources": list(p.resources) or ["*"], "but_not": list(p.but_not), "if": list(p.conditions)}
            for p in first.parts
        ],
        "more_parts": first.more_parts,
        "depends_on": list(row.depends_on),
        "request": first.request,
        "replayed": row.replayed,
        "policies": {"granted": first.granted, "limited": first.limited},
    }
