"""Patterns as small automata: matching, intersection, complement, emptiness, and the shortest text in a set.

A pattern is a row of steps, each a class of characters, and of loops between them. Its automaton is run with one bit a
place, so that a state of a product of patterns is a tuple of integers. `shortest` walks that product breadth first:
when it ends without a text, the set is empty.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

MOST_STATES = 200_000
"""States of a product that are visited before the search gives up."""


class TooLargeError(Exception):
    """A product of patterns has more states than are worth visiting: nothing is known of the set."""


class Any_:  # noqa: N801 - reads as a pattern element
    """A wildcard: `many` characters or one, none of them in `but`."""

    __slots__ = ("but", "many")

    def __init__(self, many: bool, but: str = "") -> None:
        self.many = many
        self.but = but

    def __repr__(self) -> str:
        return ("*" if self.many else "?") + (f"[^{self.but}]" if self.but else "")


STAR, ONE = Any_(True), Any_(False)
STAR_IN_PART, ONE_IN_PART = Any_(True, ":"), Any_(False, ":")

Element: TypeAlias = str | frozenset[str] | Any_
"""One character, one of several characters, or a wildcard."""
Elements: TypeAlias = tuple[Element, ...]


def elements(text: str) -> Elements:
    """The elements of a pattern in which `*` and `?` are wildcards."""
    return tuple(STAR if char == "*" else ONE if char == "?" else char for char in text)


def literal(text: str) -> Elements:
    """The elements of a text that stands for itself."""
    return tuple(text)


def folded(pattern: Iterable[Element]) -> Elements:
    """The pattern with letters in either case."""
    return tuple(
        frozenset((one.lower(), one.upper())) if isinstance(one, str) and one.lower() != one.upper() else one
        for one in pattern
    )


class Automaton:
    """One pattern, ready to run. A state is an integer: bit i says that i steps may have been taken."""

    __slots__ = ("_loop_all", "_loop_but", "_named", "_step_all", "_step_but", "accept", "start", "trap")

    def __init__(self, pattern: Elements) -> None:
        steps: list[Element] = []
        loops: dict[int, str] = {}
        for one in pattern:
            if isinstance(one, Any_) and one.many:
                place = len(steps)
                # Two stars in a row: what either of them passes.
                loops[place] = "".join(char for char in loops.get(place, one.but) if char in one.but)
            else:
                steps.append(one)
        self.accept = 1 << len(steps)
        self.start = 1
        self._named: dict[str, int] = {}
        self._step_all = 0
        self._step_but: dict[str, int] = {}
        for place, step in enumerate(steps):
            bit = 1 << place
            if isinstance(step, Any_):
                self._step_all |= bit
                for char in step.but:
                    self._step_but[char] = self._step_but.get(char, 0) | bit
            else:
                for char in step:
                    self._named[char] = self._named.get(char, 0) | bit
        self._loop_all = sum(1 << place for place in loops)
        self.trap = self.accept if loops.get(len(steps)) == "" else 0
        """The state in which every text is accepted, whatever follows."""
        self._loop_but: dict[str, int] = {}
        for place, but in loops.items():
            for char in but:
                self._loop_but[char] = self._loop_but.get(char, 0) | (1 << place)

    def step(self, state: int, char: str) -> int:
        """The state behind one more character; 0 is no way on."""
        taken = state & (self._named.get(char, 0) | (self._step_all & ~self._step_but.get(char, 0)))
        return (taken << 1) | (state & self._loop_all & ~self._loop_but.get(char, 0))

    def telling(self, state: int) -> list[str]:
        """The characters that this state treats otherwise than any other character."""
        found = [char for char, bits in self._named.items() if bits & state]
        found += [char for char, bits in self._step_but.items() if bits & state]
        found += [char for char, bits in self._loop_but.items() if bits & state]
        return found

    def accepts(self, text: str) -> bool:
        """Is the text in the set?"""
        state = self.start
        for char in text:
            state = self.step(state, char)
            if not state:
                return False
        return bool(state & self.accept)


@functools.lru_cache(maxsize=1 << 15)
def automaton(pattern: Elements) -> Automaton:
    """The automaton of a pattern, kept."""
    return Automaton(pattern)


Group: TypeAlias = tuple[tuple[Elements, ...], bool]
"""Patterns, and whether the text has to match one of them (True) or none (False)."""

_PLAIN = "xabcdefghijklmnopqrstuvwyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"


def shortest(groups: Sequence[Group]) -> str | None:
    """A shortest text that every group admits, None when there is none. Raises `TooLargeError`."""
    machines: list[Automaton] = []
    spans: list[tuple[int, int, bool]] = []
    for patterns, wanted in groups:
        begin = len(machines)
        machines += [automaton(pattern) for pattern in patterns]
        spans.append((begin, len(machines), wanted))
    start = tuple(machine.start for machine in machines)
    came: dict[tuple[int, ...], tuple[tuple[int, ...], str] | None] = {start: None}
    queue = deque([start])
    while queue:
        state = queue.popleft()
        if all(any(state[i] & machines[i].accept for i in range(b, e)) == wanted for b, e, wanted in spans):
            return _text(came, state)
        for char in _alphabet(machines, state):
            after = tuple(m.step(s, char) if s else 0 for m, s in zip(machines, state, strict=True))
            if after in came or _lost(machines, after, spans):
                continue
            if len(came) >= MOST_STATES:
                raise TooLargeError
            came[after] = (state, char)
            queue.append(after)
    return None


def _lost(machines: Sequence[Automaton], state: tuple[int, ...], spans: Sequence[tuple[int, int, bool]]) -> bool:
    """Can no text from here on be in the set?"""
    for begin, end, wanted in spans:
        if wanted:
            if not any(state[begin:end]):
                return True
        elif any(state[i] & machines[i].trap for i in range(begin, end)):
            return True
    return False


def _alphabet(machines: Sequence[Automaton], state: tuple[int, ...]) -> list[str]:
    """Characters that lead to different states: those that are told apart here, and one that is not."""
    told = dict.fromkeys(char for m, s in zip(machines, state, strict=True) if s for char in m.telling(s))
    other = next((char for char in _PLAIN if char not in told), None)
    if other is None:
        other = next(chr(code) for code in range(0xC0, 0x10000) if chr(code) not in told)
    return [other, *told]


def _text(came: dict[tuple[int, ...], tuple[tuple[int, ...], str] | None], state: tuple[int, ...]) -> str:
    chars: list[str] = []
    step = came[state]
    while step is not None:
        chars.append(step[1])
        step = came[step[0]]
    return "".join(reversed(chars))


def matcher(pattern: str) -> Callable[[str], bool]:
    """A function that says whether a text matches a pattern of `*` and `?`; time grows with the text."""
    if "*" not in pattern and "?" not in pattern:
        return pattern.__eq__
    if "?" in pattern:
        return automaton(elements(pattern)).accepts
    head, *middle, tail = pattern.split("*")
    pieces = [piece for piece in middle if piece]

    def matches(text: str) -> bool:
        end = len(text) - len(tail)
        place = len(head)
        if end < place or not text.startswith(head) or not text.endswith(tail):
            return False
        for piece in pieces:
            place = text.find(piece, place, end)
            if place < 0:
                return False
            place += len(piece)
        return True

    return matches


@functools.lru_cache(maxsize=1 << 16)
def compiled(pattern: str) -> Callable[[str], bool]:
    """`matcher`, kept."""
    return matcher(pattern)


def matches(pattern: str, text: str) -> bool:
    """Does the text match the pattern?"""
    return pattern == "*" or compiled(pattern)(text)
