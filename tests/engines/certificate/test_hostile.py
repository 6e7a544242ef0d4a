"""Hostile policies: huge, full of stars, deep. The work is counted by what is done, never by a clock."""

from __future__ import annotations

from typing import Any

import pytest

from nephograph.engines.certificate import glob
from nephograph.identity import MalformedPolicyError, Policies, Request, decide
from tests.engines.certificate.asking import ACCOUNT, ROLE, allow, ask, deny, effect, policy, statement


def test_stars_cost_no_more_than_text() -> None:
    text = "a" * 8_000
    # A matcher that goes back over its steps would not come to an end here.
    assert not glob.matches("*a" * 4_000 + "*b", text)
    assert glob.matches("*a" * 4_000 + "*", text)
    assert not glob.matches("*" * 100_000 + "b", text)
    assert not glob.matches("*" + "?" * 4_000 + "b*", text)
    assert glob.matches("*" + "?a" * 2_000 + "*", text)


def test_a_hundred_thousand_statements() -> None:
    many = [statement(action=f"ec2:Do{index}") for index in range(100_000)]
    found = ask(identity=[policy(*many, statement(action="s3:GetObject", Sid="Last"))])
    assert found.because == ("identity allows: policies.identity[0].Statement[100000] (Last)",)


def test_a_hundred_thousand_statements_that_all_apply() -> None:
    found = ask(identity=[policy(*[statement() for _ in range(100_000)])])
    identity = next(layer for layer in found.layers if layer.layer == "identity")
    assert (len(identity.statements), identity.total) == (20, 100_000)
    assert len(str(found.because)) < 2_000


def test_many_open_questions_stay_open() -> None:
    keys = [f"aws:k{index}" for index in range(2_000)]
    many = [statement(Condition={"StringEquals": {key: "1"}}) for key in keys]
    found = ask(identity=[policy(*many)], unknown=tuple(keys))
    assert found.effect == "depends"
    assert len(found.condition) <= 2_000
    assert len(found.depends_on) == 2_000


def test_a_megabyte_of_resources() -> None:
    patterns = [f"arn:aws:s3:::bucket-{index}/*a*a*a*a*" for index in range(30_000)]
    assert (
        effect(identity=[allow(resource=patterns)], target="arn:aws:s3:::bucket-x/" + "a" * 900) == "implicitly_denied"
    )
    assert effect(identity=[allow(), deny(resource=patterns)], target="arn:aws:s3:::bucket-7/" + "a" * 900) != "allowed"


def test_variables_that_never_close() -> None:
    for text in ("${" * 50_000, "${a" * 20_000 + "}", "${" + "a" * 100_000 + "}", "$" * 100_000, "${'}" * 20_000):
        assert effect(identity=[allow(resource="arn:aws:s3:::b/" + text)]) == "implicitly_denied"


def test_depth_is_refused_and_not_followed() -> None:
    deep: Any = "*"
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(MalformedPolicyError):
        ask(identity=[policy(statement(action=deep))])


def test_keys_of_any_kind() -> None:
    with pytest.raises(MalformedPolicyError):
        decide(Request(ROLE, "s3:GetObject", "*", ACCOUNT), Policies(identity=[{1: 2}]))  # type: ignore[dict-item]
