"""Patterns of policies: `*` for any text, `?` for one character. All in time of the product of the two lengths.

A pattern with more than 32 wildcards is said to cover its equal only: nobody writes one, save to keep a tool busy.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import NamedTuple

_VARIABLE = re.compile(r"\$\{[^}]*\}")
_MOST = 32
_FIXED = re.compile(r"[*?]")
_LITERAL = {"${*}": "*", "${?}": "?", "${$}": "$"}

ANY, WORD, ONE = "any", "word", "one"
"""Tokens: any text; any text without a colon or slash; one character. Every other token is itself."""

Tokens = tuple[str, ...]


def matches(pattern: str, text: str) -> bool:
    """Does the pattern match the text (both in one case)? Greedy, with one point to go back to."""
    at = here = 0
    star, mark = -1, 0
    length, end = len(pattern), len(text)
    if pattern[:1] not in ("*", "?", text[:1]):
        return False  # most pairs differ in their first letter
    while here < end:
        if at < length and pattern[at] == "*":
            star, mark = at, here
            at += 1
        elif at < length and pattern[at] in ("?", text[here]):
            at += 1
            here += 1
        elif star >= 0:
            mark += 1
            at, here = star + 1, mark
        else:
            return False
    return pattern[at:].strip("*") == ""


@functools.lru_cache(maxsize=1 << 14)
def covers(wide: str, narrow: str) -> bool:
    """Does `wide` match whatever `narrow` matches? True is certain; symbols and variables stand for themselves."""
    if wide in ("*", narrow):
        return True
    if wide.count("*") > _MOST or narrow.count("*") > _MOST:
        return False
    if not narrow.startswith(_FIXED.split(wide, maxsplit=1)[0]):
        return False  # most pairs differ in their first letters
    wide, narrow = _ordered(wide), _ordered(narrow)
    if "*" not in wide and "?" not in wide:
        return wide == narrow
    # The narrow pattern as a text: its `*` is a letter that only `*` takes, its `?` one that `?` and `*` take.
    reached = _closure({0}, wide)
    for letter in narrow:
        after = set()
        for at in reached:
            if at < len(wide) and wide[at] == "*":
                after.add(at)
            elif at < len(wide) and letter != "*" and wide[at] in ("?", letter):
                after.add(at + 1)
        reached = _closure(after, wide)
        if not reached:
            return False
    return len(wide) in reached


def _closure(reached: set[int], wide: str) -> set[int]:
    for at in sorted(reached):
        while at < len(wide) and wide[at] == "*":
            at += 1
            reached.add(at)
    return reached


def _ordered(pattern: str) -> str:
    """The same pattern with every run of wildcards written as `??*`: runs that mean the same read the same."""
    return re.sub(r"[*?]{2,}", lambda run: "?" * run[0].count("?") + ("*" if "*" in run[0] else ""), pattern)


@functools.lru_cache(maxsize=1 << 12)
def tokens(pattern: str, variables: bool = True) -> Tokens:
    """A pattern of a policy. A variable, and a piece that is not known (`⟨var.x⟩`), may be any text."""
    found: list[str] = []
    at = 0
    for hole in re.finditer(r"\$\{[^}]*\}|⟨[^⟩]*⟩+", pattern):
        found += _plain(pattern[at : hole.start()])
        at = hole.end()
        if hole[0][0] == "$" and not variables:
            found += hole[0]
        else:
            found += _LITERAL.get(hole[0], "") or (ANY,)
    found += _plain(pattern[at:])
    return tuple(found)


def _plain(text: str) -> list[str]:
    return [ANY if letter == "*" else ONE if letter == "?" else letter for letter in text]


_FLAT = {"partition", "region", "account", "bucketname", "tablename"}
"""Placeholders of ARN templates whose values hold neither a colon nor a slash."""


@functools.lru_cache(maxsize=1 << 12)
def template(arn: str) -> Tokens:
    """An ARN as AWS's reference writes it (`arn:${Partition}:s3:::${BucketName}`)."""
    found: list[str] = []
    at = 0
    for hole in _VARIABLE.finditer(arn):
        found += _plain(arn[at : hole.start()])
        found.append(WORD if hole[0][2:-1].lower() in _FLAT else ANY)
        at = hole.end()
    return (*found, *_plain(arn[at:]))


@functools.lru_cache(maxsize=1 << 14)
def overlap(one: Tokens, other: Tokens) -> bool:
    """Is there a text that both match? The other is a pattern of a policy: it holds no `WORD`."""
    automaton = _automaton(one)
    anything = (2 << len(one)) - 1
    state = _skipped(1, automaton)
    for token in other:
        if token == ANY:
            # Some text leads from each token to the next, whatever that takes.
            state = anything & -(state & -state)
        elif token == ONE:
            state = (state & ~automaton.loops) << 1 | state & automaton.loops
        else:
            stays = automaton.any if token in _ENDS else automaton.loops
            state = (state & (automaton.accepts.get(token, 0) | automaton.one)) << 1 | state & stays
        state = _skipped(state & anything, automaton)
        if not state:
            return False
    return bool(state >> len(one))


_ENDS = frozenset(":/")
"""Letters that no `WORD` holds."""


class _Automaton(NamedTuple):
    """Bit p of each says what leads from p matched tokens on: each letter, any one letter, none (`loops`, also any)."""

    accepts: dict[str, int]
    one: int
    any: int
    loops: int
    run: int
    """How many loops stand side by side at most."""


@functools.lru_cache(maxsize=1 << 12)
def _automaton(pattern: Tokens) -> _Automaton:
    accepts: dict[str, int] = {}
    for position, token in enumerate(pattern):
        accepts[token] = accepts.get(token, 0) | 1 << position
    any_, one = accepts.pop(ANY, 0), accepts.pop(ONE, 0)
    loops = any_ | accepts.pop(WORD, 0)
    side_by_side = (len(list(run)) for is_loop, run in itertools.groupby(pattern, _LOOPS.__contains__) if is_loop)
    return _Automaton(accepts, one, any_, loops, max(side_by_side, default=0))


_LOOPS = (ANY, WORD)


def _skipped(state: int, automaton: _Automaton) -> int:
    """The state with everything that is reached without a letter: a loop may take none."""
    for _ in range(automaton.run):
        state |= (state & automaton.loops) << 1
    return state
