"""Everybody who gets to a thing: which of many starts derive an atom, each on its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nephograph.engines.paths.closure import Move, Queries
from nephograph.engines.paths.held import Starts, close_from, is_start
from nephograph.engines.paths.proofs import Graph
from nephograph.model.resource import Resource
from nephograph.model.rule import Atom, StepRule


class Way(NamedTuple):
    """How one start gets to an atom: the moves of its simplest proof, the start itself left out."""

    start: str
    atom: Atom
    proof: tuple[Move, ...]


def ways_to(
    rules: Sequence[StepRule], facts: Queries, starts: Starts, resources: Sequence[Resource], wanted: Sequence[Atom]
) -> tuple[list[Way], str]:
    """The simplest way of each start to each atom it derives on its own; and what was left out ("" when nothing).

    Everything is closed over once, from all starts together; which start gets where is then read off the graph of moves
    for 64 starts at a time, and only for those that get there a proof is looked for.
    """
    held = close_from(rules, facts, starts, resources)
    graph = held.graph
    present = [atom for atom in wanted if atom in graph.into]
    if not present:
        return [], held.closure.cut
    moves = _relevant(graph, present)
    first = [move for move in moves if is_start(move)]
    found: list[Way] = []
    narrow = Graph(moves)
    for move, atoms in _reaching(moves, first, present):
        best = narrow.best([move])
        for atom in atoms:
            proof = [one for one in best.proof(best.move[atom]) or [] if not is_start(one)]
            if proof:
                found.append(Way(move.head.terms[0], atom, tuple(proof)))
    return found, held.closure.cut


def _relevant(graph: Graph, wanted: Sequence[Atom]) -> list[Move]:
    """The moves on any way to what is wanted, walked backwards."""
    seen = dict.fromkeys(wanted)
    moves: dict[int, Move] = {}
    stack = list(wanted)
    while stack:
        for move in graph.into.get(stack.pop(), ()):
            if id(move) not in moves:
                moves[id(move)] = move
                fresh = [premise for premise in move.premises if premise not in seen]
                seen |= dict.fromkeys(fresh)
                stack += fresh
    return sorted(moves.values(), key=lambda move: move.key.text)


def _reaching(moves: Sequence[Move], starts: Sequence[Move], wanted: Sequence[Atom]) -> list[tuple[Move, list[Atom]]]:
    """Each start with the wanted atoms it derives alone."""
    import numpy as np

    from nephograph.engines.hypergraph.alone import alone
    from nephograph.engines.hypergraph.graph import hypergraph

    number: dict[Atom, int] = {}
    for move in moves:
        for atom in (move.head, *move.premises):
            number.setdefault(atom, len(number))
    made = hypergraph(len(number), [(number[m.head], [number[p] for p in m.premises]) for m in moves])
    place = {id(move): at for at, move in enumerate(moves)}
    found: dict[int, list[Atom]] = {}
    for reached in alone(made, np.zeros(0, dtype=np.int32), [place[id(move)] for move in starts]):
        for atom in wanted:
            for start in reached.reaching(number[atom]):
                found.setdefault(start, []).append(atom)
    return [(starts[at], atoms) for at, atoms in sorted(found.items())]
