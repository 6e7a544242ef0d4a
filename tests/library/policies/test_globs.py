"""Patterns against brute force over every short text of a small alphabet."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.library.policies.globs import covers, matches, overlap, template, tokens

LETTERS = "ab/"
TEXTS = ["".join(letters) for length in range(5) for letters in itertools.product(LETTERS, repeat=length)]
PATTERNS = st.text(alphabet="ab/*?", max_size=4)


def regular(pattern: str) -> re.Pattern[str]:
    """The same pattern as a regular expression."""
    return re.compile("".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern), re.DOTALL)


@given(PATTERNS, st.sampled_from(TEXTS))
def test_a_match_is_what_the_regular_expression_says(pattern: str, text: str) -> None:
    assert matches(pattern, text) == (regular(pattern).fullmatch(text) is not None)


@settings(max_examples=400, deadline=None)
@given(PATTERNS, PATTERNS)
def test_what_covers_matches_all_the_other_matches(wide: str, narrow: str) -> None:
    inside = all(matches(wide, text) for text in TEXTS if matches(narrow, text))
    if covers(wide, narrow):
        assert inside
    elif "*" not in narrow and "?" not in narrow:
        assert not inside


@settings(max_examples=400, deadline=None)
@given(PATTERNS, PATTERNS)
def test_an_overlap_has_a_text_that_both_match(one: str, other: str) -> None:
    texts = ["".join(x) for n in range(9) for x in itertools.product("a", repeat=n)] + TEXTS
    shared = any(matches(one, text) and matches(other, text) for text in texts)
    if shared:
        assert overlap(tokens(one), tokens(other))
    if not overlap(tokens(one), tokens(other)):
        assert not shared


@pytest.mark.parametrize(
    ("arn", "pattern", "expected"),
    [
        ("arn:${Partition}:s3:::${BucketName}", "arn:aws:s3:::b", True),
        ("arn:${Partition}:s3:::${BucketName}", "arn:aws:s3:::b/*", False),
        ("arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:aws:s3:::b", False),
        ("arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:aws:s3:::b*", True),
        ("arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:aws:s3:::⟨var.bucket⟩", True),
        ("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}", "arn:aws:iam::*:role/a/b", True),
        ("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}", "arn:aws:iam::111122223333:user/*", False),
    ],
)
def test_templates_of_resources(arn: str, pattern: str, expected: bool) -> None:
    assert overlap(template(arn), tokens(pattern)) is expected


def test_a_variable_is_any_text_and_a_literal_star_is_a_star() -> None:
    assert overlap(tokens("home/${aws:username}"), tokens("home/anybody"))
    assert not overlap(tokens("home/${aws:username}", variables=False), tokens("home/anybody"))
    assert overlap(tokens("a${*}"), tokens("a?"))
    assert not overlap(tokens("a${*}"), tokens("ab"))


def test_wildcard_bombs_are_answered() -> None:
    bomb = "*a" * 300
    assert not matches(bomb, "a" * 299 + "b" * 300)
    assert covers("*", bomb)
    assert not covers(bomb + "b", bomb)
    assert overlap(tokens(bomb), tokens("b" + bomb))
    assert not overlap(tokens(bomb), tokens(bomb + "b"))  # the one ends in a, the other in b
