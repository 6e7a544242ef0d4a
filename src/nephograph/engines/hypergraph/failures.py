"""All single failures at once: which atoms are lost when one thing fails, for 64 things a pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from nephograph.engines.hypergraph.derive import derive
from nephograph.engines.hypergraph.fixpoint import BITS, Words, lost_words
from nephograph.engines.hypergraph.graph import Hypergraph, Ints


class Single(NamedTuple):
    """One thing that can fail: the atoms and the moves that are gone with it."""

    atoms: Sequence[int] = ()
    moves: Sequence[int] = ()


class Lost(NamedTuple):
    """One pass: `words[a]` has bit `i` when the `first + i`-th single ends atom `a`, which holds otherwise."""

    first: int
    size: int
    words: Words

    def by(self, single: int) -> Ints:
        """The atoms that a single of this pass ends, ascending."""
        bit = np.uint64(1) << np.uint64(single - self.first)
        return np.flatnonzero(self.words & bit).astype(np.int32)

    def counts(self) -> list[int]:
        """How many atoms each single of this pass ends."""
        one = np.uint64(1)
        return [int(np.count_nonzero((self.words >> np.uint64(i)) & one)) for i in range(self.size)]

    def ending(self, atom: int) -> list[int]:
        """The singles of this pass that end an atom."""
        word = int(self.words[atom])
        return [self.first + i for i in range(self.size) if word >> i & 1]


def failures(graph: Hypergraph, given: Ints, singles: Sequence[Single]) -> Iterator[Lost]:
    """What each single ends, 64 singles a pass. A given atom is lost only by a single that names it."""
    derived = derive(graph, given)
    for first in range(0, len(singles), BITS):
        chunk = singles[first : first + BITS]
        kill_atom, kill_move = np.zeros(graph.atoms, np.uint64), np.zeros(graph.moves, np.uint64)
        for bit, single in enumerate(chunk):
            word = np.uint64(1) << np.uint64(bit)
            np.bitwise_or.at(kill_atom, np.asarray(single.atoms, dtype=np.int64), word)
            np.bitwise_or.at(kill_move, np.asarray(single.moves, dtype=np.int64), word)
        full = ~np.uint64(0) >> np.uint64(BITS - len(chunk))
        yield Lost(first, len(chunk), lost_words(graph, given, derived, kill_atom, kill_move, full))
