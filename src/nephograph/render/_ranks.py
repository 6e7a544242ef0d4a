"""Which column a node stands in, and in which order from the top: the first half of a layered drawing.

The method is the usual one for layered graphs (Sugiyama, Tagawa, Toda 1981): break cycles, longest-path ranks, dummy
items along long edges, barycentre sweeps. Node columns have even slots; the odd slots between them hold one item per
edge, which is where its label stands, so that no label can cover anything.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Collection, Sequence

import msgspec

SWEEPS = 12
LARGE = 3000


class Item(msgspec.Struct, frozen=True):
    """What takes room in a slot: a node (`edge` -1), or the place where an edge passes."""

    slot: int
    node: str = ""
    edge: int = -1
    labelled: bool = False

    @property
    def is_node(self) -> bool:
        """False for the place where an edge passes. (A name may be empty.)"""
        return self.edge < 0


class Ranked(msgspec.Struct, frozen=True):
    """Items by slot, top to bottom; for each edge the items it runs through, from its left end to its right end.

    `backward` edges run right to left; `loops` (a node to itself) run through nothing.
    """

    slots: list[list[Item]]
    chains: list[list[Item]]
    backward: frozenset[int]
    loops: frozenset[int]


def rank(nodes: Sequence[str], edges: Sequence[tuple[str, str]], pinned: Collection[str] = ()) -> Ranked:
    """Items in slots with few crossings. `pinned` nodes without predecessors stay in the first column."""
    loops = frozenset(index for index, (source, target) in enumerate(edges) if source == target)
    backward = _backward(nodes, edges) - loops
    forward = [(b, a) if index in backward else (a, b) for index, (a, b) in enumerate(edges)]
    level = _levels(nodes, [ends for index, ends in enumerate(forward) if index not in loops], pinned)
    slots: list[list[Item]] = [[] for _ in range(2 * max(level.values(), default=0) + 1)]
    items = {node: Item(2 * level[node], node) for node in nodes}
    for item in items.values():
        slots[item.slot].append(item)
    chains: list[list[Item]] = []
    for index, (a, b) in enumerate(forward):
        first, last = items[a], items[b]
        if index in loops:
            chains.append([first])
            continue
        middle = first.slot + 1 + 2 * ((last.slot - first.slot - 1) // 4)
        passing = [Item(slot, edge=index, labelled=slot == middle) for slot in range(first.slot + 1, last.slot)]
        for item in passing:
            slots[item.slot].append(item)
        chains.append([first, *passing, last])
    return Ranked(_ordered(slots, chains), chains, backward, loops)


def links(chains: Sequence[Sequence[Item]]) -> tuple[dict[Item, list[Item]], dict[Item, list[Item]]]:
    """(what is left of each item, what is right of each item) along the edges."""
    left: dict[Item, list[Item]] = {}
    right: dict[Item, list[Item]] = {}
    for chain in chains:
        for a, b in itertools.pairwise(chain):
            right.setdefault(a, []).append(b)
            left.setdefault(b, []).append(a)
    return left, right


def _backward(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> frozenset[int]:
    """The edges that close a cycle in a depth-first walk: turned round, no cycle is left."""
    out: dict[str, list[tuple[int, str]]] = {node: [] for node in nodes}
    entered = set()
    for index, (source, target) in enumerate(edges):
        out[source].append((index, target))
        if source != target:
            entered.add(target)
    state: dict[str, int] = {}
    found = set()
    for start in [*(node for node in nodes if node not in entered), *nodes]:
        if start in state:
            continue
        state[start] = 1
        stack = [(start, iter(out[start]))]
        while stack:
            node, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                state[node] = 2
                stack.pop()
            elif state.get(step[1]) == 1:
                found.add(step[0])
            elif step[1] not in state:
                state[step[1]] = 1
                stack.append((step[1], iter(out[step[1]])))
    return frozenset(found)


def _levels(nodes: Sequence[str], edges: Sequence[tuple[str, str]], pinned: Collection[str]) -> dict[str, int]:
    """Longest path from the left; a node nothing leads to stands just before what it leads to, unless pinned."""
    out: dict[str, list[str]] = {node: [] for node in nodes}
    waiting = dict.fromkeys(nodes, 0)
    for source, target in edges:
        out[source].append(target)
        waiting[target] += 1
    starts = [node for node in nodes if not waiting[node]]
    level = dict.fromkeys(nodes, 0)
    ready = list(starts)
    while ready:
        node = ready.pop()
        for target in out[node]:
            level[target] = max(level[target], level[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    for node in starts:
        if node not in pinned and out[node]:
            level[node] = min(level[target] for target in out[node]) - 1
    return level


def _ordered(slots: list[list[Item]], chains: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """Barycentre sweeps to and fro from the given and from the reversed order; the fewest crossings win."""
    neighbours = links(chains)
    best, fewest = slots, _crossings(slots, neighbours[1])
    # A drawing this large is not read for its beauty; the time it takes stays bounded.
    sweeps = SWEEPS if sum(map(len, slots)) < LARGE else 2
    for start in (slots, [slot[::-1] for slot in slots]):
        for turn in (0, 1):
            current = start
            for sweep in range(sweeps):
                if not fewest:
                    return best
                flip = sweep // 2 % 2 == 1
                current = _swept(current, neighbours, forward=(sweep + turn) % 2 == 0, flip=flip)
                crossings = _crossings(current, neighbours[1])
                if crossings < fewest:
                    best, fewest = current, crossings
    return best


def _swept(
    slots: list[list[Item]],
    neighbours: tuple[dict[Item, list[Item]], dict[Item, list[Item]]],
    *,
    forward: bool,
    flip: bool,
) -> list[list[Item]]:
    """Every slot sorted by the mean position of its items' neighbours in the slot just sorted before it.

    `flip` turns the order of items that are equal so, which leads out of some dead ends.
    """
    out = [list(slot) for slot in slots]
    for index in range(1, len(out)) if forward else range(len(out) - 2, -1, -1):
        beside = out[index - 1 if forward else index + 1]
        position = {item: place for place, item in enumerate(beside)}
        scale = len(beside) / max(len(out[index]), 1)
        centre = {}
        for place, item in enumerate(out[index]):
            near = [position[other] for other in neighbours[0 if forward else 1].get(item, ())]
            centre[item] = sum(near) / len(near) if near else place * scale
        out[index] = sorted(reversed(out[index]) if flip else out[index], key=centre.__getitem__)
    return out


def _crossings(slots: list[list[Item]], right: dict[Item, list[Item]]) -> int:
    """How many pairs of edge pieces cross between neighbouring slots."""
    total = 0
    for index in range(len(slots) - 1):
        position = {item: place for place, item in enumerate(slots[index + 1])}
        ends: list[int] = []
        for item in slots[index]:
            targets = sorted(position[other] for other in right.get(item, ()))
            total += sum(len(ends) - bisect.bisect_right(ends, target) for target in targets)
            for target in targets:
                bisect.insort(ends, target)
    return total
