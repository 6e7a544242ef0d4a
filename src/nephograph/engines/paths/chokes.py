"""The cheapest edits that end attack paths: chosen on the graph of moves, then made on a copy of the estate and asked.

The graph knows one proof of each fact; there may be others (a second statement that allows the same). So every choice
is tried: the estate is edited and closed over again, and what still leads to a target joins the graph, until the choice
holds. What is told is what the second look found, not what the graph promised.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from nephograph.engines.facts import EstateFacts
from nephograph.engines.hypergraph.cut import cheapest_cut
from nephograph.engines.hypergraph.derive import derive, relevant
from nephograph.engines.hypergraph.failures import Single, failures
from nephograph.engines.hypergraph.graph import Hypergraph, hypergraph
from nephograph.engines.paths.changes import Candidate, Candidates, Declared
from nephograph.engines.paths.closure import Closure, Move, Way, close
from nephograph.estate.edited import edited
from nephograph.estate.graph import Estate
from nephograph.model.edit import Edit
from nephograph.model.rule import Atom, StepRule

ROUNDS = 24
"""How many choices are tried on a copy of the estate."""

Looked = Callable[[Estate], Closure]
"""How an estate is closed over."""


class Pair(NamedTuple):
    """A way in and what it leads to."""

    entry: str
    target: Atom


class Cure(NamedTuple):
    """Edits, what they cost together, the least any edits can cost, and what a second look at the edited estate found.

    `left` are the pairs that still hold after the edits; `proven` says that the edits are the cheapest.
    """

    changes: tuple[Candidate, ...]
    cost: int
    bound: int
    ended: tuple[Pair, ...]
    left: tuple[Pair, ...]
    tried: int

    @property
    def proven(self) -> bool:
        """Nothing cheaper does it."""
        return not self.left and self.cost == self.bound


class Impact(NamedTuple):
    """One edit alone: the pairs it ends, of all there are, as a second look found."""

    change: Candidate
    ended: tuple[Pair, ...]
    opened: tuple[Pair, ...]


class _Found(NamedTuple):
    """A way of making a move, and the edits that had been made when it was found."""

    move: Move
    way: Way
    made: tuple[Edit, ...] = ()


class Chokes:
    """The attack graph of an estate, ready to be cut. `rules` close over the facts; `wanted` says what is a target."""

    def __init__(
        self,
        estate: Estate,
        rules: Sequence[StepRule],
        wanted: Callable[[Atom], bool],
        declared: Sequence[Declared],
        closure: Closure | None = None,
    ) -> None:
        self._estate = estate
        self._rules = rules
        self._wanted = wanted
        self._candidates = Candidates(declared)
        self.closure = closure if closure is not None else close(rules, EstateFacts(estate))
        self._ways: dict[tuple[str, ...], _Found] = {}
        self._add(self.closure, ())
        self._seen: dict[tuple[Edit, ...], Closure] = {}

    def pairs(self, closure: Closure | None = None) -> tuple[Pair, ...]:
        """Every entry with every target that it reaches on its own."""
        return pairs_of(closure or self.closure, self._wanted)

    def proven(self) -> tuple[Pair, ...]:
        """Those pairs of which every step is proven."""
        certain = tuple(move for move in self.closure.moves if move.verdict.answer == "yes")
        return pairs_of(Closure(certain), self._wanted)

    def cure(
        self,
        targets: Iterable[Atom],
        entries: frozenset[str] | None = None,
        barred: Collection[Candidate] = (),
    ) -> Cure:
        """The cheapest edits after which none of the targets is reached (from `entries`, where some are named).

        Edits that are `barred` are not taken. Targets that no other edit parts from an entry are told as `left`.
        """
        wanted = tuple(dict.fromkeys(targets))
        before = [p for p in self.pairs() if p.target in wanted and (entries is None or p.entry in entries)]
        hopeless: set[Atom] = set()
        tried = 0
        while True:
            open_ = [atom for atom in wanted if atom not in hopeless]
            graph = _Graph(list(self._ways.values()), open_, entries)
            chosen, cost, bound, uncut = graph.cut(self._candidates, barred)
            if uncut is not None:
                hopeless |= uncut
                continue
            after = self._after(chosen)
            tried += 1
            held = [p for p in self.pairs(after) if p.target in wanted and (entries is None or p.entry in entries)]
            surviving = [pair for pair in held if pair.target not in hopeless]
            known = len(self._ways)
            self._add(after, tuple(change.edit for change in chosen))
            if not surviving or tried >= ROUNDS or len(self._ways) == known:
                ended = tuple(pair for pair in before if pair not in held)
                return Cure(tuple(chosen), cost, bound, ended, tuple(held), tried)

    def impact(self, change: Candidate) -> Impact:
        """What one edit ends, and what it opens (which it should not)."""
        before, after = self.pairs(), self.pairs(self._after([change]))
        return Impact(change, tuple(p for p in before if p not in after), tuple(p for p in after if p not in before))

    def candidates(self) -> list[Candidate]:
        """Every edit that would end a step on the way to a target."""
        graph = _Graph(list(self._ways.values()), [p.target for p in self.pairs()], None)
        for one in graph.useful:
            self._candidates.of(one.way, one.made)
        return self._candidates.found

    def passed(self) -> list[tuple[Atom, int]]:
        """What ways pass through: (an atom, how many targets are lost without it), those that end the most first.

        Targets themselves are left out.
        """
        targets = list(dict.fromkeys(pair.target for pair in self.pairs()))
        return _Graph(list(self._ways.values()), targets, None).passed()

    def _after(self, changes: Sequence[Candidate]) -> Closure:
        """The closure over the estate with the edits made."""
        edits = tuple(change.edit for change in changes)
        if edits not in self._seen:
            self._seen[edits] = close(self._rules, EstateFacts(edited(self._estate, edits)))
        return self._seen[edits]

    def _add(self, closure: Closure, made: tuple[Edit, ...]) -> None:
        for move in closure.moves:
            for way in move.ways:
                key = (*move.key.text, repr(way.binding), *(_fact_key(way)))
                self._ways.setdefault(key, _Found(move, way, made))


def _fact_key(way: Way) -> tuple[str, ...]:
    """What the facts of a way rest on: another statement for the same fact is another way."""
    return tuple(f"{e.subject}|{e.text}" for fact in way.facts for e in fact.verdict.because)


def entry_of(move: Move) -> str:
    """The way in that a move without premises is: the same one in the edited estate."""
    return " ".join((move.key.rule, move.key.source, move.key.target, str(move.head)))


def pairs_of(closure: Closure, wanted: Callable[[Atom], bool]) -> tuple[Pair, ...]:
    """Every entry of a closure with every target that it derives on its own."""
    from nephograph.engines.hypergraph.alone import alone

    number = _numbers(closure.moves)
    graph = hypergraph(len(number), [(number[m.head], [number[p] for p in m.premises]) for m in closure.moves])
    entries = [at for at, move in enumerate(closure.moves) if not move.premises]
    targets = [atom for atom in closure.atoms if wanted(atom)]
    found: dict[Pair, None] = {}
    for reached in alone(graph, np.zeros(0, dtype=np.int32), entries):
        for target in targets:
            for at in reached.reaching(number[target]):
                found[Pair(entry_of(closure.moves[entries[at]]), target)] = None
    return tuple(sorted(found, key=lambda pair: (pair.entry, str(pair.target))))


def _numbers(moves: Iterable[Move]) -> dict[Atom, int]:
    number: dict[Atom, int] = {}
    for move in moves:
        for atom in (move.head, *move.premises):
            number.setdefault(atom, len(number))
    return number


class _Graph:
    """The ways that can stand on a derivation of the targets, as a hypergraph."""

    def __init__(self, ways: Sequence[_Found], targets: Sequence[Atom], entries: frozenset[str] | None) -> None:
        chosen = [one for one in ways if one.move.premises or entries is None or entry_of(one.move) in entries]
        self._given = np.zeros(0, dtype=np.int32)
        whole, number = _hyper(chosen)
        wanted = np.asarray([number[atom] for atom in targets if atom in number], dtype=np.int32)
        _, moves = relevant(whole, derive(whole, self._given), wanted)
        self.useful = [one for one, useful in zip(chosen, moves.tolist(), strict=True) if useful]
        self._graph, self._number = _hyper(self.useful)
        self._targets = [atom for atom in targets if atom in self._number]

    def cut(
        self, candidates: Candidates, barred: Collection[Candidate]
    ) -> tuple[list[Candidate], int, int, set[Atom] | None]:
        """(edits, their cost, no edits can cost less, None), or the targets that no edit parts from an entry."""
        by_change: dict[Candidate, list[int]] = {}
        for at, one in enumerate(self.useful):
            for change in candidates.of(one.way, one.made):
                if change not in barred:
                    by_change.setdefault(change, []).append(at)
        changes = sorted(by_change, key=lambda change: change.key)
        targets = np.asarray([self._number[atom] for atom in self._targets], dtype=np.int32)
        singles = [Single(moves=by_change[change]) for change in changes]
        found = cheapest_cut(self._graph, self._given, targets, singles, [change.cost for change in changes])
        if found.uncut is None:
            return [changes[at] for at in found.chosen], found.cost, found.bound, None
        heads = {self.useful[move].move.head for move in found.uncut}
        return [], 0, found.bound, {atom for atom in self._targets if atom in heads} or set(self._targets)

    def passed(self) -> list[tuple[Atom, int]]:
        """See `Chokes.passed`."""
        atoms = [atom for atom in self._number if atom not in self._targets]
        numbers = {self._number[atom] for atom in self._targets}
        found = []
        for lost in failures(self._graph, self._given, [Single(atoms=[self._number[atom]]) for atom in atoms]):
            for at in range(lost.first, lost.first + lost.size):
                ended = len(numbers & set(lost.by(at).tolist()))
                if ended:
                    found.append((atoms[at], ended))
        return sorted(found, key=lambda pair: (-pair[1], str(pair[0])))


def _hyper(ways: Sequence[_Found]) -> tuple[Hypergraph, dict[Atom, int]]:
    number = _numbers(one.move for one in ways)
    moves = [(number[one.move.head], [number[premise] for premise in one.move.premises]) for one in ways]
    return hypergraph(len(number), moves), number
