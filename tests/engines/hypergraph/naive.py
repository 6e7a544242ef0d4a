"""The same questions answered the slow way: everything is derived anew for every failure, vertex and set of changes."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from typing import NamedTuple


class Drawn(NamedTuple):
    """A small hypergraph: (head, premises) of each move, how many premises it needs, and what is given."""

    atoms: int
    moves: list[tuple[int, list[int]]]
    needs: list[int]
    given: list[int]


def derived(graph: Drawn, without_atoms: Collection[int] = (), without_moves: Collection[int] = ()) -> set[int]:
    """Everything that follows, by trying every move until nothing is new."""
    have = {atom for atom in graph.given if atom not in without_atoms}
    while True:
        new = {
            head
            for at, (head, premises) in enumerate(graph.moves)
            if at not in without_moves
            and head not in without_atoms
            and sum(premise in have for premise in premises) >= graph.needs[at]
        }
        if new <= have:
            return have
        have |= new


def reached(successors: Sequence[Sequence[int]], starts: Collection[int], without: Collection[int] = ()) -> set[int]:
    """The vertices of a plain graph that can be walked to."""
    seen = {start for start in starts if start not in without}
    stack = list(seen)
    while stack:
        for after in successors[stack.pop()]:
            if after not in without and after not in seen:
                seen.add(after)
                stack.append(after)
    return seen


def subsets(count: int) -> list[tuple[int, ...]]:
    """All subsets of 0 … count-1, small ones first."""
    return [chosen for size in range(count + 1) for chosen in itertools.combinations(range(count), size)]
