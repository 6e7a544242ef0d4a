"""Who has what, for an access review: every user and role with its access, last use and owner."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from nephograph.engines.identity import Identity
from nephograph.engines.usage.review import LEGEND, Access, review
from nephograph.estate.graph import Estate
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.replayed import Replayed, replayed
from nephograph.model.answer import Answer, Coverage, Table, Text

SECTION = "Who can do what"

_FEW, _MANY = 6, 1000


class ReviewAsk(Ask, frozen=True, kw_only=True):
    """List who has what, for an access review: administrators, access levels by service, data stores, who may take a
    role on from outside, credentials, last use (with --used), and the owner by tag or by the file it is written in.
    """

    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()
    used: Annotated[tuple[str, ...], Option("a file or folder of CloudTrail events", metavar="EVENTS")] = ()
    only: Annotated[tuple[str, ...], Option("only principals whose name or ARN holds this", metavar="WORD")] = ()
    all: Annotated[bool, Option("name every service and data store in the table, not the first few")] = False
    verify: Annotated[bool, Option("decide every answer again by a second evaluator; a difference is an error")] = False


ASK = ReviewAsk

_COLUMNS = (
    "principal",
    "kind",
    "account",
    "admin",
    "services",
    "data stores",
    "taken on by",
    "from outside",
    "credentials",
    "last used",
    "used by",
    "owner",
)


def answer(ask: ReviewAsk, context: Context) -> Answer:
    """The review of one estate."""
    usage = context.usage
    rows = review(context.estate, usage, ask.only)
    checked = _replayed(context.estate, rows) if ask.verify else None
    gaps = context.coverage.not_evaluated + (tuple(usage.gaps) if usage else ())
    most = _MANY if ask.all else _FEW
    return Answer(
        command="review",
        snapshot=context.snapshot,
        coverage=Coverage(context.coverage.seen, context.coverage.evaluated, gaps),
        errors=(*context.problems, *(usage.problems if usage else ()), *(checked.problems if checked else ())),
        assumptions=context.assumptions,
        blocks=(
            Text(_summary(rows, usage is not None)),
            Table(_COLUMNS, tuple(_row(one, most) for one in rows), f"Access ({LEGEND})"),
            *((Text(checked.words),) if checked else ()),
        ),
        data={
            "principals": [_data(one) for one in rows],
            "period": {"first": _day(usage.first), "last": _day(usage.last), "events": usage.events} if usage else None,
            **({"replayed": checked.data()} if checked else {}),
        },
    )


def _replayed(estate: Estate, rows: list[Access]) -> Replayed:
    """What services and data stores were told from, decided again. That everything is allowed is no one request."""
    checked = replayed(estate, Identity(estate), (decision for row in rows for decision in row.decisions))
    everything = sum(row.administrator == "yes" for row in rows)
    if everything:
        checked.reasons = {**checked.reasons, "an administrator is allowed everything, which is no request": everything}
    return checked


def _summary(rows: list[Access], used: bool) -> str:
    own = [row for row in rows if row.urn]
    admins = [row for row in own if row.administrator == "yes"]
    perhaps = [row for row in own if row.administrator == "depends"]
    outside = [row for row in own if row.external]
    said = [f"users and roles: {len(own)}", f"administrators: {len(admins)}"]
    if perhaps:
        said.append(f"administrators where it depends: {len(perhaps)}")
    said.append(f"taken on from outside their account: {len(outside)}")
    if used:
        said.append(f"not in the log: {sum(row.last_used == 0 for row in own)}")
        said.append(f"in the log and not of the estate: {len(rows) - len(own)}")
    return "; ".join(said).capitalize() + "."


def _row(one: Access, most: int) -> tuple[str, ...]:
    last = "" if one.last_used is None else _day(one.last_used) if one.last_used else "not in the log"
    if not one.last_used and one.told_used:
        last = f"{one.told_used} (as AWS says)"
    return (
        one.name,
        one.kind,
        one.account or "-",
        {"yes": "yes", "depends": "depends", "no": "no", None: "not of the estate"}[one.administrator],
        _levels(one.services, most),
        _levels(one.stores, most),
        _some(one.lets_in, most),
        _some(one.external, most),
        _some(one.credentials, most),
        last,
        _some(one.used_by, most),
        one.owner,
    )


def _levels(found: dict[str, str], most: int) -> str:
    return "everything" if "*" in found else _some([f"{name} {levels}" for name, levels in found.items()], most)


def _some(names: tuple[str, ...] | list[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _data(one: Access) -> dict[str, Any]:
    return {
        "urn": one.urn or None,
        "name": one.name,
        "arn": one.arn,
        "account": one.account,
        "kind": one.kind,
        "administrator": one.administrator,
        "services": one.services,
        "data_stores": one.stores,
        "taken_on_by": list(one.lets_in),
        "external": list(one.external),
        "credentials": list(one.credentials),
        "last_used": _day(one.last_used) if one.last_used else None,
        "last_used_by_service": {name: _day(time) for name, time in one.services_used.items()},
        "last_used_as_told": one.told_used or None,
        "used_by": list(one.used_by),
        "owner": one.owner or None,
        "owner_from": one.owner_from or None,
    }


def _day(time: int) -> str:
    return datetime.datetime.fromtimestamp(time, datetime.UTC).date().isoformat() if time else "-"
