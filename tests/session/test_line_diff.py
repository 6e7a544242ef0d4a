"""Diffs of texts: they lead from the one to the other, and are difflib's where no line stands twice."""

from __future__ import annotations

import difflib
import random
import re

import pytest

from nephograph.session.line_diff import unified

_HEADING = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")


def applied(before: list[str], diff: list[str]) -> list[str]:
    """What a patch tool makes of the text; fails where a hunk does not fit."""
    after: list[str] = []
    at = 0
    for line in diff[2:]:
        if found := _HEADING.fullmatch(line):
            start = int(found[1]) - (1 if found[2] != "0" else 0)
            after += before[at:start]
            at = start
        elif line[0] == "+":
            after.append(line[1:])
        else:
            assert before[at] == line[1:]
            after += [line[1:]] if line[0] == " " else []
            at += 1
    return after + before[at:]


def edited(lines: list[str], dice: random.Random, words: int) -> list[str]:
    """The lines with up to three places changed."""
    after = list(lines)
    for _ in range(dice.randrange(4)):
        at, gone = dice.randrange(len(after) + 1), dice.randrange(3)
        after[at : at + gone] = [f"word {dice.randrange(words)}\n" for _ in range(dice.randrange(4))]
    return after


@pytest.mark.parametrize("words", [2, 5, 30, 1000])
def test_a_diff_leads_from_the_one_text_to_the_other(words: int) -> None:
    for seed in range(200):
        dice = random.Random(seed)
        before = [f"word {dice.randrange(words)}\n" for _ in range(dice.choice([0, 1, 3, 12, 40]))]
        after = edited(before, dice, words)
        diff = list(unified(before, after, "a", "b"))
        assert applied(before, diff) == after, (seed, words)
        assert bool(diff) == (before != after)


def test_where_lines_differ_from_each_other_the_hunks_are_those_of_difflib() -> None:
    for seed in range(200):
        dice = random.Random(seed)
        before = [f"line {number}\n" for number in range(dice.choice([1, 5, 40, 260]))]
        after = edited(before, dice, 1_000_000)
        mine = list(unified(before, after, "a", "b"))
        assert mine == list(difflib.unified_diff(before, after, "a", "b")), seed


def test_ordinary_configuration_reads_as_difflib_writes_it() -> None:
    block = 'resource "aws_thing" "t{0}" {{\n  name = "t{0}"\n\n  rule {{\n    on = true\n  }}\n}}\n\n'
    before = "".join(block.format(number) for number in range(20)).splitlines(keepends=True)
    for at in (3, 44, 81, 157):
        after = [*before[:at], "  guard = true\n", *before[at:]]
        assert list(unified(before, after, "a", "b")) == list(difflib.unified_diff(before, after, "a", "b"))
        after = [*before[:at], *before[at + 1 :]]
        assert list(unified(before, after, "a", "b")) == list(difflib.unified_diff(before, after, "a", "b"))
