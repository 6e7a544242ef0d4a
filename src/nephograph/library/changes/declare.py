"""How a change is declared."""

from __future__ import annotations

import enum
from typing import Any

import msgspec


class Cost(enum.IntEnum):
    """What a change asks of a team; the cheapest set of changes is the one with the smallest sum.

    The numbers say how many of a cheaper sort one would rather make: two rules rather than one permission.
    """

    RULE = 1
    """One rule lets in less: whoever used it was let in on purpose, and is easily found."""
    PERMISSION = 2
    """One statement of a policy goes: whoever used it has to be given what is needed of it."""
    IDENTITY = 4
    """A role, a trust or an attached policy goes: something works with other rights from then on."""
    PLACE = 8
    """A way goes, or an address: everything that stands there is reached in another way."""

    @property
    def says(self) -> str:
        """In a word."""
        return {1: "a rule", 2: "a permission", 4: "an identity", 8: "a place"}[int(self)]


class Change(msgspec.Struct, frozen=True):
    """Facts that stand on a field of a kind are ended by this edit.

    `field` is a path with `*` for positions and `**` for any path in between, matched from the start: what a fact rests
    on may lie deeper. What the path matches is removed, or, where `value` is said, set. `title` tells it, with
    {thing} for the resource. `has` narrows it to items that say this field. The first change that fits is taken.
    """

    kind: str
    field: str
    title: str
    cost: Cost
    value: Any = None
    has: str = ""
    reference: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The field's parts."""
        return tuple(self.field.split("."))
