"""Which ones of several reach which: a row for every pair of ends, those between which nothing tells told once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from nephograph.engines.tracer.came import End
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.question import Reach
from nephograph.engines.tracer.sets import Alike, Asked, each, key
from nephograph.model.answer import Table

MOST = 20
"""Pairs the text tells; JSON has all of them."""


def pairs_table(asked: Asked, found: Reach) -> Table:
    """Who reaches whom, yes first."""
    told = each(found)
    starts, goals = _names([start for start, _, _ in told]), _names([goal for _, goal, _ in told])
    rows = [
        (_called(start, starts, asked.sources), _called(goal, goals, asked.targets), verdict)
        for start, goal, verdict in told
    ]
    more = len(rows) - MOST
    shown = [*rows[:MOST], *([(f"{more} more (--format json tells them)", "", "")] if more > 0 else [])]
    return Table(("from", "to", "verdict"), tuple(shown), "Each of them")


def _names(every: list[End]) -> dict[str, str]:
    """What rows call each end: its name, and its subnet where several go by one name."""
    ends = {key(end): end for end in every}
    counted = Counter(end.name for end in ends.values())
    return {
        urn: f"{end.name} in {name(end.subnet)}"
        if counted[end.name] > 1 and isinstance(end, Interface) and end.subnet is not None
        else end.name
        for urn, end in ends.items()
    }


def _called(end: End, names: dict[str, str], alike: Alike) -> str:
    more = len(alike.get(key(end), (end,))) - 1
    return f"{names[key(end)]} and {more} like it" if more else names[key(end)]


def pairs_data(asked: Asked, found: Reach) -> list[dict[str, Any]]:
    """The same for programs; `from` and `to` list the names of everybody a row stands for."""
    return [
        {
            "from": [one.name for one in asked.sources.get(key(start), (start,))],
            "to": [one.name for one in asked.targets.get(key(goal), (goal,))],
            "verdict": verdict,
        }
        for start, goal, verdict in each(found)
    ]


__all__ = ["pairs_data", "pairs_table"]
