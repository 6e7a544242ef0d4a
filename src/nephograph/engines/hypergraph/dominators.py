"""Dominators of a plain directed graph: the vertices every way from the root passes.

Any spanning tree has the dominators of a vertex among its ancestors. So start with the breadth-first tree and let every
vertex, all at once, climb to the nearest common ancestor of its predecessors, until nobody moves: the greatest solution
of the data-flow equations (Cooper, Harvey and Kennedy), kept as a tree. Vertices only climb, so it ends. Where the tree
is deep that would take too many rounds, and a scalar algorithm (semi-NCA) takes over.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nephograph.engines.hypergraph.graph import Ints, Rows

_DEEP = 256
"""Levels of the breadth-first tree from which the scalar algorithm is taken."""

_ROUNDS = 64
"""Rounds after which the scalar algorithm is taken."""


class Dominators(NamedTuple):
    """`parent[v]` is the immediate dominator of vertex `v`: -1 for the root and for what cannot be reached."""

    root: int
    parent: Ints

    def above(self, vertex: int) -> list[int]:
        """The vertices every way to `vertex` passes, the nearest first, the root last."""
        found = []
        at = int(self.parent[vertex])
        while at >= 0:
            found.append(at)
            at = int(self.parent[at])
        return found

    def sizes(self) -> NDArray[np.int64]:
        """For each vertex how many are cut off without it, itself included; 0 for what cannot be reached."""
        depth = _depths(self.parent, self.root)
        order = np.argsort(depth, kind="stable")[::-1]
        order = order[depth[order] > 0]
        if len(order) and int(depth[order[0]]) > _DEEP:
            counts = (depth >= 0).astype(np.int64).tolist()
            parent = self.parent.tolist()
            for vertex in order.tolist():
                counts[parent[vertex]] += counts[vertex]
            return np.asarray(counts, dtype=np.int64)
        size = (depth >= 0).astype(np.int64)
        for level in np.split(order, np.flatnonzero(np.diff(depth[order])) + 1):
            np.add.at(size, self.parent[level], size[level])
        return size


def dominators(edges: Rows, root: int) -> Dominators:
    """The dominator tree of a graph; `edges` are the successors of each vertex."""
    found = _tree(edges, root)
    if found is not None:
        level, parent = found
        tails = np.repeat(np.arange(len(level), dtype=np.int32), np.diff(edges.start))
        kept = level[tails] >= 0
        tails, heads = tails[kept], edges.items[kept]
        for _ in range(_ROUNDS):
            # Who stands right below the root cannot climb.
            below = parent[heads] != root
            below &= heads != root
            tails, heads = tails[below], heads[below]
            if not _climb(parent, tails, heads, root):
                return Dominators(root, parent)
    return Dominators(root, _semi_nca(edges, root))


def _tree(edges: Rows, root: int) -> tuple[Ints, Ints] | None:
    """(level, parent) of the breadth-first tree; None when it is deep."""
    count = len(edges.start) - 1
    level = np.full(count, -1, dtype=np.int32)
    parent = np.full(count, -1, dtype=np.int32)
    frontier = np.asarray([root], dtype=np.int32)
    level[root] = 0
    now = 0
    while len(frontier):
        now += 1
        if now > _DEEP:
            return None
        after = edges.of(frontier)
        fresh = level[after] < 0
        owners = np.repeat(frontier, edges.sizes(frontier))[fresh]
        after = after[fresh]
        parent[after] = owners
        level[after] = now
        frontier = np.flatnonzero(level == now).astype(np.int32) if len(after) * 8 > count else np.unique(after)
    return level, parent


def _depths(parent: Ints, root: int) -> Ints:
    """How deep each vertex stands in a tree of parents; -1 outside of it. Jumps double, so a chain takes 20 rounds."""
    jump = parent.copy()
    depth = (parent >= 0).astype(np.int32)
    while True:
        going = np.flatnonzero(jump >= 0)
        if not len(going):
            break
        over = jump[going]
        depth[going] += depth[over]
        jump[going] = jump[over]
    depth[parent < 0] = -1
    depth[root] = 0
    return depth


def _climb(parent: Ints, tails: Ints, heads: Ints, root: int) -> bool:
    """One round: every vertex to the nearest common ancestor of its predecessors. Did any move?"""
    depth = _depths(parent, root)
    above = parent[heads]
    met = _meet(parent, depth, _branch(parent, depth), tails, above)
    off = np.flatnonzero(met != above)
    if not len(off):
        return False
    # All of a vertex's meetings lie on one way up: the highest is the one that all share.
    heads, met = heads[off], met[off]
    height = depth[met]
    aim = parent.copy()
    for level in np.unique(height)[::-1]:
        chosen = height == level
        aim[heads[chosen]] = met[chosen]
    parent[:] = aim
    return True


def _branch(parent: Ints, depth: Ints) -> Ints:
    """The vertex right below the root that stands above each vertex (itself for those, and for the root)."""
    branch = np.where(depth <= 1, np.arange(len(parent), dtype=np.int32), parent)
    while True:
        after = branch[branch]
        if bool((after == branch).all()):
            return branch
        branch = after


def _meet(parent: Ints, depth: Ints, branch: Ints, left: Ints, right: Ints) -> Ints:
    """The nearest common ancestors of pairs of vertices; of different branches it is the root."""
    apart = branch[left] != branch[right]
    met = left.copy()
    root = np.flatnonzero(depth == 0)[0]
    met[apart] = root
    open_ = np.flatnonzero(~apart & (left != right))
    one, other = left[open_], right[open_]
    while len(open_):
        deep, deeper = depth[one], depth[other]
        one, other = np.where(deep >= deeper, parent[one], one), np.where(deeper >= deep, parent[other], other)
        same = one == other
        met[open_[same]] = one[same]
        open_, one, other = open_[~same], one[~same], other[~same]
    return met


def _semi_nca(edges: Rows, root: int) -> Ints:
    """Semi-NCA (Georgiadis): linear-time in practice, whatever the shape, one vertex at a time."""
    count = len(edges.start) - 1
    start, items = edges.start.tolist(), edges.items.tolist()
    order: list[int] = []
    number = [-1] * count
    up: list[int] = []
    stack: list[tuple[int, int]] = [(root, -1)]
    while stack:
        vertex, came = stack.pop()
        if number[vertex] >= 0:
            continue
        number[vertex] = len(order)
        up.append(came)
        order.append(vertex)
        mine = number[vertex]
        stack += [(to, mine) for to in items[start[vertex] : start[vertex + 1]] if number[to] < 0]
    size = len(order)
    before: list[list[int]] = [[] for _ in range(size)]
    for tail, vertex in enumerate(order):
        for to in items[start[vertex] : start[vertex + 1]]:
            before[number[to]].append(tail)
    semi, best, above = list(range(size)), list(range(size)), up.copy()
    for vertex in range(size - 1, 0, -1):
        least = vertex
        for tail in before[vertex]:
            if tail <= vertex:
                found = tail
            else:
                found = semi[_best(tail, vertex, above, best, semi)]
            least = min(least, found)
        semi[vertex] = least
    dominator = up.copy()
    for vertex in range(1, size):
        at = dominator[vertex]
        while at > semi[vertex]:
            at = dominator[at]
        dominator[vertex] = at
    parent = np.full(count, -1, dtype=np.int32)
    numbers = np.asarray(order, dtype=np.int32)
    if size > 1:
        parent[numbers[1:]] = numbers[np.asarray(dominator[1:], dtype=np.int64)]
    return parent


def _best(vertex: int, last: int, above: list[int], best: list[int], semi: list[int]) -> int:
    """The vertex of least semidominator on the way up to what is not linked yet (`<= last`), paths compressed."""
    chain = []
    at = vertex
    while above[at] > last:
        chain.append(at)
        at = above[at]
    for one in reversed(chain):
        over = above[one]
        if semi[best[over]] < semi[best[one]]:
            best[one] = best[over]
        above[one] = above[over]
    return best[vertex]
