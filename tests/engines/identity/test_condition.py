"""Every condition operator over keys that are known, absent, or not known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.engines.identity.choice import is_chosen
from nephograph.engines.identity.compare import OPERATORS
from nephograph.engines.identity.condition import MAYBE, PRESENT, Context, describe, holds
from nephograph.engines.identity.statement import Test as Condition

TABLE = [
    # (operator, values of the policy, value of the request, expected)
    ("StringEquals", ["a", "b"], "b", "yes"),
    ("StringEquals", ["a"], "A", "no"),
    ("StringEquals", ["a*"], "ab", "no"),
    ("StringEquals", ["a*"], "a*", "yes"),
    ("StringNotEquals", ["a", "b"], "b", "no"),
    ("StringNotEquals", ["a", "b"], "c", "yes"),
    ("StringEqualsIgnoreCase", ["Abc"], "aBC", "yes"),
    ("StringNotEqualsIgnoreCase", ["Abc"], "aBC", "no"),
    ("StringLike", ["a*", "x"], "abc", "yes"),
    ("StringLike", ["A*"], "abc", "no"),
    ("StringNotLike", ["a*"], "abc", "no"),
    ("ArnEquals", ["arn:aws:sns:*:1:t"], "arn:aws:sns:eu-west-1:1:t", "yes"),
    ("ArnLike", ["arn:aws:sns:*:t"], "arn:aws:sns:eu-west-1:1:t", "no"),
    ("ArnNotEquals", ["arn:aws:sns:*:1:t"], "arn:aws:sns:eu-west-1:1:t", "no"),
    ("ArnNotLike", ["arn:aws:sns:*:2:t"], "arn:aws:sns:eu-west-1:1:t", "yes"),
    ("NumericEquals", ["10"], "10.0", "yes"),
    ("NumericNotEquals", ["10"], "11", "yes"),
    ("NumericLessThan", ["10"], "9", "yes"),
    ("NumericLessThan", ["10"], "10", "no"),
    ("NumericLessThanEquals", ["10"], "10", "yes"),
    ("NumericGreaterThan", ["10"], "10", "no"),
    ("NumericGreaterThanEquals", ["10"], "10", "yes"),
    ("NumericLessThan", ["many"], "9", "depends"),
    ("DateEquals", ["2024-01-01T00:00:00Z"], "2024-01-01T01:00:00+01:00", "yes"),
    ("DateNotEquals", ["2024-01-01"], "2024-01-02", "yes"),
    ("DateLessThan", ["2024-01-01"], "2023-12-31T23:59:59Z", "yes"),
    ("DateLessThanEquals", ["1704067200"], "2024-01-01", "yes"),
    ("DateGreaterThan", ["2024"], "2023", "no"),
    ("DateGreaterThanEquals", ["2024-05"], "2024-05-01", "yes"),
    ("Bool", ["true"], "TRUE", "yes"),
    ("Bool", ["false"], "true", "no"),
    ("BinaryEquals", ["QmluYXJ5"], "QmluYXJ5", "yes"),
    ("BinaryEquals", ["QmluYXJ5"], "qmluyxj5", "no"),
    ("IpAddress", ["203.0.113.0/24", "2001:db8::/32"], "203.0.113.7", "yes"),
    ("IpAddress", ["203.0.113.0/24", "2001:db8::/32"], "2001:db8::1", "yes"),
    ("IpAddress", ["203.0.113.7"], "203.0.113.8", "no"),
    ("NotIpAddress", ["203.0.113.0/24"], "203.0.113.7", "no"),
    ("NotIpAddress", ["203.0.113.0/24"], "198.51.100.1", "yes"),
    ("IpAddress", ["nonsense"], "203.0.113.7", "depends"),
    ("StringFoo", ["a"], "a", "depends"),
    ("ForSomeValues:StringEquals", ["a"], "a", "depends"),
]


def answer(operator, values, known, variables=True, **more) -> str:
    return holds(Condition(operator, "k", tuple(values)), Context({"K": known} | more), variables).answer


@pytest.mark.parametrize(("operator", "values", "value", "expected"), TABLE)
def test_operators(operator, values, value, expected):
    assert answer(operator, values, (value,)) == expected


def test_every_operator_is_in_the_table():
    assert {row[0].lower() for row in TABLE} >= OPERATORS.keys()


@pytest.mark.parametrize("operator", sorted(OPERATORS))
def test_an_absent_key_matches_nothing_so_negations_hold(operator):
    assert answer(operator, ["1"], None) == ("yes" if OPERATORS[operator][1] else "no")
    assert answer(f"{operator}IfExists", ["1"], None) == "yes"


@pytest.mark.parametrize(
    ("value", "known", "expected"),
    [
        ("true", None, "yes"),
        ("false", None, "no"),
        ("true", ("x",), "no"),
        ("false", ("x",), "yes"),
        ("true", (), "yes"),
        ("true", PRESENT, "no"),
        ("true", MAYBE, "depends"),
        ("perhaps", None, "depends"),
    ],
)
def test_null_asks_for_the_key_itself(value, known, expected):
    assert answer("Null", [value], known) == expected


@pytest.mark.parametrize(
    ("operator", "values", "known", "expected"),
    [
        ("ForAllValues:StringEquals", ["a", "b"], ("a", "b"), "yes"),
        ("ForAllValues:StringEquals", ["a", "b"], ("a", "c"), "no"),
        ("ForAllValues:StringEquals", ["a"], (), "yes"),
        ("ForAllValues:StringEquals", ["a"], ("",), "yes"),
        ("ForAllValues:StringEquals", ["a"], None, "yes"),
        ("ForAllValues:StringNotEquals", ["a"], ("b", "c"), "yes"),
        ("ForAllValues:StringNotEquals", ["a"], ("a", "c"), "no"),
        ("ForAnyValue:StringEquals", ["a"], ("b", "a"), "yes"),
        ("ForAnyValue:StringEquals", ["a"], ("b",), "no"),
        ("ForAnyValue:StringEquals", ["a"], (), "no"),
        ("ForAnyValue:StringEquals", ["a"], None, "no"),
        ("ForAnyValue:StringNotEquals", ["a"], None, "no"),
        ("ForAnyValue:StringNotEquals", ["a"], ("a", "b"), "yes"),
        ("ForAnyValue:StringLike", ["a*"], MAYBE, "depends"),
        ("ForAllValues:StringLike", ["*"], MAYBE, "yes"),
        ("ForAnyValue:StringLikeIfExists", ["a*"], None, "yes"),
    ],
)
def test_set_operators(operator, values, known, expected):
    assert answer(operator, values, known) == expected


@pytest.mark.parametrize(
    ("operator", "values", "known", "expected"),
    [
        ("StringEquals", ["a"], MAYBE, "depends"),
        ("StringLike", ["*"], PRESENT, "yes"),
        ("StringLike", ["*"], MAYBE, "depends"),
        ("StringLikeIfExists", ["*"], MAYBE, "yes"),
        ("StringNotLike", ["*"], PRESENT, "no"),
        ("NumericLessThan", ["1"], PRESENT, "depends"),
        ("Bool", ["true"], PRESENT, "depends"),
    ],
)
def test_what_is_not_known_is_said_in_words(operator, values, known, expected):
    verdict = holds(Condition(operator, "aws:K", tuple(values)), Context({"aws:k": known}))
    assert verdict.answer == expected
    if expected == "depends":
        assert verdict.depends_on == (f"if {describe(Condition(operator, 'aws:K', tuple(values)))}",)


def test_words(snapshot):
    rows = [describe(Condition(name, "aws:Key", ("a", "b"))) for name in sorted(OPERATORS)]
    rows += [describe(Condition("Null", "aws:Key", (value,))) for value in ("true", "false")]
    rows += [
        describe(Condition(f"{name}:StringLikeIfExists", "aws:Key", ("a",))) for name in ("ForAllValues", "ForAnyValue")
    ]
    assert "\n".join(rows) == snapshot


def test_policy_variables():
    tag = {"aws:PrincipalTag/team": ("shop",)}
    assert answer("StringEquals", ["${aws:PrincipalTag/team}"], ("shop",), **tag) == "yes"
    assert answer("StringEquals", ["${AWS:principaltag/team}"], ("data",), **tag) == "no"
    assert answer("StringEquals", ["${aws:PrincipalTag/team}"], ("shop",), variables=False, **tag) == "no"
    assert answer("StringLike", ["${aws:PrincipalTag/team}*"], ("shop-1",), **tag) == "yes"
    none = {"aws:PrincipalTag/team": None}
    assert answer("StringEquals", ["${aws:PrincipalTag/team}"], ("shop",), **none) == "no"
    assert answer("StringNotEquals", ["${aws:PrincipalTag/team}"], ("shop",), **none) == "yes"
    assert answer("StringEquals", ["${aws:PrincipalTag/team, 'all'}"], ("all",), **none) == "yes"
    assert answer("StringEquals", ["${aws:PrincipalTag/team, 'all'}"], ("shop",), **tag) == "yes"
    assert answer("StringEquals", ["${aws:PrincipalTag/team}"], ("shop",)) == "depends"


VALUES = st.sampled_from(["a", "ab", "b", "", "1", "2024-01-01", "true", "203.0.113.7", "arn:aws:iam::1:role/a"])
WANTED = st.sampled_from(["a", "a*", "*", "1", "2", "true", "2024-01-01", "203.0.113.0/24", "arn:aws:iam::*:role/*"])
NAMES = st.builds(
    lambda prefix, name, suffix: f"{prefix}{name}{suffix}",
    st.sampled_from(["", "ForAllValues:", "ForAnyValue:"]),
    st.sampled_from(sorted(OPERATORS)),
    st.sampled_from(["", "IfExists"]),
)


@settings(deadline=None)
@given(NAMES, st.lists(WANTED, min_size=1, max_size=3), st.lists(VALUES, max_size=3), st.booleans())
def test_knowing_more_never_contradicts(operator, wanted, values, present):
    open_answer = answer(operator, wanted, PRESENT if present else MAYBE)
    if open_answer == "depends":
        return
    single = values[:1] or ["a"]
    closed = answer(operator, wanted, tuple(values) if ":" in operator else tuple(single))
    assert closed in (open_answer, "depends")
    if not present:
        assert answer(operator, wanted, None) == open_answer


@pytest.mark.parametrize("operator", ["StringEquals", "StringLike", "StringNotEquals", "ForAnyValue:StringEquals"])
def test_a_key_that_is_known_in_part_leaves_its_condition_open(operator):
    for key in ("⟨var.issuer⟩:sub", "⟨var.key⟩", "aws:RequestTag/⟨var.tag⟩"):
        test = Condition(operator, key, ("system:serviceaccount:a:b",))
        for context in (Context({"aws:RequestTag/env": ("prod",)}), Context({key: PRESENT})):
            assert holds(test, context).answer == "depends"
        assert not is_chosen(key)
