"""Everything that follows: linear in the graph, level by level (Dowling and Gallier's counting, a level at a time)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nephograph.engines.hypergraph.graph import Hypergraph, Ints, Mask

_FEW = 48
"""A level with at most so many atoms is gone through one by one: arrays cost more than they save."""


class Derived(NamedTuple):
    """`level[a]` is the least number of moves in a row that derive atom `a` (0: given), -1 when nothing does.

    `fires[m]` says whether a move can be made.
    """

    level: Ints
    fires: Mask

    @property
    def holds(self) -> Mask:
        """The atoms that can be derived."""
        return self.level >= 0


def derive(
    graph: Hypergraph, given: Ints, without_atoms: Mask | None = None, without_moves: Mask | None = None
) -> Derived:
    """Everything that follows from the `given` atoms, without the atoms and moves that are masked out."""
    level = np.full(graph.atoms, -1, dtype=np.int32)
    left = graph.needs.copy()
    fires = np.zeros(graph.moves, dtype=np.bool_)
    banned = np.zeros(graph.moves, dtype=np.bool_) if without_moves is None else without_moves
    barred = np.zeros(graph.atoms, dtype=np.bool_) if without_atoms is None else without_atoms
    frontier = np.unique(given[~barred[given]])
    level[frontier] = 0
    free = np.flatnonzero((graph.needs == 0) & ~banned)
    fires[free] = True
    now = 1
    heads = np.unique(graph.head[free])
    later = heads[(level[heads] < 0) & ~barred[heads]]
    level[later] = now
    # What is given stands one level before what moves without premises yield.
    while len(frontier) or len(later):
        found = (_few if len(frontier) <= _FEW else _many)(graph, frontier, left, fires, banned)
        found = found[(level[found] < 0) & ~barred[found]]
        level[found] = now
        frontier = np.concatenate((found, later)) if len(later) else found
        later = later[:0]
        now += 1
    return Derived(level, fires)


def _many(graph: Hypergraph, frontier: Ints, left: Ints, fires: Mask, banned: Mask) -> Ints:
    moves = graph.uses.of(frontier)
    if len(moves) * 8 > graph.moves:
        left -= np.bincount(moves, minlength=graph.moves).astype(np.int32)
    else:
        np.subtract.at(left, moves, 1)
    ready = moves[(left[moves] <= 0) & ~fires[moves] & ~banned[moves]]
    fires[ready] = True
    hit = graph.head[ready]
    if len(hit) * 8 > graph.atoms:
        seen = np.zeros(graph.atoms, dtype=np.bool_)
        seen[hit] = True
        return np.flatnonzero(seen).astype(np.int32)
    return np.unique(hit)


def _few(graph: Hypergraph, frontier: Ints, left: Ints, fires: Mask, banned: Mask) -> Ints:
    found: dict[int, None] = {}
    start, items = graph.uses
    for atom in frontier.tolist():
        for move in items[start[atom] : start[atom + 1]].tolist():
            left[move] -= 1
            if left[move] <= 0 and not fires[move] and not banned[move]:
                fires[move] = True
                found[int(graph.head[move])] = None
    return np.asarray(sorted(found), dtype=np.int32)


def relevant(graph: Hypergraph, derived: Derived, targets: Ints) -> tuple[Mask, Mask]:
    """(atoms, moves) that stand on some way to a target: those that fire, walked backwards from what is wanted."""
    atoms = np.zeros(graph.atoms, dtype=np.bool_)
    moves = np.zeros(graph.moves, dtype=np.bool_)
    frontier = np.unique(targets[derived.holds[targets]])
    atoms[frontier] = True
    while len(frontier):
        into = graph.into.of(frontier)
        into = into[derived.fires[into] & ~moves[into]]
        moves[into] = True
        before = graph.premises.of(into)
        before = np.unique(before[derived.holds[before] & ~atoms[before]])
        atoms[before] = True
        frontier = before
    return atoms, moves
