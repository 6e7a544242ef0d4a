"""What is lost, for 64 cases at once: the greatest fixpoint over words of bits.

Every atom carries a word: bit `i` says "lost in case `i`". A move is lost with more of its premises than it can spare
(for an AND any one of them: union; for an OR all of them: intersection); an atom is lost when all moves into it are.
What only holds itself up in a cycle is lost too: the words shrink from "lost in every case" to the greatest fixpoint,
so nothing is kept alive by a circle.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nephograph.engines.hypergraph.derive import Derived
from nephograph.engines.hypergraph.graph import Hypergraph, Ints, Mask

Words: TypeAlias = NDArray[np.uint64]

BITS = 64


def lost_words(
    graph: Hypergraph, given: Ints, derived: Derived, kill_atom: Words, kill_move: Words, full: np.uint64
) -> Words:
    """For each atom the cases in which it is lost; `full` has a bit for each case, 0 for what never holds.

    `derived` is what holds when nothing is killed; `kill_atom` and `kill_move` say in which cases one is gone itself. A
    given atom is lost only so.
    """
    touched = _downstream(graph, derived, kill_atom, kill_move)
    # What never holds is no support of a quorum: it counts as lost by everything until the end.
    lost = np.where(touched | ~derived.holds, full, np.uint64(0))
    is_given = np.zeros(graph.atoms, dtype=np.bool_)
    is_given[given] = True
    # What is given fails only by name.
    rooted = touched & is_given
    lost[rooted] = kill_atom[rooted]
    open_ = touched & ~is_given
    dirty = np.flatnonzero(open_).astype(np.int32)
    dirty = dirty[np.argsort(derived.level[dirty], kind="stable")]
    while len(dirty):
        changed: list[Ints] = []
        for batch in _by_level(dirty, derived.level):
            after = kill_atom[batch] | _all(graph, batch, lost, kill_move, derived.fires, full)
            differs = after != lost[batch]
            lost[batch[differs]] = after[differs]
            changed.append(batch[differs])
        moved = np.concatenate(changed)
        heads = graph.head[graph.uses.of(moved)]
        # What stands at a later level was looked at after the change, if it was looked at.
        swept = np.zeros(graph.atoms, dtype=np.bool_)
        swept[dirty] = True
        since = np.repeat(derived.level[moved], graph.uses.sizes(moved))
        stale = (derived.level[heads] <= since) | ~swept[heads]
        heads = np.unique(heads[stale & open_[heads]])
        dirty = heads[np.argsort(derived.level[heads], kind="stable")]
    lost[~derived.holds] = 0
    return lost


def _downstream(graph: Hypergraph, derived: Derived, kill_atom: Words, kill_move: Words) -> Mask:
    """The atoms that any of the failures could touch: all others keep what holds them up."""
    struck = graph.head[np.flatnonzero((kill_move != 0) & derived.fires)]
    frontier = np.unique(np.concatenate((np.flatnonzero(kill_atom).astype(np.int32), struck)))
    frontier = frontier[derived.holds[frontier]]
    seen = np.zeros(graph.atoms, dtype=np.bool_)
    seen[frontier] = True
    while len(frontier):
        moves = graph.uses.of(frontier)
        heads = graph.head[moves[derived.fires[moves]]]
        frontier = np.unique(heads[~seen[heads]])
        seen[frontier] = True
    return seen


def _by_level(atoms: Ints, level: Ints) -> list[Ints]:
    """Atoms in runs of one level, so that a level sees what the one before it found."""
    if not len(atoms):
        return []
    cuts = np.flatnonzero(np.diff(level[atoms])) + 1
    return np.split(atoms, cuts)


def _all(graph: Hypergraph, atoms: Ints, lost: Words, kill_move: Words, fires: Mask, full: np.uint64) -> Words:
    """What ends every move into each of these atoms."""
    moves = graph.into.of(atoms)
    words = _moves(graph, moves, lost, full) | kill_move[moves]
    words[~fires[moves]] = full
    return _segments(np.bitwise_and, words, graph.into.sizes(atoms), full)


def _moves(graph: Hypergraph, moves: Ints, lost: Words, full: np.uint64) -> Words:
    """What ends each of these moves by its premises."""
    sizes, needs = graph.premises.sizes(moves), graph.needs[moves]
    items = lost[graph.premises.of(moves)]
    every = _segments(np.bitwise_or, items, sizes, np.uint64(0))
    if bool((needs == sizes).all()):
        return every
    found = np.where(needs == sizes, every, np.uint64(0))
    any_one = (needs == 1) & (sizes > 1)
    if bool(any_one.any()):
        found = np.where(any_one, _segments(np.bitwise_and, items, sizes, full), found)
    quorum = np.flatnonzero((needs > 1) & (needs < sizes))
    if len(quorum):
        ends = np.cumsum(sizes)
        found[quorum] = _quorum(items, (ends - sizes)[quorum], sizes[quorum], (sizes - needs)[quorum])
    return found


def _quorum(items: Words, starts: NDArray[np.int64], sizes: NDArray[np.int64], spare: NDArray[np.int64]) -> Words:
    """For each run of items the bits that stand in more of them than can be spared.

    Counted without counting: `over[j]` holds the bits that stood in more than j items so far.
    """
    over = np.zeros((int(spare.max()) + 1, len(starts)), dtype=np.uint64)
    for place in range(int(sizes.max())):
        word = np.where(sizes > place, items[np.minimum(starts + place, len(items) - 1)], np.uint64(0))
        for j in range(len(over) - 1, 0, -1):
            over[j] |= over[j - 1] & word
        over[0] |= word
    found: Words = over[spare, np.arange(len(starts))]
    return found


def _segments(ufunc: np.ufunc, items: Words, sizes: NDArray[np.int64], empty: np.uint64) -> Words:
    """One reduction for each run of `sizes` items; `empty` where a run has none."""
    out = np.full(len(sizes), empty, dtype=np.uint64)
    filled = np.flatnonzero(sizes > 0)
    if len(filled):
        starts = (np.cumsum(sizes) - sizes)[filled]
        out[filled] = ufunc.reduceat(items, starts)
    return out
