"""What this principal can do: administrator or not, by access level of each service, and on each data store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from nephograph.engines.identity import Identity
from nephograph.engines.identity.administrators import is_administrator
from nephograph.engines.identity.assumptions import taken_for_granted
from nephograph.engines.identity.reach import Grant, reach
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.naming import principal_named
from nephograph.lenses.common.replayed import replayed
from nephograph.model.answer import Answer, Block, Table, Text
from nephograph.model.facts import Decision
from nephograph.model.resource import Resource

SECTION = "Who can do what"


class WhatAsk(Ask, frozen=True, kw_only=True):
    """Tell what PRINCIPAL can do, by access level of each service and by data store.

    A service's row asks about some resource of the principal's account, or none; a data store's row asks about that
    one, its own policy included. Administrators are said as such.
    """

    principal: Annotated[str, Option("a role, user or session by name, address or ARN", positional=True)]
    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()
    verify: Annotated[bool, Option("decide every answer again by a second evaluator; a difference is an error")] = False


ASK = WhatAsk

_SHOWN = 6


def answer(ask: WhatAsk, context: Context) -> Answer:
    """What is possible. Raises `UsageError` for a name that nothing goes by."""
    estate = context.estate
    identity = Identity(estate)
    principal = principal_named(estate, ask.principal)
    who = identity.principal(principal)
    admin = is_administrator(identity, who.resource) if who.resource is not None else None
    found = reach(identity, estate, principal)
    checked = replayed(estate, identity, found.decisions) if ask.verify else None
    return Answer(
        command="what",
        snapshot=context.snapshot,
        coverage=context.coverage,
        errors=(*context.problems, *(checked.problems if checked else ())),
        assumptions=(*context.assumptions, *taken_for_granted(estate, identity.organization)),
        blocks=(
            *_blocks(who.name, admin, found.services, found.stores, estate.resources),
            *((Text(checked.words),) if checked else ()),
        ),
        data={
            "principal": who.id,
            "administrator": {
                "verdict": admin.verdict.answer if admin else "depends",
                "depends_on": list(admin.verdict.depends_on) if admin else [f"policies of {who.name}"],
                "because": list(admin.verdict.because) if admin else [],
            },
            "services": {name: _data(grants) for name, grants in found.services.items()},
            "stores": {urn: _data(grants) for urn, grants in found.stores.items()},
            **({"replayed": checked.data()} if checked else {}),
        },
    )


def _blocks(
    name: str,
    admin: Decision | None,
    services: dict[str, tuple[Grant, ...]],
    stores: dict[str, tuple[Grant, ...]],
    resources: dict[str, Resource],
) -> tuple[Block, ...]:
    blocks: list[Block] = [Text(_said_of_administration(name, admin, bool(services or stores)))]
    rows = [(_shown(urn, resources), *row) for urn, grants in stores.items() for row in _rows(grants)]
    if rows:
        blocks.append(Table(("data store", "access level", "can", "actions"), tuple(rows), "By data store"))
    if admin is None or admin.verdict.answer != "yes":
        rows = [(service, *row) for service, grants in services.items() for row in _rows(grants)]
        if rows:
            blocks.append(Table(("service", "access level", "can", "actions"), tuple(rows), "By service"))
    return tuple(blocks)


def _shown(urn: str, resources: dict[str, Resource]) -> str:
    """What to call a data store."""
    return resources[urn].label or resources[urn].address


def _said_of_administration(name: str, admin: Decision | None, something: bool) -> str:
    if admin is None:
        return f"Policies of {name} are not in the data: what others grant is all that can be told."
    place = next((str(fact.location) for fact in admin.verdict.because if fact.location), "")
    if admin.verdict.answer == "yes":
        return f"{name} is administrator: it can do everything in its account. {place}".rstrip()
    if admin.verdict.answer == "depends":
        return f"{name} may be administrator, depending on: {'; '.join(admin.verdict.depends_on)}."
    return f"{name} is no administrator." if something else f"{name} can do nothing."


def _rows(grants: Iterable[Grant]) -> list[tuple[str, str, str]]:
    """One row an access level and answer."""
    grouped: dict[tuple[str, str], list[Grant]] = {}
    for grant in grants:
        grouped.setdefault((grant.level, grant.answer), []).append(grant)
    return [(level, said, _named(some)) for (level, said), some in grouped.items()]


def _named(grants: list[Grant]) -> str:
    names = sorted({name for grant in grants for name in grant.actions})
    conditions = list(dict.fromkeys(text for grant in grants for text in grant.decision.condition))
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    tail = f" ({'; '.join(conditions[:3])}{' …' if len(conditions) > 3 else ''})" if conditions else ""
    return f"{', '.join(name.partition(':')[2] for name in names[:_SHOWN])}{more}{tail}"


def _data(grants: Iterable[Grant]) -> list[dict[str, Any]]:
    return [
        {
            "level": grant.level,
            "verdict": grant.answer,
            "actions": list(grant.actions),
            "condition": list(grant.decision.condition),
            "depends_on": list(grant.decision.verdict.depends_on),
            "because": list(grant.decision.verdict.because),
        }
        for grant in grants
    ]
