"""Conditions: every operator, absent keys, sets, and keys whose value is not known."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engines.certificate.asking import allow, ask, deny, effect, met

K = "aws:RequestTag/k"
FINANCE = "arn:aws:x:*:111122223333:finance/*"
STORE = "arn:aws:x:r:999999999999:store/abc:111122223333:finance/d"


@pytest.mark.parametrize(
    ("operator", "wanted", "value", "expected"),
    [
        ("StringEquals", ["a", "b"], "b", "yes"),
        ("StringEquals", "a", "A", "no"),
        ("StringEquals", "a*", "ab", "no"),
        ("StringNotEquals", ["a", "b"], "b", "no"),
        ("StringNotEquals", ["a", "b"], "c", "yes"),
        ("StringEqualsIgnoreCase", "Ab", "aB", "yes"),
        ("StringNotEqualsIgnoreCase", "Ab", "aB", "no"),
        ("StringLike", "a*:?/*", "a:x:y/z", "yes"),
        ("StringLike", "A*", "ab", "no"),
        ("StringNotLike", ["x*", "a?"], "ab", "no"),
        ("NumericEquals", "10.0", "10", "yes"),
        ("NumericEquals", 10, 10, "yes"),
        ("NumericNotEquals", ["10", "11"], "10", "no"),
        ("NumericLessThan", "10", "9.5", "yes"),
        ("NumericLessThan", "10", "10", "no"),
        ("NumericLessThanEquals", "10", "10", "yes"),
        ("NumericGreaterThan", ["10", "5"], "6", "yes"),
        ("NumericGreaterThanEquals", "10", "9", "no"),
        ("NumericEquals", "ten", "10", "depends"),
        ("DateEquals", "2024-01-01T00:00:00Z", "2024-01-01", "yes"),
        ("DateEquals", "2024-01-01T01:00:00+01:00", "1704067200", "yes"),
        ("DateNotEquals", "2024", "2024-01-01T00:00:00.5Z", "yes"),
        ("DateLessThan", "2024-02-01T00:00Z", "2024-01", "yes"),
        ("DateLessThanEquals", "2024-01-01", "2024-01-01T00:00:00Z", "yes"),
        ("DateGreaterThan", "2024-01-01", "2024-01-01", "no"),
        ("DateGreaterThanEquals", "2024-01-01", "2024-01-01", "yes"),
        ("DateLessThan", "tomorrow", "2024-01-01", "depends"),
        ("DateLessThan", "2024-13-01", "2024-01-01", "depends"),
        ("Bool", "true", True, "yes"),
        ("Bool", "True", "true", "yes"),
        ("Bool", "false", "true", "no"),
        ("Bool", "yes", "true", "depends"),
        ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", "yes"),
        ("BinaryEquals", "QmluYXJ5", "Qmlu", "no"),
        ("IpAddress", "203.0.113.0/24", "203.0.113.9", "yes"),
        ("IpAddress", "203.0.113.77/24", "203.0.113.9", "yes"),
        ("IpAddress", "203.0.113.9", "203.0.113.9", "yes"),
        ("IpAddress", "203.0.113.9", "203.0.113.8", "no"),
        ("IpAddress", ["10.0.0.0/8", "2001:db8::/32"], "2001:db8::1", "yes"),
        ("IpAddress", "10.0.0.0/8", "2001:db8::1", "no"),
        ("NotIpAddress", ["10.0.0.0/8", "192.0.2.0/24"], "192.0.2.1", "no"),
        ("IpAddress", "10.0.0.0/8", "ten", "depends"),
        ("ArnEquals", "arn:aws:sns:*:111122223333:top?c", "arn:aws:sns:eu-west-1:111122223333:topic", "yes"),
        ("ArnLike", FINANCE, STORE, "no"),
        ("StringLike", FINANCE, STORE, "yes"),
        ("ArnLike", "arn:aws:logs:*:*:log-group:*", "arn:aws:logs:r:1:log-group:a:b", "yes"),
        ("ArnNotLike", "arn:aws:sns:*:*:*", "arn:aws:sqs:r:1:q", "yes"),
        ("ArnNotEquals", "arn:aws:sns:*:*:*", "arn:aws:sns:r:1:q", "no"),
        ("ArnLike", "arn:aws:sns:*:*:*", "topic", "no"),
        ("ArnLike", "*", "arn:aws:sns:r:1:q", "depends"),
        ("stringequals", "a", "a", "yes"),
    ],
)  # fmt: skip
def test_operators(operator: str, wanted: Any, value: Any, expected: str) -> None:
    assert met(operator, K, wanted, {K: value}) == expected
    assert met(operator + "IfExists", K, wanted, {K: value}) == expected
    if expected != "depends":
        assert met("ForAllValues:" + operator, K, wanted, {K: [value]}) == expected
        assert met("ForAnyValue:" + operator, K, wanted, {K: [value]}) == expected


@pytest.mark.parametrize(
    ("operator", "absent"),
    [
        ("StringEquals", "no"),
        ("StringLike", "no"),
        ("NumericLessThan", "no"),
        ("DateGreaterThan", "no"),
        ("Bool", "no"),
        ("IpAddress", "no"),
        ("ArnLike", "no"),
        ("StringNotEquals", "yes"),
        ("StringNotLike", "yes"),
        ("NumericNotEquals", "yes"),
        ("DateNotEquals", "yes"),
        ("NotIpAddress", "yes"),
        ("ArnNotLike", "yes"),
    ],
)
def test_an_absent_key(operator: str, absent: str) -> None:
    assert met(operator, K, "1") == absent
    assert met(operator + "IfExists", K, "1") == "yes"
    assert met("ForAllValues:" + operator, K, "1") == "yes"
    assert met("ForAnyValue:" + operator, K, "1") == "no"
    assert met("ForAllValues:" + operator, K, "1", {K: []}) == "yes"
    assert met("ForAnyValue:" + operator, K, "1", {K: []}) == "no"


def test_null() -> None:
    for context, absent in (
        ({}, True),
        ({K: []}, True),
        ({K: "x"}, False),
        ({K: ["x"]}, False),
        ({K.upper(): 0}, False),
    ):
        assert met("Null", K, "true", context) == ("yes" if absent else "no")
        assert met("Null", K, False, context) == ("no" if absent else "yes")


@pytest.mark.parametrize(
    ("operator", "values", "expected"),
    [
        ("ForAllValues:StringEquals", ["a", "b"], "yes"),
        ("ForAllValues:StringEquals", ["a", "c"], "no"),
        ("ForAnyValue:StringEquals", ["c", "a"], "yes"),
        ("ForAnyValue:StringEquals", ["c"], "no"),
        ("ForAllValues:StringNotEquals", ["c", "d"], "yes"),
        ("ForAllValues:StringNotEquals", ["c", "a"], "no"),
        ("ForAnyValue:StringNotEquals", ["a", "c"], "yes"),
        ("ForAnyValue:StringNotEquals", ["a", "b"], "no"),
        ("ForAllValues:StringEquals", [""], "yes"),
        ("ForAnyValue:StringNotEquals", [""], "no"),
        ("StringEquals", ["a"], "yes"),
        ("StringEquals", ["a", "b"], "depends"),
    ],
)
def test_sets(operator: str, values: list[str], expected: str) -> None:
    assert met(operator, K, ["a", "b"], {K: values}) == expected


def test_operators_and_keys_all_have_to_hold() -> None:
    both = {"StringEquals": {"aws:a": "1", "aws:b": "2"}, "Bool": {"aws:c": "true"}}
    assert effect(identity=[allow(Condition=both)], context={"aws:a": "1", "aws:b": "2", "aws:c": "true"}) == "allowed"
    assert effect(identity=[allow(Condition=both)], context={"aws:a": "1", "aws:b": "2"}) == "implicitly_denied"


def test_a_context_is_closed() -> None:
    found = ask(identity=[allow(Condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}})])
    assert found.effect == "implicitly_denied"
    assert any("aws:principalarn" in note for note in found.notes)


def test_a_key_that_is_not_known_leaves_the_answer_open_where_it_matters() -> None:
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    unknown = ("aws:MultiFactorAuthPresent",)
    found = ask(identity=[allow(Condition=mfa)], unknown=unknown)
    assert (found.effect, found.blocked_by) == ("depends", None)
    assert found.condition == "aws:MultiFactorAuthPresent = true"
    assert found.depends_on == ("aws:multifactorauthpresent",)
    assert effect(identity=[allow(), allow(Condition=mfa)], unknown=unknown) == "allowed"
    assert effect(identity=[allow(Condition=mfa), deny()], unknown=unknown) == "explicitly_denied"
    assert effect(identity=[deny(Condition=mfa)], unknown=unknown) == "implicitly_denied"
    assert (
        ask(identity=[allow(), deny(Condition=mfa)], unknown=unknown).condition
        == "not (aws:MultiFactorAuthPresent = true)"
    )
    # What is said of it beside plays no part.
    context = {"aws:MultiFactorAuthPresent": "true"}
    assert effect(identity=[allow(Condition=mfa)], unknown=unknown, context=context) == "depends"


def test_opposite_questions_settle() -> None:
    one = allow(Condition={"StringEquals": {K: "a"}})
    other = allow(Condition={"StringNotEquals": {K: "a"}})
    assert effect(identity=[one, other], unknown=(K,)) == "allowed"
    assert effect(identity=[one], boundary=[other], unknown=(K,)) == "implicitly_denied"
    present = allow(Condition={"Null": {K: "false"}})
    assert effect(identity=[one], boundary=[present], unknown=(K,)) == "depends"
    absent = allow(Condition={"Null": {K: "true"}})
    assert effect(identity=[one], boundary=[absent], unknown=(K,)) == "implicitly_denied"


def test_a_variable_that_is_not_known() -> None:
    mine = allow(resource="arn:aws:s3:::data/${aws:username}")
    assert effect(identity=[mine], unknown=("aws:username",)) == "depends"
    assert effect(identity=[mine], target="arn:aws:s3:::other/x", unknown=("aws:username",)) == "implicitly_denied"
    assert met("StringEquals", K, "${aws:username}", {K: "x"}, unknown=("aws:username",)) == "depends"


def test_aws_contradicts_itself_on_variables_in_bool() -> None:
    assert met("Bool", "aws:SecureTransport", "${aws:x}", {"aws:SecureTransport": "true"}) == "depends"
    assert met("NumericEquals", K, "${aws:x}", {K: "1", "aws:x": "1"}) == "depends"
