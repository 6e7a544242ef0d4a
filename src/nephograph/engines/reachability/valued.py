"""Three-valued sets of traffic: what surely passes, what perhaps passes, and what that depends on."""

from __future__ import annotations

from typing import NamedTuple


class Valued(NamedTuple):
    """A set over the traffic axis as bit masks: `sure` is part of `open`; `why` are bits of `Reasons`."""

    sure: int
    open: int
    why: int = 0

    def meet(self, other: Valued) -> Valued:
        """What both let through."""
        sure, open_ = self.sure & other.sure, self.open & other.open
        return Valued(sure, open_, self.why | other.why if sure != open_ else 0)

    def join(self, other: Valued) -> Valued:
        """What one of the two lets through."""
        sure, open_ = self.sure | other.sure, self.open | other.open
        return Valued(sure, open_, self.why | other.why if sure != open_ else 0)

    def either(self, other: Valued, why: int = 0) -> Valued:
        """One of the two holds and nobody knows which (`why`): sure is what both let through."""
        sure, open_ = self.sure & other.sure, self.open | other.open
        if sure == open_:
            return Valued(sure, open_)
        same = self.sure == other.sure and self.open == other.open
        return Valued(sure, open_, self.why | other.why | (0 if same else why))

    def doubted(self, why: int) -> Valued:
        """The same, if at all."""
        return Valued(0, self.open, self.why | why if self.open else 0)

    def lifted(self, change: dict[int, int]) -> Valued:
        """The same after atoms were split: who holds a bit of `change` holds the bits it stands for, too."""
        return Valued(_lifted(self.sure, change), _lifted(self.open, change), self.why)


NOTHING = Valued(0, 0)


class Reasons:
    """What is not known, each text once; a set of them is a bit mask."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.texts: list[str] = []

    def bit(self, text: str) -> int:
        """The mask of one reason."""
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return 1 << number

    def said(self, mask: int) -> tuple[str, ...]:
        """The texts of a mask."""
        return tuple(text for number, text in enumerate(self.texts) if mask >> number & 1)


class Interned:
    """Hash-consed sets: equal ones have one number; what was met once is not computed again."""

    def __init__(self) -> None:
        self.values: list[Valued] = [NOTHING]
        self._numbers: dict[Valued, int] = {NOTHING: 0}
        self._met: dict[tuple[int, int, int], int] = {}

    def number(self, value: Valued) -> int:
        """The number of a set; 0 is the empty one."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
        return found

    def meet(self, one: int, two: int, three: int) -> int:
        """The number of what all three let through."""
        if not (one and two and three):
            return 0
        key = (one, two, three)
        found = self._met.get(key)
        if found is None:
            a, b, c = self.values[one], self.values[two], self.values[three]
            open_ = a.open & b.open & c.open
            sure = a.sure & b.sure & c.sure
            why = a.why | b.why | c.why if sure != open_ else 0
            found = self._met[key] = self.number(Valued(sure, open_, why))
        return found

    def lift(self, change: dict[int, int]) -> None:
        """Atoms were split; numbers stay what they are."""
        self.values = [value.lifted(change) for value in self.values]
        self._numbers = {value: number for number, value in enumerate(self.values)}


def _lifted(mask: int, change: dict[int, int]) -> int:
    for bit, more in change.items():
        if mask & bit:
            mask |= more
    return mask
