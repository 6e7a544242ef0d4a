"""The cheapest set of changes that hits every one of some sets: exact, by branch and bound, with an honest bound.

The problem is NP-hard, so the search counts its nodes; where it is ended early the best set found is told together with
a lower bound of every set's cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

NODES = 200_000
"""Branches that are looked at."""


class Hit(NamedTuple):
    """A hitting set, its cost, and what no set can be cheaper than (equal to `cost` when the set is proven best)."""

    chosen: tuple[int, ...]
    cost: int
    bound: int


def cheapest_hit(sets: Sequence[frozenset[int]], cost: Mapping[int, int], nodes: int = NODES) -> Hit | None:
    """The cheapest set of elements with one in each of `sets`; None when a set is empty (nothing can hit it).

    Costs are positive whole numbers. Of equally cheap sets the one of fewest elements, then of the least elements in
    order, is taken, whatever order the sets come in, as long as the search is not ended early.
    """
    needed = _minimal(sets)
    if any(not one for one in needed):
        return None
    bound = _packing(needed, cost)
    best = _greedy(needed, cost)
    search = _Search(cost, best, nodes)
    search.run(needed, (), 0)
    chosen = tuple(sorted(search.best))
    total = sum(cost[one] for one in chosen)
    return Hit(chosen, total, total if search.left > 0 else bound)


class _Search:
    """Depth-first over the smallest set that is not hit; a branch ends when it cannot be better than the best."""

    def __init__(self, cost: Mapping[int, int], best: tuple[int, ...], nodes: int) -> None:
        self.cost = cost
        self.best = best
        self.left = nodes

    def run(self, sets: Sequence[frozenset[int]], chosen: tuple[int, ...], spent: int) -> None:
        self.left -= 1
        if self.left <= 0:
            return
        if not sets:
            if self._rank(chosen) < self._rank(self.best):
                self.best = chosen
            return
        if spent + _packing(sets, self.cost) > sum(self.cost[one] for one in self.best):
            return
        branch = min(sets, key=lambda one: (len(one), sorted(one)))
        refused: set[int] = set()
        for element in sorted(branch, key=lambda one: (self.cost[one], one)):
            # What an earlier branch took is left out here: no set is looked at twice.
            rest = _minimal([one - refused for one in sets if element not in one])
            if all(rest):
                self.run(rest, (*chosen, element), spent + self.cost[element])
            refused.add(element)

    def _rank(self, chosen: tuple[int, ...]) -> tuple[int, int, list[int]]:
        return sum(self.cost[one] for one in chosen), len(chosen), sorted(chosen)


def _minimal(sets: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Without the sets that hold another one: hitting the smaller hits them."""
    kept: list[frozenset[int]] = []
    for one in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if not any(other <= one for other in kept):
            kept.append(one)
    return kept


def _packing(sets: Sequence[frozenset[int]], cost: Mapping[int, int]) -> int:
    """A lower bound: sets that share nothing have to be paid for one by one."""
    total = 0
    used: set[int] = set()
    for one in sorted(sets, key=lambda one: (len(one), -min((cost[e] for e in one), default=0), sorted(one))):
        if used.isdisjoint(one):
            total += min(cost[e] for e in one)
            used |= one
    return total


def _greedy(sets: Sequence[frozenset[int]], cost: Mapping[int, int]) -> tuple[int, ...]:
    """A first hitting set: again and again what hits the most for its cost; then what turns out needless is dropped."""
    open_ = list(sets)
    chosen: list[int] = []
    while open_:
        counts: dict[int, int] = {}
        for one in open_:
            for element in one:
                counts[element] = counts.get(element, 0) + 1
        element = min(counts, key=lambda e: (cost[e] / counts[e], e))
        chosen.append(element)
        open_ = [one for one in open_ if element not in one]
    for element in sorted(chosen, key=lambda e: (-cost[e], e)):
        rest = [e for e in chosen if e != element]
        if all(not one.isdisjoint(rest) for one in sets):
            chosen = rest
    return tuple(chosen)
