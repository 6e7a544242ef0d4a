"""What is lost with what.

Loss spreads: a thing is lost once enough of a group it needs is lost. So a move of the AND-OR graph goes from lost
things to a lost thing, and every failure is a start of its own. Things that need each other in a circle work until one
of them fails. Two graphs are asked: one for what is certain, one for what may be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from nephograph.engines.hypergraph.alone import alone
from nephograph.engines.hypergraph.graph import Hypergraph, hypergraph
from nephograph.engines.resilience.needs import Group, Needs, Thing
from nephograph.model.verdict import Answered


class Loss(NamedTuple):
    """One thing that is lost with another: certainly ("yes") or perhaps ("depends"); `because` leads to the cause.

    Each link of `because` is (what, the thing it needs, why it needs it), from the lost thing down to what failed.
    """

    thing: Thing
    verdict: Answered
    because: tuple[tuple[Thing, Thing, str], ...]


class Resilience:
    """All needs of an estate, ready to be asked what one failure ends."""

    def __init__(self, needs: Needs) -> None:
        self._groups: dict[Thing, list[Group]] = defaultdict(list)
        self._number: dict[Thing, int] = {}
        for group in needs.groups:
            self._groups[group.thing].append(group)
            for thing in (group.thing, *group.others):
                self._number.setdefault(thing, len(self._number))
        self._things = list(self._number)

    @property
    def things(self) -> Sequence[Thing]:
        """Everything that needs something or is needed."""
        return self._things

    def losses(self, failed: Sequence[Sequence[Thing]]) -> Iterator[list[Loss]]:
        """What each failure ends besides itself, in the order of names; a failure is what fails together."""
        known = [[self._number[one] for one in self._with_aspects(some)] for some in failed]
        nothing = np.zeros(0, dtype=np.int32)
        passes = []
        for perhaps in (False, True):
            graph, starts = self._graph(known, perhaps)
            passes.append(alone(graph, nothing, starts))
        for sure, maybe in zip(*passes, strict=True):
            for at in range(sure.size):
                failure = known[sure.first + at]
                gone = {one for one in sure.by(sure.first + at).tolist() if one < len(self._things)}
                open_ = {one for one in maybe.by(sure.first + at).tolist() if one < len(self._things)}
                yield self._told(set(failure), gone, open_)

    def _with_aspects(self, things: Sequence[Thing]) -> list[Thing]:
        """What fails, with everything else that is said of it."""
        names = {one.name for one in things}
        return [one for one in self._things if one.name in names]

    def _told(self, failed: set[int], gone: set[int], open_: set[int]) -> list[Loss]:
        found = []
        for at in sorted(open_ - failed, key=lambda one: self._things[one]):
            thing = self._things[at]
            works = self._number.get(Thing(thing.name))
            if thing.aspect != "works" and works is not None and works in gone:
                continue  # what does not work needs no way out
            certain = at in gone
            reasons = self._because(thing, failed, gone if certain else open_, perhaps=not certain)
            found.append(Loss(thing, "yes" if certain else "depends", reasons))
        return found

    def _because(
        self, thing: Thing, failed: set[int], gone: set[int], perhaps: bool
    ) -> tuple[tuple[Thing, Thing, str], ...]:
        """The shortest chain of needs down to what failed."""
        came: dict[Thing, tuple[Thing, str]] = {}
        level = [thing]
        seen = {thing}
        while level:
            after: list[Thing] = []
            for one in level:
                for group in self._groups.get(one, ()):
                    lost = [other for other in group.others if self._number[other] in gone]
                    if not lost or len(lost) < _fatal(group, perhaps):
                        continue
                    for other in lost:
                        if other not in seen:
                            seen.add(other)
                            came[other] = (one, group.says)
                            after.append(other)
                        if self._number[other] in failed:
                            return self._chain(thing, other, came, (one, group.says))
            level = after
        return ()

    @staticmethod
    def _chain(
        thing: Thing, last: Thing, came: dict[Thing, tuple[Thing, str]], how: tuple[Thing, str]
    ) -> tuple[tuple[Thing, Thing, str], ...]:
        links = []
        at, (above, says) = last, how
        while True:
            links.append((above, at, says))
            if above == thing:
                return tuple(reversed(links))
            at = above
            above, says = came[at]

    def _graph(self, failed: Sequence[Sequence[int]], perhaps: bool) -> tuple[Hypergraph, list[int]]:
        """An atom says that a thing is lost; one more for each failure. Also the moves that begin the failures."""
        moves: list[tuple[int, Sequence[int]]] = []
        needs: list[int] = []
        for group in (group for thing in self._things for group in self._groups.get(thing, ())):
            moves.append((self._number[group.thing], [self._number[other] for other in group.others]))
            needs.append(_fatal(group, perhaps))
        starts = []
        for at, things in enumerate(failed, start=len(self._things)):
            starts.append(len(moves))
            moves += [(at, ()), *((thing, (at,)) for thing in things)]
            needs += [0, *(1 for _ in things)]
        return hypergraph(len(self._things) + len(failed), moves, needs), starts


def _fatal(group: Group, perhaps: bool) -> int:
    """How many of a group's things have to be lost until it fails."""
    count = len(group.others)
    match group.how:
        case "every":
            return 1
        case "most":
            return (count + 1) // 2
        case "one" | "part":
            return 1 if perhaps else count
        case _:
            return count
