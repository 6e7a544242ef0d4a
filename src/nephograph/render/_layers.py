"""Where everything stands, in pixels: the second half of a layered drawing.

A drawing wider than a page is folded into bands where a single edge leads on, as text is into lines.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence

import msgspec

from nephograph.render._ranks import Item, Ranked, links, rank

NODE_GAP, LABEL_GAP = 26.0, 10.0
RUN = 28.0
"""Length of the bent piece of an edge on either side of its label."""
PASSING = 6.0
"""Height kept free for an edge that only passes."""
ROUNDS = 24
SIDE, LANE, BREATH = 16.0, 11.0, 22.0
"""Between bands: how far the first turning edge leaves its column, the next ones more; room above and below them."""
MOST_TURNS = 3
"""A band never ends where more edges than this lead on."""
TURN_COST = 60.0
"""Pixels of width a further turning edge must save."""
TALL = 0.55
"""A drawing higher than this share of its width is not folded: it would only become higher."""


class Place(msgspec.Struct, frozen=True):
    """The left edge, vertical middle, width and height of an item."""

    x: float
    y: float
    w: float
    h: float


class Turn(msgspec.Struct, frozen=True):
    """An edge from one band to the next: down at x `out`, left along y `level`, down at x `back`, then in."""

    out: float
    level: float
    back: float
    labelled: bool


class Layout(msgspec.Struct, frozen=True):
    """Nodes by id; per edge its route from its left to its right end, and its turns in the order of the route.

    Where a route turns, one slot is missing in it. `margin` is what turning edges need beside the drawing.
    """

    width: float
    height: float
    margin: float
    nodes: dict[str, Place]
    routes: list[list[tuple[Item, Place]]]
    turns: dict[int, list[Turn]]
    backward: frozenset[int]
    loops: frozenset[int]


def lay_out(
    sizes: Mapping[str, tuple[float, float]],
    edges: Sequence[tuple[str, str]],
    labels: Sequence[tuple[float, float]],
    limit: float,
    pinned: Collection[str] = (),
) -> Layout:
    """Places for nodes of given sizes and for the labels of the edges; `limit` is the width a band should keep."""
    ranked = rank(list(sizes), edges, pinned)
    size_of: dict[Item, tuple[float, float]] = {}
    for item in itertools.chain.from_iterable(ranked.slots):
        width, height = sizes[item.node] if item.is_node else labels[item.edge] if item.labelled else (0.0, 0.0)
        size_of[item] = width, max(height, PASSING)
    widths = _widths(ranked, size_of)
    tallest = max((_height(slot, size_of) for slot in ranked.slots), default=0.0)
    bands = [(0, len(ranked.slots) - 1)]
    if sum(widths) > limit and tallest < TALL * sum(widths):
        bands = _bands(ranked, widths, limit)
    places: dict[Item, Place] = {}
    turns: dict[int, list[Turn]] = {}
    top = width = 0.0
    for number, (first, last) in enumerate(bands):
        slots = ranked.slots[first : last + 1]
        middles = _middles(slots, ranked, size_of)
        high = min((middles[item] - size_of[item][1] / 2 for slot in slots for item in slot), default=0.0)
        low = max((middles[item] + size_of[item][1] / 2 for slot in slots for item in slot), default=0.0)
        x = 0.0
        for index, slot in enumerate(slots, first):
            pad = _run(ranked, index)
            for item in slot:
                # A passing edge runs straight beside boxes and labels and bends between the columns only.
                w = size_of[item][0] if item.is_node else widths[index] - 2 * pad
                middle = x + (widths[index] - w) / 2
                places[item] = Place(middle, top + middles[item] - high, w, size_of[item][1])
            x += widths[index]
        width = max(width, x)
        top += low - high
        if number < len(bands) - 1:
            top = _turned(ranked.slots[last + 1], size_of, x, top, turns)
    routes = [[(item, places[item]) for item in chain if item in places] for chain in ranked.chains]
    nodes = {item.node: place for item, place in places.items() if item.is_node}
    most = max((turn.out - width for found in turns.values() for turn in found), default=0.0)
    lanes = max((-turn.back for found in turns.values() for turn in found), default=0.0)
    return Layout(width, top, max(most, lanes, 0.0), nodes, routes, turns, ranked.backward, ranked.loops)


def _turned(
    cut: Sequence[Item],
    size_of: Mapping[Item, tuple[float, float]],
    right: float,
    top: float,
    turns: dict[int, list[Turn]],
) -> float:
    """Lanes for the edges that turn here, nested so that none crosses another; returns where the next band begins."""
    level = top + BREATH
    for lane, item in enumerate(reversed(cut)):
        height = size_of[item][1]
        out, back = right + SIDE + LANE * lane, -SIDE - LANE * (len(cut) - 1 - lane)
        turns.setdefault(item.edge, []).append(Turn(out, level + height / 2, back, item.labelled))
        level += height + LABEL_GAP
    return level - LABEL_GAP + BREATH


def _run(ranked: Ranked, index: int) -> float:
    """The bent part on either side of an odd slot; edges that climb far get a longer one."""
    if index % 2 == 0:
        return 0.0
    return RUN + min(5.0 * (max(map(len, ranked.slots[index - 1 : index + 2])) - 1), 40.0)


def _height(slot: Sequence[Item], size_of: Mapping[Item, tuple[float, float]]) -> float:
    return sum(size_of[item][1] + (NODE_GAP if item.is_node else LABEL_GAP) for item in slot)


def _widths(ranked: Ranked, size_of: Mapping[Item, tuple[float, float]]) -> list[float]:
    """The width of every slot."""
    return [
        max((size_of[item][0] for item in slot), default=0.0) + 2 * _run(ranked, index)
        for index, slot in enumerate(ranked.slots)
    ]


def _bands(ranked: Ranked, widths: Sequence[float], limit: float) -> list[tuple[int, int]]:
    """Slot ranges of the bands: as few as keep the limit, their widths as equal as can be."""
    whole = len(widths)
    cuts = [index for index in range(1, whole, 2) if len(ranked.slots[index]) <= MOST_TURNS]
    ends = [*cuts, whole]
    # For the bands before each end: by their number, the least cost (the widest, edges that turn) and the ranges.
    best: list[dict[int, tuple[float, list[tuple[int, int]]]]] = []
    for index, end in enumerate(ends):
        found: dict[int, tuple[float, list[tuple[int, int]]]] = {1: (sum(widths[:end]), [(0, end - 1)])}
        for before in range(index):
            start = ends[before] + 1
            cost = sum(widths[start:end]) + TURN_COST * (len(ranked.slots[start - 1]) - 1)
            for count, (widest, ranges) in best[before].items():
                candidate = (max(widest, cost), [*ranges, (start, end - 1)])
                if count + 1 not in found or candidate[0] < found[count + 1][0]:
                    found[count + 1] = candidate
        best.append(found)
    choices = best[-1]
    fitting = [count for count, (widest, _) in choices.items() if widest <= limit]
    narrowest = min(widest for widest, _ in choices.values())
    count = min(fitting or [count for count, (widest, _) in choices.items() if widest <= narrowest])
    return choices[count][1]


def _middles(
    slots: Sequence[Sequence[Item]], ranked: Ranked, size_of: Mapping[Item, tuple[float, float]]
) -> dict[Item, float]:
    """The vertical middle of every item: near its neighbours, the order and the gaps kept."""
    inside = {item for slot in slots for item in slot}
    left, right = links([[item for item in chain if item in inside] for chain in ranked.chains])
    middle: dict[Item, float] = {}
    for slot in slots:
        y = 0.0
        for index, item in enumerate(slot):
            y += _apart(slot[index - 1], item, size_of) if index else 0.0
            middle[item] = y
        centre = y / 2
        for item in slot:
            middle[item] -= centre
    for round_ in range(ROUNDS):
        forward = round_ % 2 == 0
        for slot in slots if forward else reversed(slots):
            wanted = []
            for item in slot:
                near = [*left.get(item, ()), *right.get(item, ())]
                if round_ < ROUNDS - 4:
                    near = (left if forward else right).get(item, []) or near
                wanted.append(sum(middle[other] for other in near) / len(near) if near else middle[item])
            middle.update(zip(slot, _settled(slot, wanted, size_of), strict=True))
    return middle


def _apart(above: Item, below: Item, size_of: Mapping[Item, tuple[float, float]]) -> float:
    gap = NODE_GAP if above.is_node and below.is_node else LABEL_GAP
    return (size_of[above][1] + size_of[below][1]) / 2 + gap


def _settled(slot: Sequence[Item], wanted: Sequence[float], size_of: Mapping[Item, tuple[float, float]]) -> list[float]:
    """The positions nearest to the wanted ones (least squares) that keep order and gaps.

    Less the gaps above, this is isotonic regression: pool adjacent violators.
    """
    offsets = [0.0]
    for above, below in itertools.pairwise(slot):
        offsets.append(offsets[-1] + _apart(above, below, size_of))
    pools: list[list[float]] = []
    for want, offset in zip(wanted, offsets, strict=False):
        pools.append([want - offset, 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            value, weight = pools.pop()
            total = pools[-1][1] + weight
            pools[-1] = [(pools[-1][0] * pools[-1][1] + value * weight) / total, total]
    flat = [value for value, weight in pools for _ in range(int(weight))]
    return [value + offset for value, offset in zip(flat, offsets, strict=False)]
