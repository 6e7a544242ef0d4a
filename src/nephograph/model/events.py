"""Who did what, as a log told it: columns of use, not an object an event.

Events are not resources. A source of events reads them and tallies them into a `Usage`; what an operation of an API
means (its permission, what it acts on) is asked of a `Namer`, so that a format of logs knows no service.
"""

from __future__ import annotations

import pathlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

import msgspec

from nephograph.model.errors import Problem
from nephograph.model.source import Gap, Progress

ActorKind = Literal["user", "role", "root", "federated", "service", "account", "person", "unknown"]
"""Who acts. A role stands for all its sessions; `account` is somebody of another account whom the log does not name;
`person` is a user of a directory (Identity Center)."""

Outcome = Literal["used", "denied", "failed", "implied"]
"""`failed` is an error that says nothing of permission: the call was let in, or never got so far. `implied` is a
permission that a used call takes and that no log records (iam:PassRole)."""

OUTCOMES: tuple[Outcome, ...] = ("used", "denied", "failed", "implied")


class Actor(msgspec.Struct, frozen=True):
    """A principal: `name` is its ARN, the name of a service, or what else the log calls it by."""

    kind: ActorKind
    name: str
    account: str = ""


class Circumstance(msgspec.Struct, frozen=True):
    """What else a log tells of a call. An empty text is what it does not tell.

    `address` is a source address, or the service that called; `agent` a class of user agents (console, cli, sdk …);
    `endpoint` a VPC endpoint; `via` the service that called with the principal's own permissions; `mfa` true or false.
    """

    region: str = ""
    address: str = ""
    agent: str = ""
    endpoint: str = ""
    via: str = ""
    mfa: str = ""


class Call(msgspec.Struct, frozen=True):
    """One operation as a log spells it: `service` is the endpoint's first name (`s3`, `monitoring`).

    `account` is the caller's; `resources` are the ARNs that the log gives itself.
    """

    service: str
    operation: str
    region: str = ""
    account: str = ""
    parameters: Mapping[str, Any] = {}
    resources: tuple[str, ...] = ()


class Named(msgspec.Struct, frozen=True):
    """What an operation is to policies: the action, and the resources it acts on.

    `resources` are patterns as a policy writes them: what the log does not tell is a `*`, and what a name holds of `*`,
    `?` or `$` is escaped. `known` is False when nobody knows the action; `implied` when the call takes it unlogged.
    """

    action: str
    resources: tuple[str, ...] = ("*",)
    known: bool = True
    implied: bool = False


class Namer(Protocol):
    """Knows services: which action an operation is, and on what."""

    def name(self, call: Call) -> Sequence[Named]:
        """The actions of a call, each with its resources: at least one."""

    def around(self, resource: str) -> str:
        """What holds a resource, as a pattern that covers it (`arn:aws:s3:::bucket/a/*`); `*` when nothing does."""


class Row(msgspec.Struct, frozen=True):
    """One line of the tally. `first` and `last` are seconds since 1970, in UTC; `folded` when what it acted on, or
    the circumstances, were too many to keep one by one."""

    actor: Actor
    action: str
    resource: str
    circumstance: Circumstance
    outcome: Outcome
    count: int
    first: int
    last: int
    folded: bool


class Chain(msgspec.Struct, frozen=True):
    """Sessions of `actor` that lead back to `first`, through the principals `through` (nearest to the actor first).

    `first` is None when the log does not hold the call that opened them; `told` is then what it does tell (a source
    identity, an instance), or "".
    """

    actor: Actor
    first: Actor | None
    through: tuple[Actor, ...] = ()
    told: str = ""
    sessions: int = 0
    events: int = 0
    last: int = 0


class Columns(msgspec.Struct):
    """The tally itself: equal positions of all columns are one row; numbers lead into the lists of a `Usage`."""

    actor: array[int]
    action: array[int]
    resource: array[int]
    circumstance: array[int]
    outcome: array[int]
    folded: array[int]
    count: array[int]
    first: array[int]
    last: array[int]


def no_columns() -> Columns:
    """Columns without a row."""
    return Columns(
        actor=array("L"),
        action=array("L"),
        resource=array("L"),
        circumstance=array("L"),
        outcome=array("B"),
        folded=array("B"),
        count=array("Q"),
        first=array("q"),
        last=array("q"),
    )


class Usage(msgspec.Struct):
    """Everything that logs told. `events` counts what was tallied, `skipped` what is no use of a permission by kind.

    `days` counts the events of an actor (its number) on a day (days since 1970); `sign_ins` those at the console.
    """

    actors: list[Actor]
    actions: list[str]
    resources: list[str]
    circumstances: list[Circumstance]
    columns: Columns
    days: dict[tuple[int, int], int]
    chains: list[Chain]
    problems: list[Problem]
    gaps: list[Gap]
    events: int = 0
    files: int = 0
    read: int = 0
    """Bytes of JSON that were read (after unpacking)."""
    first: int = 0
    last: int = 0
    sign_ins: dict[int, int] = {}
    """Actor → last sign-in."""
    unknown: dict[str, int] = {}
    """Operations that are no known action → how many calls."""

    def rows(self, actors: Sequence[int] | None = None) -> Iterator[Row]:
        """The rows of some actors (numbers), or all, in order of first sight."""
        wanted = None if actors is None else frozenset(actors)
        columns = self.columns
        for place, who in enumerate(columns.actor):
            if wanted is None or who in wanted:
                yield Row(
                    self.actors[who],
                    self.actions[columns.action[place]],
                    self.resources[columns.resource[place]],
                    self.circumstances[columns.circumstance[place]],
                    OUTCOMES[columns.outcome[place]],
                    columns.count[place],
                    columns.first[place],
                    columns.last[place],
                    bool(columns.folded[place]),
                )


class EventSource(Protocol):
    """A source that also reads events. It lives in `sources/` as any other."""

    name: str

    def has_events(self, path: pathlib.Path) -> bool:
        """Could anything at or below this path be events that this source reads? Cheap: names and first bytes."""

    def events(self, paths: Sequence[tuple[pathlib.Path, str]], namer: Namer, progress: Progress) -> Usage:
        """Tally every event at or below the paths, each with how people call it.

        What cannot be read becomes a Problem; this never raises for what files contain.
        """
