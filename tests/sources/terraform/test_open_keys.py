"""Objects of which a key is not known: what is known of them stands in JSON texts and policies all the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nephograph.model.value import Reason, Unknown
from nephograph.sources.json_text import with_symbols
from nephograph.sources.policy_document import render_text
from tests.sources.terraform.console import Plain, run

ISSUER = Unknown(Reason.NO_VALUE, "var.issuer")
SUB = Unknown(Reason.NO_VALUE, "var.issuer", parts=(ISSUER, ":sub"))
AUD = Unknown(Reason.NO_VALUE, "var.issuer", parts=(ISSUER, ":aud"))
EITHER = Unknown(Reason.NO_VALUE, "var.key", parts=(Unknown(Reason.NO_VALUE, "var.key"), ":", ISSUER))


def value(text: str) -> Any:
    return run(text, Plain({"var.issuer": ISSUER, "var.other": Unknown(Reason.NO_VALUE, "var.other")}))


def read(text: Any) -> Any:
    assert isinstance(text, Unknown)
    return json.loads(with_symbols(text))


TESTS = '{ "${var.issuer}:sub" = "system:serviceaccount:a:b", "aws:PrincipalOrgID" = ["o-1"] }'
KEPT = {"⟨var.issuer⟩:sub": "system:serviceaccount:a:b", "aws:PrincipalOrgID": ["o-1"]}


def test_jsonencode_keeps_what_stands_beside_a_key_that_is_not_known() -> None:
    assert read(value(f'jsonencode({{ a = [{TESTS}], b = "x" }})')) == {"a": [KEPT], "b": "x"}
    assert read(value(f"jsonencode({TESTS})")) == KEPT


@pytest.mark.parametrize(
    "text",
    [
        '{ (var.issuer) = "a", b = "c" }',  # which may be b
        '{ "${var.issuer}:sub" = "a", "x:sub" = "c" }',
        '{ "${var.issuer}:sub" = "a", "${var.other}:sub" = "c" }',
        '{ "${var.issuer}:sub" = "a", "${var.issuer}:sub" = "c" }',
    ],
)
def test_where_one_key_may_be_another_nothing_is_known(text: str) -> None:
    assert read(value(f'jsonencode({{ a = {text}, b = "x" }})'))["b"] == "x"
    assert isinstance(read(value(f'jsonencode({{ a = {text}, b = "x" }})'))["a"], str)


@pytest.mark.parametrize("text", ["%s.b", "keys(%s)", "merge(%s, { b = 1 })", "[for k, v in %s : v]", "length(%s)"])
def test_everything_else_takes_the_object_for_unknown(text: str) -> None:
    found = value(text % '{ "${var.issuer}:sub" = "a" }')
    assert isinstance(found, Unknown)
    assert found.parts == ()


def test_what_is_marked_sensitive_stays_hidden() -> None:
    found = value('jsonencode({ a = sensitive({ "${var.issuer}:k" = "hunter2-of-mars" }) })')
    assert "of-mars" not in repr(found)


def conditions(*blocks: dict[str, Any]) -> Any:
    statement = {"actions": ["sts:AssumeRoleWithWebIdentity"], "condition": list(blocks)}
    return read(render_text({"statement": [statement]}))["Statement"][0]["Condition"]


def test_a_policy_document_keeps_the_other_conditions() -> None:
    said = {"test": "StringEquals", "variable": SUB, "values": ["system:serviceaccount:a:b"]}
    org = {"test": "StringEquals", "variable": "aws:PrincipalOrgID", "values": ["o-1"]}
    aud = {"test": "StringEquals", "variable": AUD, "values": ["sts.amazonaws.com"]}
    assert conditions(said, org, aud) == {
        "StringEquals": {
            "⟨var.issuer⟩:sub": "system:serviceaccount:a:b",
            "⟨var.issuer⟩:aud": "sts.amazonaws.com",
            "aws:PrincipalOrgID": "o-1",
        }
    }
    assert conditions(said, {**said, "values": ["x"]}) == {
        "StringEquals": {"⟨var.issuer⟩:sub": ["system:serviceaccount:a:b", "x"]}
    }


@pytest.mark.parametrize("other", [ISSUER, EITHER])
def test_a_variable_that_may_be_that_of_another_condition_leaves_them_open(other: Unknown) -> None:
    said = {"test": "StringEquals", "variable": SUB, "values": ["a"]}
    assert isinstance(conditions(said, {**said, "variable": other}), str)
    known = Unknown(Reason.NO_VALUE, "x", parts=("aws:", ISSUER))
    assert isinstance(conditions({**said, "variable": "aws:sub"}, {**said, "variable": known}), str)


def test_an_operator_that_is_not_known_leaves_them_open() -> None:
    assert isinstance(conditions({"test": ISSUER, "variable": "aws:PrincipalOrgID", "values": ["o-1"]}), str)
