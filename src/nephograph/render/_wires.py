"""The line of one edge through the places its layout gives it: straight under labels, bent between columns."""

from __future__ import annotations

import itertools

from nephograph.render._layers import Layout, Place, Turn
from nephograph.render._ranks import Item

CORNER, HEAD = 9.0, 3.0
"""Radius of the corners of a turn; room for the arrow's tip."""

Spot = tuple[float, float] | None


def wire(layout: Layout, index: int) -> tuple[str, Spot]:
    """(the path data of edge `index` from its left to its right end, the middle of its label if it has one)."""
    route = layout.routes[index]
    if index in layout.loops:
        return _loop(route[0][1]), None
    first = 0.0 if index not in layout.backward else HEAD
    x, y = route[0][1].x + route[0][1].w + first, _port(layout, index, route[0], right=True)
    data = [f"M{_p(x, y)}"]
    spot: Spot = None
    turns = iter(layout.turns.get(index, ()))
    for (item, _), (after, place) in itertools.pairwise(route):
        end = after.slot if after.is_node else None
        goal_x = place.x - (HEAD if end is not None and index not in layout.backward else 0.0)
        goal_y = _port(layout, index, (after, place), right=False)
        if after.slot - item.slot > 1:
            turn = next(turns)
            data.append(_turn(x, y, turn, goal_x, goal_y))
            if turn.labelled:
                spot = ((turn.out + turn.back) / 2, turn.level)
        else:
            bend = (goal_x - x) * 0.5
            data.append(f"C{_p(x + bend, y)} {_p(goal_x - bend, goal_y)} {_p(goal_x, goal_y)}")
        x, y = goal_x, goal_y
        if not after.is_node:
            x += place.w
            if place.w:
                data.append(f"H{_n(x)}")
            if after.labelled:
                spot = (place.x + place.w / 2, y)
    return "".join(data), spot


def _port(layout: Layout, index: int, at: tuple[Item, Place], *, right: bool) -> float:
    """Where the edge meets this place: edges at one side of a box are spread in the order of their far ends."""
    item, place = at
    if not item.is_node:
        return place.y
    beside: list[tuple[float, int]] = []
    for other, route in enumerate(layout.routes):
        if other in layout.loops:
            continue
        end, near = (route[0], route[1]) if right else (route[-1], route[-2])
        if end[0] == item:
            # An edge that turns into another band meets its box in the middle of the others' order.
            turning = abs(near[0].slot - item.slot) > 1
            beside.append((place.y if turning else near[1].y, other))
    beside.sort()
    position = next(number for number, (_, other) in enumerate(beside) if other == index)
    pitch = min(12.0, (place.h - 22) / max(len(beside) - 1, 1))
    return place.y + (position - (len(beside) - 1) / 2) * pitch


def _turn(x: float, y: float, turn: Turn, goal_x: float, goal_y: float) -> str:
    """Out to the right, down, back to the left between the bands, down again and in from the left."""
    r, out, level, back = CORNER, turn.out, turn.level, turn.back
    return (
        f"H{_n(max(out - r, x))}Q{_p(out, y)} {_p(out, y + r)}V{_n(level - r)}Q{_p(out, level)} {_p(out - r, level)}"
        f"H{_n(back + r)}Q{_p(back, level)} {_p(back, level + r)}V{_n(goal_y - r)}"
        f"Q{_p(back, goal_y)} {_p(back + r, goal_y)}H{_n(goal_x)}"
    )


def _loop(place: Place) -> str:
    x, y = place.x + 22, place.y - place.h / 2
    return f"M{_p(x, y)}C{_p(x, y - 26)} {_p(x + 28, y - 26)} {_p(x + 28, y - 2)}"


def _n(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def _p(x: float, y: float) -> str:
    return f"{_n(x)} {_n(y)}"
