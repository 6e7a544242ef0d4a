"""Wildcards, three-valued, against a brute-force matcher."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.engines.identity.pattern import (
    ANY,
    ONE,
    NoValueError,
    literal,
    match_action,
    match_arn,
    matches,
    pattern,
    residuals,
)


def match(wanted: str, text: str) -> str:
    return matches(pattern(wanted), literal(text))


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("*", "", "yes"),
        ("?", "", "no"),
        ("a?c", "abc", "yes"),
        ("a?c", "ac", "no"),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b/1/2/3", "yes"),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b", "no"),
        # A wildcard runs across colons and slashes: both are in AWS's own managed policies.
        ("arn:aws:wafv2:*:*:*/webacl/*/*", "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/a/b", "yes"),
        ("arn:aws:ec2:*:*:*/*", "arn:aws:ec2:eu-west-1:111111111111:instance/i-1", "yes"),
        ("arn:aws:logs:*", "arn:aws:logs:eu-west-1:111111111111:log-group:a:b", "yes"),
        # Symbols: equal ones are one text, others are covered by a star only.
        ("arn:aws:s3:::⟨b⟩/*", "arn:aws:s3:::⟨b⟩/k", "yes"),
        ("arn:aws:s3:::*", "arn:aws:s3:::⟨b⟩", "yes"),
        ("arn:aws:s3:::shop", "arn:aws:s3:::⟨b⟩", "depends"),
        ("arn:aws:s3:::⟨a⟩", "arn:aws:s3:::⟨b⟩", "depends"),
        ("arn:aws:s3:::⟨a⟩", "arn:aws:s3:::shop", "depends"),
        ("arn:aws:s3:::⟨a⟩", "arn:aws:sqs:::shop", "no"),
        ("arn:aws:s3:::shop-⟨a⟩", "arn:aws:s3:::data-⟨a⟩", "no"),
        ("?", "⟨b⟩", "depends"),
        ("a⟨outer ⟨inner⟩⟩b", "a⟨outer ⟨inner⟩⟩b", "yes"),
    ],
)
def test_resource_patterns(wanted, text, expected):
    assert match(wanted, text) == expected


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("s3:Get*", "S3:getobject", "yes"),
        ("s3:GetObject", "s3:GetObjectAcl", "no"),
        ("*", "kms:Decrypt", "yes"),
        ("S3:*", "s3:PutObject", "yes"),
        ("s3:⟨verb⟩Object", "s3:PutObject", "depends"),
        ("s3:⟨Verb⟩", "s3:⟨Verb⟩", "yes"),
    ],
)
def test_actions_ignore_case(wanted, text, expected):
    assert match_action(wanted, text) == expected


@pytest.mark.parametrize(
    ("wanted", "text", "like", "arn"),
    [
        # The example of AWS's page: the first star of ArnLike does not pass a colon.
        (
            "arn:aws:someservice:*:111122223333:finance/*",
            "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
            "yes",
            "no",
        ),
        ("arn:aws:iam::*:role/*", "arn:aws:iam::111111111111:role/a/b", "yes", "yes"),
        ("arn:aws:iam::*", "arn:aws:iam::111111111111:role/a", "yes", "no"),
        ("arn:aws:sns:*:*:a:*", "arn:aws:sns:eu-west-1:111111111111:a:b:c", "yes", "yes"),
        ("arn:aws:iam::⟨account⟩:role/*", "arn:aws:iam::⟨account⟩:role/a", "yes", "yes"),
        ("⟨aws_sns_topic.t.arn⟩", "⟨aws_sns_topic.t.arn⟩", "yes", "yes"),
        ("⟨aws_sns_topic.t.arn⟩", "arn:aws:sns:eu-west-1:111111111111:a", "depends", "depends"),
    ],
)
def test_arn_conditions_compare_part_by_part(wanted, text, like, arn):
    assert match(wanted, text) == like
    assert match_arn(pattern(wanted), literal(text)) == arn


def test_variables_are_values_and_never_wildcards():
    values = {"aws:username": "a*"}

    def resolve(name: str):
        return literal(values[name]) if name in values else None

    wanted = pattern("home/${aws:username}/*", resolve)
    assert matches(wanted, literal("home/a*/x")) == "yes"
    assert matches(wanted, literal("home/abc/x")) == "no"
    assert pattern("${*}${?}${$}", resolve) == ("*", "?", "$")
    assert matches(pattern("a${*}", resolve), literal("ab")) == "no"
    assert matches(pattern("${aws:username}"), literal("${aws:username}")) == "yes"
    with pytest.raises(NoValueError):
        pattern("${aws:PrincipalTag/team}", resolve)


TEXT = st.text("ab:", max_size=8)
PATTERN = st.text("ab:*?", max_size=8)


def brute(wanted: str, text: str) -> bool:
    @functools.cache
    def at(i: int, j: int) -> bool:
        if i == len(wanted):
            return j == len(text)
        if wanted[i] == "*":
            return at(i + 1, j) or (j < len(text) and at(i, j + 1))
        return j < len(text) and wanted[i] in ("?", text[j]) and at(i + 1, j + 1)

    return at(0, 0)


@settings(deadline=None)
@given(PATTERN, TEXT)
def test_it_matches_as_brute_force_does(wanted, text):
    assert match(wanted, text) == ("yes" if brute(wanted, text) else "no")


SYMBOLS = ("⟨x⟩", "⟨y⟩")
PIECES = st.lists(st.sampled_from(["a", "b", ":", *SYMBOLS]), max_size=6).map("".join)
WILD_PIECES = st.lists(st.sampled_from(["a", "b", ":", "*", "?", *SYMBOLS]), max_size=6).map("".join)


@settings(deadline=None)
@given(WILD_PIECES, PIECES, TEXT, TEXT)
def test_symbols_behave_as_any_text_would(wanted, text, x, y):
    answer = match(wanted, text)
    for symbol, value in zip(SYMBOLS, (x, y), strict=True):
        wanted, text = wanted.replace(symbol, value), text.replace(symbol, value)
    if answer != "depends":
        assert match(wanted, text) == answer


@settings(deadline=None)
@given(PATTERN, TEXT, TEXT)
def test_residuals_match_the_rest(wanted, prefix, rest):
    left = residuals(pattern(wanted), literal(prefix))
    assert left is not None
    assert any(matches(one, literal(rest)) == "yes" for one in left) == brute(wanted, prefix + rest)


def test_many_stars_take_no_longer_than_the_text():
    # An exponential matcher would not come back from this one.
    wanted = "a*" * 400 + "b"
    assert match(wanted, "a" * 4000) == "no"
    assert match("*a" * 400, "⟨x⟩a" * 400) == "yes"
    assert pattern("***") == (ANY,)
    assert pattern("*??*") == (ANY, ONE, ONE, ANY)
