"""What one principal did, by what logs told: found in the log, and brought together action by action."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from nephograph.model.events import Actor, Circumstance, Row, Usage
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol

_NAMED = re.compile(r"arn:[\w-]+:iam::(\d{12}):(role|user)/(.+)", re.DOTALL)


class Used(msgspec.Struct, frozen=True):
    """One action on one resource pattern, with all the circumstances it was seen in. `implied`: no log records it."""

    action: str
    resource: str
    circumstances: tuple[Circumstance, ...]
    count: int
    first: int
    last: int
    implied: bool = False
    folded: bool = False


class Record(msgspec.Struct, frozen=True):
    """What a principal did: `used` (failed calls that were let in among them), and the attempts that were denied."""

    actors: tuple[Actor, ...]
    used: tuple[Used, ...]
    denied: tuple[Used, ...]
    calls: int
    failed: int


def actors_of(usage: Usage, resource: Resource | None, said: str) -> list[int]:
    """The actors that a principal of an estate is, or that go by what a person said, as numbers.

    An ARN decides where it is known. Else the name of a user or role does: of code it is not known which account it is
    for, and the ARN of a session leaves out the path of its role.
    """
    if resource is not None and resource.arn and not has_symbol(resource.arn):
        exact = _where(usage, lambda actor: actor.name == resource.arn)
        return exact or _called(usage, resource.label, resource.arn.split(":")[4], _kind(resource))
    if resource is not None:
        return _called(usage, resource.label, "", _kind(resource))
    exact = _where(usage, lambda actor: actor.name == said)
    if exact:
        return exact
    named = _NAMED.fullmatch(said)
    if named:
        return _called(usage, named[3].rpartition("/")[2], named[1], named[2])
    return _called(usage, said, "", "")


def _kind(resource: Resource) -> str:
    return "user" if resource.kind == "aws_iam_user" else "role"


def _where(usage: Usage, fits: object) -> list[int]:
    assert callable(fits)
    return [number for number, actor in enumerate(usage.actors) if fits(actor)]


def _called(usage: Usage, name: str, account: str, kind: str) -> list[int]:
    def fits(actor: Actor) -> bool:
        found = _NAMED.fullmatch(actor.name)
        if found is None or (kind and found[2] != kind) or (account and found[1] != account):
            return False
        return found[3].rpartition("/")[2] == name

    return _where(usage, fits)


def record_of(usage: Usage, actors: Sequence[int]) -> Record:
    """Everything that some actors did, brought together by action and resource, sorted."""
    rows = list(usage.rows(actors))
    used = _together(row for row in rows if row.outcome in ("used", "failed"))
    have = {(one.action, one.resource) for one in used}
    implied = [one for one in _together(r for r in rows if r.outcome == "implied") if _key(one) not in have]
    return Record(
        tuple(usage.actors[number] for number in actors),
        tuple(sorted((*used, *(msgspec.structs.replace(one, implied=True) for one in implied)), key=_key)),
        tuple(_together(row for row in rows if row.outcome == "denied")),
        sum(row.count for row in rows if row.outcome in ("used", "failed")),
        sum(row.count for row in rows if row.outcome == "failed"),
    )


def _key(one: Used) -> tuple[str, str]:
    return one.action, one.resource


def _together(rows: Iterable[Row]) -> list[Used]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row.action, row.resource), []).append(row)
    return sorted(
        (
            Used(
                action,
                resource,
                tuple(dict.fromkeys(row.circumstance for row in those)),
                sum(row.count for row in those),
                min(row.first for row in those),
                max(row.last for row in those),
                folded=any(row.folded for row in those),
            )
            for (action, resource), those in found.items()
        ),
        key=_key,
    )
