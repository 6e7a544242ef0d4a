"""Patterns of policies: `*` is any text, `?` any one character. Time grows with the text, not with the stars.

A pattern is a list of tokens, so that text which came out of a policy variable is never read as a wildcard.
Source: IAM/latest/UserGuide/reference_policies_elements_resource.html.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterable, Sequence

_WILD = re.compile(r"[*?]")
_SHORT = 4096
"""Products of lengths up to which a piece with `?` is searched naively; beyond it, bit by bit in parallel."""


class Wild(enum.Enum):
    """The two wildcards."""

    STAR = "*"
    ANY = "?"


Token = str | Wild


class Piece:
    """A run of a pattern between two stars: `text`, in which `?` at the places `anys` stands for any character."""

    __slots__ = ("anys", "text")

    def __init__(self, tokens: Iterable[Token]) -> None:
        text: list[str] = []
        anys: list[int] = []
        length = 0
        for token in tokens:
            if isinstance(token, Wild):
                anys.append(length)
            text.append(token if isinstance(token, str) else "?")
            length += len(text[-1])
        self.text = "".join(text)
        self.anys = tuple(anys)

    def at(self, subject: str, start: int) -> bool:
        """Does the piece stand at this place?"""
        if not self.anys:
            return subject.startswith(self.text, start)
        if start + len(self.text) > len(subject):
            return False
        before = 0
        for place in self.anys:
            if not subject.startswith(self.text[before:place], start + before):
                return False
            before = place + 1
        return subject.startswith(self.text[before:], start + before)

    def find(self, subject: str, start: int, end: int) -> int:
        """The first place in [start, end) where the whole piece stands, or -1."""
        if not self.anys:
            return subject.find(self.text, start, end)
        last = end - len(self.text)
        if (last - start) * len(self.text) <= _SHORT:
            return next((place for place in range(start, last + 1) if self.at(subject, place)), -1)
        return self._find_long(subject, start, end)

    def _find_long(self, subject: str, start: int, end: int) -> int:
        """Shift-and: bit i of `alive` says that the i + 1 first characters stand right before here."""
        free = sum(1 << place for place in self.anys)
        masks: dict[str, int] = {}
        anys = set(self.anys)
        for place, char in enumerate(self.text):
            if place not in anys:
                masks[char] = masks.get(char, 0) | (1 << place)
        alive, goal = 0, 1 << (len(self.text) - 1)
        for place in range(start, end):
            alive = ((alive << 1) | 1) & (masks.get(subject[place], 0) | free)
            if alive & goal:
                return place - len(self.text) + 1
        return -1


class Glob:
    """A compiled pattern."""

    __slots__ = ("_pieces",)

    def __init__(self, tokens: Sequence[Token]) -> None:
        runs: list[list[Token]] = [[]]
        for token in tokens:
            if token is Wild.STAR:
                runs.append([])
            else:
                runs[-1].append(token)
        self._pieces = [Piece(run) for run in runs]

    def matches(self, subject: str) -> bool:
        """Does the whole text match? The leftmost place of every piece is as good as any other."""
        first, last = self._pieces[0], self._pieces[-1]
        if len(self._pieces) == 1:
            return len(subject) == len(first.text) and first.at(subject, 0)
        end = len(subject) - len(last.text)
        place = len(first.text)
        if end < place or not first.at(subject, 0) or not last.at(subject, end):
            return False
        for piece in self._pieces[1:-1]:
            if not piece.text:
                continue
            found = piece.find(subject, place, end)
            if found < 0:
                return False
            place = found + len(piece.text)
        return True


def tokens(pattern: str) -> list[Token]:
    """The tokens of a text in which `*` and `?` are wildcards."""
    out: list[Token] = []
    place = 0
    for found in _WILD.finditer(pattern):
        if found.start() > place:
            out.append(pattern[place : found.start()])
        out.append(Wild(found.group()))
        place = found.end()
    if place < len(pattern):
        out.append(pattern[place:])
    return out


@functools.lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Glob:
    return Glob(tokens(pattern))


def matches(pattern: str, subject: str) -> bool:
    """Does the text match the pattern? Both as they are: whoever ignores case folds them first."""
    if pattern == "*":
        return True
    if not _WILD.search(pattern):
        return pattern == subject
    return (_compiled(pattern) if len(pattern) < 2048 else Glob(tokens(pattern))).matches(subject)
