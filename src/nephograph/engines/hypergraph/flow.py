"""The cheapest edges that part sources from sinks in a plain graph: maximum flow by Dinic's levels.

Distances to the sinks are found level by level on arrays; only the few edges that carry flow are kept one by one, so a
graph of ten million edges costs a few sweeps. Where moves need several premises at once, see `cut`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nephograph.engines.hypergraph.graph import Ints, Mask, Rows


class EdgeCut(NamedTuple):
    """Positions in `edges.items` of the cheapest cut and its cost; `cost` is None when no cut of finite cost exists."""

    edges: Ints
    cost: int | None


def cheapest_edges(edges: Rows, price: NDArray[np.int64], sources: Ints, sinks: Ints) -> EdgeCut:
    """The cheapest edges whose removal leaves no way from a source to a sink; the cut nearest to the sinks.

    `edges` are the successors of each vertex, `price` what each costs to remove: a positive whole number, or 0 for an
    edge that cannot be removed.
    """
    if len(np.intersect1d(sources, sinks)):
        return EdgeCut(np.zeros(0, dtype=np.int32), None)
    flow = _Flow(edges, price, sources, sinks)
    while flow.near():
        if not flow.push():
            return EdgeCut(np.zeros(0, dtype=np.int32), None)
    return flow.cut()


class _Flow:
    def __init__(self, edges: Rows, price: NDArray[np.int64], sources: Ints, sinks: Ints) -> None:
        self.edges, self.price = edges, price
        self.count = len(edges.start) - 1
        self.source = np.zeros(self.count, dtype=np.bool_)
        self.source[sources] = True
        self.sinks = sinks
        self.sink = set(sinks.tolist())
        order = np.argsort(edges.items, kind="stable")
        sizes = np.bincount(edges.items, minlength=self.count)
        start = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)))
        self.before = Rows(start, order.astype(np.int32))
        """For each vertex the positions of the edges into it."""
        self.tail = np.repeat(np.arange(self.count, dtype=np.int32), np.diff(edges.start))
        self.full: Mask = np.zeros(len(edges.items), dtype=np.bool_)
        self.flow: dict[int, int] = {}
        self.back: dict[int, dict[int, None]] = {}
        """For each vertex the edges into it that carry flow: what may be taken back."""
        self.distance = np.zeros(0, dtype=np.int32)

    def near(self) -> bool:
        """Find how far every vertex is from the sinks, as far as the nearest source. Is there one?"""
        distance = np.full(self.count, -1, dtype=np.int32)
        distance[self.sinks] = 0
        frontier = np.unique(self.sinks)
        now = 0
        while len(frontier):
            into = self.before.of(frontier)
            found = self.tail[into[~self.full[into]]]
            again = [int(self.edges.items[e]) for e in self.flow if distance[self.tail[e]] == now]
            # An edge that carries flow out of a vertex can be undone: its head comes one step before its tail.
            found = np.concatenate((found, np.asarray(again, dtype=np.int32)))
            found = found[distance[found] < 0]
            now += 1
            distance[found] = now
            frontier = np.unique(found)
            if bool(self.source[frontier].any()):
                break
        self.distance = distance
        return bool((distance[self.source] >= 0).any())

    def push(self) -> bool:
        """Send what can be sent along shortest ways. False when a way has no price on it."""
        pointer: dict[int, list[tuple[int, int]]] = {}
        for source in np.flatnonzero(self.source & (self.distance >= 0)).tolist():
            while True:
                way = self._way(source, pointer)
                if way is None:
                    break
                limit = self._limit(way)
                if limit == 0:
                    return False
                for edge, forward in way:
                    self._add(edge, limit if forward else -limit)
        return True

    def _way(self, source: int, pointer: dict[int, list[tuple[int, int]]]) -> list[tuple[int, bool]] | None:
        """A shortest way to a sink as (edge, along it?), by depth-first search that never tries an edge twice."""
        way: list[tuple[int, bool, int]] = []
        at = source
        while at not in self.sink:
            if at not in pointer:
                pointer[at] = self._steps(at)
            steps = pointer[at]
            while steps and not self._open(*steps[-1], at):
                steps.pop()
            if steps:
                edge, to = steps[-1]
                way.append((edge, edge >= 0, at))
                at = to
            elif way:
                _, _, at = way.pop()
                pointer[at].pop()
            else:
                return None
        return [(edge if along else ~edge, along) for edge, along, _ in way]

    def _steps(self, vertex: int) -> list[tuple[int, int]]:
        """(edge, next vertex) one step nearer to a sink; the edge is complemented when flow on it is taken back."""
        wanted = int(self.distance[vertex]) - 1
        first = int(self.edges.start[vertex])
        heads = self.edges.row(vertex)
        steps = [(first + int(i), int(heads[i])) for i in np.flatnonzero(self.distance[heads] == wanted).tolist()]
        undone = [(~e, int(self.tail[e])) for e in self.back.get(vertex, ()) if self.distance[self.tail[e]] == wanted]
        return [*reversed(steps), *reversed(undone)]

    def _open(self, edge: int, to: int, at: int) -> bool:
        if self.distance[to] != self.distance[at] - 1:
            return False
        return not self.full[edge] if edge >= 0 else self.flow.get(~edge, 0) > 0

    def _limit(self, way: list[tuple[int, bool]]) -> int:
        """What fits through all of it; 0 when nothing on it has a price."""
        limit = 0
        for edge, along in way:
            price = int(self.price[edge])
            if along and price == 0:
                continue
            room = price - self.flow.get(edge, 0) if along else self.flow[edge]
            limit = room if limit == 0 else min(limit, room)
        return limit

    def _add(self, edge: int, amount: int) -> None:
        now = self.flow.get(edge, 0) + amount
        head = int(self.edges.items[edge])
        if now:
            self.flow[edge] = now
            self.back.setdefault(head, {})[edge] = None
        else:
            del self.flow[edge]
            del self.back[head][edge]
        self.full[edge] = 0 < int(self.price[edge]) == now

    def cut(self) -> EdgeCut:
        """The edges that are full between what still reaches a sink and what does not."""
        reaches = self.distance >= 0
        full = np.flatnonzero(self.full)
        chosen = full[~reaches[self.tail[full]] & reaches[self.edges.items[full]]]
        return EdgeCut(chosen.astype(np.int32), int(self.price[chosen].sum()))
