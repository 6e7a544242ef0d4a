"""Unified diffs of large texts that differ in few places: only what lies between the equal ends is compared.

Over the whole texts `difflib` would take a tenth of a second for a file of thousands of lines. Its hunks are the same
where lines tell where they stand; among many equal ones, of which it takes most for noise, those here can be shorter.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence

CONTEXT = 3
"""Equal lines that are shown around a change."""

_POPULAR_FROM = 200
"""`difflib` takes lines for noise that make up more than one in a hundred of so many: they anchor no match."""


def unified(before: Sequence[str], after: Sequence[str], old: str, new: str, skipped: int = 0) -> Iterator[str]:
    """The lines of a unified diff, heads first; nothing where the texts are equal. `old` and `new` name the files.

    `skipped` lines stand before both texts in their files: they count where a hunk says where it is.
    """
    noise = _popular(after)
    head, tail = _equal_ends(before, after, noise)
    if head == len(before) == len(after):
        return
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    left, right = max(0, head - CONTEXT), min(tail, CONTEXT)
    yield f"--- {old}\n"
    yield f"+++ {new}\n"
    end, stop = len(before) - tail, len(after) - tail
    codes: list[Code] = [
        ("equal", left, head, left, head),
        *((tag, head + a, head + b, head + c, head + d) for tag, a, b, c, d in _changes(*middle, noise)),
        ("equal", end, end + right, stop, stop + right),
    ]
    for group in _grouped([code for code in codes if code[1] < code[2] or code[3] < code[4]]):
        yield _heading(group, skipped)
        for tag, a, b, c, d in group:
            if tag == "equal":
                yield from (" " + line for line in before[a:b])
                continue
            yield from ("-" + line for line in before[a:b])
            yield from ("+" + line for line in after[c:d])


Code = tuple[str, int, int, int, int]
"""What became of lines [a, b) of the one text: they are lines [c, d) of the other, by a tag of `difflib`."""


def _popular(lines: Sequence[str]) -> frozenset[str]:
    """Lines that are noise to `difflib`."""
    if len(lines) < _POPULAR_FROM:
        return frozenset()
    most = len(lines) // 100 + 1
    return frozenset(line for line, count in Counter(lines).items() if count > most)


def _equal_ends(before: Sequence[str], after: Sequence[str], noise: frozenset[str]) -> tuple[int, int]:
    """How many lines at the beginning, and how many at the end, are the same.

    Where both ends claim a line, that one has it which holds the longer run of lines that are no noise.
    """
    most = min(len(before), len(after))
    head = next((n for n in range(most) if before[n] != after[n]), most)
    tail = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    if head + tail <= most:
        return head, tail
    if _run(before[:head], noise) >= _run(before[len(before) - tail :], noise):
        return head, most - head
    return most - tail, tail


def _run(lines: Sequence[str], noise: frozenset[str]) -> int:
    """The length of the longest run of lines that are no noise."""
    best = here = 0
    for line in lines:
        here = 0 if line in noise else here + 1
        best = max(best, here)
    return best


def _changes(before: Sequence[str], after: Sequence[str], noise: frozenset[str]) -> list[Code]:
    """How the middle of one text becomes the other's."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    places: dict[str, list[int]] = vars(matcher)["b2j"]  # documented, and missing in the type stubs
    for line in noise.intersection(after):
        places.pop(line, None)
    return list(matcher.get_opcodes())


def _grouped(codes: list[Code]) -> Iterator[list[Code]]:
    """The changes in hunks, each with its context."""
    group: list[Code] = []
    for tag, a, b, c, d in codes:
        if tag == "equal" and b - a > 2 * CONTEXT:
            yield [*group, (tag, a, a + CONTEXT, c, c + CONTEXT)]
            group = []
            a, c = b - CONTEXT, d - CONTEXT
        group.append((tag, a, b, c, d))
    if group:
        yield group


def _heading(group: list[Code], skipped: int) -> str:
    before = _range(group[0][1] + skipped, group[-1][2] + skipped)
    return f"@@ -{before} +{_range(group[0][3] + skipped, group[-1][4] + skipped)} @@\n"


def _range(start: int, stop: int) -> str:
    """Lines [start, stop) as a unified diff counts them."""
    length = stop - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"
