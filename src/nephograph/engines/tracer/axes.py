"""What a packet may still be, and what is not known of the estate: axes that one course of the tracer leaves open.

The tracer walks one concrete packet with plain yes-or-no decisions. Whatever the asker may choose (a port, an address
of a range) and whatever nobody knows (a variable, an address given after apply) is an *axis*: the course takes a value
and notes in how wide an interval the same decisions would have been taken. `explore` then walks what is left.
"""

from __future__ import annotations

from typing import NamedTuple

Interval = tuple[int, int]
"""Inclusive."""

Box = dict[str, Interval]
"""An interval of some axes; an axis that is not named may have any value."""


class Axis(NamedTuple):
    """One thing left open: `domain` are its values, `free` when the asker chooses it, `text` names it in an answer."""

    name: str
    domain: tuple[Interval, ...]
    free: bool
    text: str

    def first(self, low: int, high: int) -> int | None:
        """The smallest value in an interval; None when the interval holds none."""
        starts = (max(low, start) for start, end in self.domain if start <= high and low <= end)
        return min(starts, default=None)

    @property
    def hull(self) -> Interval:
        """The interval from the smallest to the largest value. Boxes speak of it; gaps in it hold no value."""
        return self.domain[0][0], self.domain[-1][1]


class Symbol(NamedTuple):
    """A number of the packet: a value and, while it stands for an axis, the name of that axis.

    `owner` is the urn of the interface an address belongs to, where that is known. `shift` is what has been taken off
    the value of the axis on the way (NAT64 takes a prefix off).
    """

    value: int
    axis: str = ""
    owner: str = ""
    shift: int = 0


class Course:
    """One run: the values taken, and the box of values for which every decision stays the same."""

    def __init__(self, box: Box, axes: dict[str, Axis]) -> None:
        self._given = box
        self._axes = axes
        self._points: dict[str, int] = {}
        self.box: Box = {}
        self.protocols: set[str] = set()
        """Protocols that rules on the way name."""

    def take(self, axis: Axis, owner: str = "") -> Symbol:
        """The value this course gives an axis: always the same one."""
        self._axes.setdefault(axis.name, axis)
        if axis.name not in self.box:
            self.box[axis.name] = low, high = self._given.get(axis.name, axis.hull)
            point = axis.first(low, high)
            self._points[axis.name] = low if point is None else point
        return Symbol(self._points[axis.name], axis.name, owner)

    def aside(self) -> Course:
        """A course to ask what would be if: it knows what this one knows, and narrows nothing of it."""
        other = Course(self._given, self._axes)
        other.box, other._points = dict(self.box), dict(self._points)
        return other

    def within(self, symbol: Symbol, low: int, high: int) -> bool:
        """Is the number in the interval? Notes how far the answer carries."""
        inside = low <= symbol.value <= high
        if symbol.axis:
            start, end = self.box[symbol.axis]
            first, last = low + symbol.shift, high + symbol.shift
            if inside:
                self.box[symbol.axis] = (max(start, first), min(end, last))
            elif symbol.value < low:
                self.box[symbol.axis] = (start, min(end, first - 1))
            else:
                self.box[symbol.axis] = (max(start, last + 1), end)
        return inside

    def text(self, symbol: Symbol) -> str:
        """What to call a number that is not known, "" when it is."""
        return self._axes[symbol.axis].text if symbol.axis else ""

    def perhaps(self, text: str, of: Symbol | None = None) -> bool:
        """Something that is true or not and nobody knows which; `text` names it. True is tried first.

        What may be true `of` one address and not of another is asked of each by itself.
        """
        of_which = f" of {of.axis or of.value}" if of is not None else ""
        symbol = self.take(Axis(f"? {text}{of_which}", ((0, 1),), False, text))
        return self.within(symbol, 0, 0)
