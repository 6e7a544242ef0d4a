"""Counts events into columns, within bounds: what is too much to keep one by one is folded into what holds it."""

from __future__ import annotations

from typing import Generic, TypeVar

from nephograph.model.events import OUTCOMES, Actor, Circumstance, Namer, Outcome, no_columns

PER_PAIR = 4096
"""Rows of one actor and one action that are kept apart; then resources fold into what holds them (a folder of keys)."""
MAX_ROWS = 4_000_000
MAX_ACTORS = 1_000_000
_LONGEST = 2048
"""Characters of a resource that are kept; an ARN has no more."""

_T = TypeVar("_T")


class Words(Generic[_T]):
    """Things by number, each kept once."""

    def __init__(self) -> None:
        self.all: list[_T] = []
        self._numbers: dict[_T, int] = {}

    def number(self, thing: _T) -> int:
        """The number of a thing, a new one for what was not seen before."""
        found = self._numbers.get(thing)
        if found is None:
            found = self._numbers[thing] = len(self.all)
            self.all.append(thing)
        return found


class Tally:
    """The columns of a `Usage` while they grow. `folded` and `lost` count events that were not kept one by one."""

    def __init__(self, namer: Namer) -> None:
        self._namer = namer
        self.actors: Words[Actor] = Words()
        self.actions: Words[str] = Words()
        self.resources: Words[str] = Words()
        self.circumstances: Words[Circumstance] = Words()
        self.columns = no_columns()
        self.days: dict[tuple[int, int], int] = {}
        self._places: dict[int, int] = {}
        self._rows_of: dict[int, int] = {}
        self._plain: dict[int, int] = {}
        self.folded = 0
        self.lost = 0

    def actor(self, actor: Actor) -> int:
        """The number of an actor; those beyond the bound are one, and are counted as lost."""
        if len(self.actors.all) >= MAX_ACTORS:
            actor = Actor("unknown", "one of more principals than are kept")
            self.lost += 1
        return self.actors.number(actor)

    def add(self, who: int, action: str, resource: str, circumstance: int, outcome: Outcome, time: int) -> None:
        """Count one event on one resource."""
        what = self.actions.number(action)
        pair = who << 24 | what
        rows = self._rows_of.get(pair, 0)
        full = rows >= PER_PAIR or len(self._places) >= MAX_ROWS
        if full or len(resource) > _LONGEST:
            resource = self._namer.around(resource) if rows < 2 * PER_PAIR and len(resource) <= _LONGEST else "*"
            circumstance = self._folded(circumstance) if full else circumstance
            self.folded += 1
        self._count(pair, rows, self.resources.number(resource), circumstance, OUTCOMES.index(outcome), time, full)

    def day(self, who: int, time: int) -> None:
        """Count one event of an actor on its day."""
        key = who, time // 86_400
        self.days[key] = self.days.get(key, 0) + 1

    def _folded(self, circumstance: int) -> int:
        """The circumstance without what people have many of."""
        found = self._plain.get(circumstance)
        if found is None:
            said = self.circumstances.all[circumstance]
            plain = Circumstance(region=said.region, endpoint="", via=said.via, mfa=said.mfa)
            found = self._plain[circumstance] = self.circumstances.number(plain)
        return found

    def _count(self, pair: int, rows: int, on: int, circumstance: int, outcome: int, time: int, folded: bool) -> None:
        key = ((pair << 32 | on) << 32 | circumstance) << 3 | outcome << 1 | folded
        place = self._places.get(key)
        columns = self.columns
        if place is not None:
            columns.count[place] += 1
            if time < columns.first[place]:
                columns.first[place] = time
            elif time > columns.last[place]:
                columns.last[place] = time
            return
        if len(self._places) >= 2 * MAX_ROWS:
            self.lost += 1
            return
        self._rows_of[pair] = rows + 1
        self._places[key] = len(columns.actor)
        columns.actor.append(pair >> 24)
        columns.action.append(pair & 0xFFFFFF)
        columns.resource.append(on)
        columns.circumstance.append(circumstance)
        columns.outcome.append(outcome)
        columns.folded.append(folded)
        columns.count.append(1)
        columns.first.append(time)
        columns.last.append(time)
