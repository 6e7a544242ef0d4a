"""What each start reaches on its own, 64 starts a pass: the same fixpoint, where all other starts are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from nephograph.engines.hypergraph.derive import derive
from nephograph.engines.hypergraph.fixpoint import BITS, Words, lost_words
from nephograph.engines.hypergraph.graph import Hypergraph, Ints


class Reached(NamedTuple):
    """One pass: `words[a]` has bit `i` when the `first + i`-th start alone derives atom `a`."""

    first: int
    size: int
    words: Words

    def by(self, start: int) -> Ints:
        """The atoms that a start of this pass derives, ascending."""
        bit = np.uint64(1) << np.uint64(start - self.first)
        return np.flatnonzero(self.words & bit).astype(np.int32)

    def reaching(self, atom: int) -> list[int]:
        """The starts of this pass that derive an atom."""
        word = int(self.words[atom])
        return [self.first + i for i in range(self.size) if word >> i & 1]


def alone(graph: Hypergraph, given: Ints, starts: Sequence[int]) -> Iterator[Reached]:
    """What each start derives with the `given` atoms but without the other starts. A start is a move."""
    derived = derive(graph, given)
    every = np.asarray(starts, dtype=np.int64)
    for first in range(0, len(starts), BITS):
        chunk = every[first : first + BITS]
        full = ~np.uint64(0) >> np.uint64(BITS - len(chunk))
        kill_move = np.zeros(graph.moves, np.uint64)
        kill_move[every] = full
        kill_move[chunk] ^= np.uint64(1) << np.arange(len(chunk), dtype=np.uint64)
        lost = lost_words(graph, given, derived, np.zeros(graph.atoms, np.uint64), kill_move, full)
        yield Reached(first, len(chunk), np.where(derived.holds, ~lost & full, np.uint64(0)))
