"""The cheapest changes after which no target holds: exact on AND-OR graphs, by implicit hitting sets.

A change ends some moves (and atoms). While the changes chosen so far leave a target derivable, one derivation that
survives them is found; some change must hit it, so it is one more set to hit. When the cheapest hitting set leaves
nothing, it is the cheapest cut: every cut hits every derivation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nephograph.engines.hypergraph.derive import Derived, derive, relevant
from nephograph.engines.hypergraph.failures import Single
from nephograph.engines.hypergraph.graph import Hypergraph, Ints, Mask
from nephograph.engines.hypergraph.hitting import cheapest_hit

ROUNDS = 2_000
"""Derivations that are looked at."""


class Cut(NamedTuple):
    """Positions of the chosen changes, what they cost, a cost no cut can be below, and a derivation nothing can end.

    `uncut` is None when the cut ends all targets; otherwise it holds the moves of a derivation that no change touches
    (no moves: a target is given).
    `bound` equals `cost` when the cut is proven cheapest.
    """

    chosen: tuple[int, ...]
    cost: int
    bound: int
    uncut: tuple[int, ...] | None = None


def cheapest_cut(
    graph: Hypergraph,
    given: Ints,
    targets: Ints,
    changes: Sequence[Single],
    cost: Sequence[int],
    rounds: int = ROUNDS,
) -> Cut:
    """The cheapest set of changes after which none of the targets can be derived. Costs are positive whole numbers."""
    ending_move, ending_atom = _ends(changes)
    prices = dict(enumerate(cost))
    sets: list[frozenset[int]] = []
    chosen: tuple[int, ...] = ()
    spent = bound = 0
    for _ in range(rounds):
        derived = derive(graph, given, *_masks(graph, [changes[one] for one in chosen]))
        left = targets[derived.holds[targets]]
        if not len(left):
            return Cut(chosen, spent, bound)
        # Derivations that share no change are found together: each is a set of its own.
        for moves, atoms in _disjoint(graph, given, left, changes, chosen, ending_move, ending_atom):
            hit = frozenset(one for m in moves for one in ending_move.get(m, ())) | frozenset(
                one for a in atoms for one in ending_atom.get(a, ())
            )
            if not hit:
                return Cut((), 0, bound, tuple(sorted(moves)))
            sets.append(hit)
        found = cheapest_hit(sets, prices)
        assert found is not None  # no set is empty
        chosen, spent, bound = found.chosen, found.cost, max(bound, found.bound)
    every = tuple(range(len(changes)))
    return Cut(every, sum(cost), bound)


def _disjoint(
    graph: Hypergraph,
    given: Ints,
    targets: Ints,
    changes: Sequence[Single],
    chosen: Sequence[int],
    ending_move: dict[int, list[int]],
    ending_atom: dict[int, list[int]],
) -> list[tuple[list[int], list[int]]]:
    """Derivations that survive the chosen changes, each after all changes that would end the ones before are made."""
    applied = list(chosen)
    found: list[tuple[list[int], list[int]]] = []
    while True:
        derived = derive(graph, given, *_masks(graph, [changes[one] for one in applied]))
        left = targets[derived.holds[targets]]
        if not len(left):
            return found
        moves, atoms = derivation(graph, given, derived, int(left[np.argmin(derived.level[left])]))
        found.append((moves, atoms))
        ends = {one for m in moves for one in ending_move.get(m, ())}
        ends |= {one for a in atoms for one in ending_atom.get(a, ())}
        if not ends:
            return found
        applied += sorted(ends)


def derivation(graph: Hypergraph, given: Ints, derived: Derived, target: int) -> tuple[list[int], list[int]]:
    """(moves, atoms) of one derivation of an atom that holds: by moves of least level, so without circles."""
    is_given = set(given.tolist())
    moves: list[int] = []
    atoms: dict[int, None] = {target: None}
    stack = [target]
    while stack:
        atom = stack.pop()
        if atom in is_given:
            continue
        move, premises = _first_move(graph, derived, atom)
        moves.append(move)
        fresh = [one for one in premises if one not in atoms]
        atoms |= dict.fromkeys(fresh)
        stack += fresh
    return moves, list(atoms)


def _first_move(graph: Hypergraph, derived: Derived, atom: int) -> tuple[int, list[int]]:
    """A move into the atom whose needed premises all stand at lower levels, and those premises."""
    level = int(derived.level[atom])
    for move in graph.into.row(atom).tolist():
        if not derived.fires[move]:
            continue
        need = int(graph.needs[move])
        able = [p for p in graph.premises.row(move).tolist() if 0 <= int(derived.level[p]) < level]
        if len(able) >= need:
            return move, sorted(able, key=lambda p: (int(derived.level[p]), p))[:need]
    raise ValueError(f"atom {atom} does not hold")


def _ends(changes: Sequence[Single]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    moves: dict[int, list[int]] = {}
    atoms: dict[int, list[int]] = {}
    for at, change in enumerate(changes):
        for move in change.moves:
            moves.setdefault(int(move), []).append(at)
        for atom in change.atoms:
            atoms.setdefault(int(atom), []).append(at)
    return moves, atoms


def _masks(graph: Hypergraph, changes: Sequence[Single]) -> tuple[Mask, Mask]:
    atoms, moves = np.zeros(graph.atoms, dtype=np.bool_), np.zeros(graph.moves, dtype=np.bool_)
    for change in changes:
        atoms[np.asarray(change.atoms, dtype=np.int64)] = True
        moves[np.asarray(change.moves, dtype=np.int64)] = True
    return atoms, moves


def severed(graph: Hypergraph, given: Sequence[Ints], targets: Ints, changes: Sequence[Single]) -> tuple[int, int]:
    """(pairs of an entry and a target that hold, those of them that no longer do after the changes)."""
    before = after = 0
    atoms, moves = _masks(graph, changes)
    for entry in given:
        whole = derive(graph, entry)
        useful, _ = relevant(graph, whole, targets)
        if not bool(useful.any()):
            continue
        left = derive(graph, entry, atoms, moves)
        before += int(whole.holds[targets].sum())
        after += int(left.holds[targets].sum())
    return before, before - after
