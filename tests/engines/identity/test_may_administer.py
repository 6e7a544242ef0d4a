"""The quick look at who could be administrator never overlooks one."""

from __future__ import annotations

from typing import Any

import pytest

from nephograph.engines.identity.administrators import administrators, is_administrator, may_administer
from nephograph.engines.identity.engine import Identity
from nephograph.model.value import Reason, Unknown
from tests.engines.identity.estates import HOME, Builder


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


DOCUMENTS: dict[str, Any] = {
    "everything": {"Statement": [allow("*")]},
    "everything, spelled otherwise": {"Statement": [allow("*:*")]},
    "all but one service": {"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]},
    "one service": {"Statement": [allow(["s3:*", "sqs:Send*"])]},
    "one action": {"Statement": [allow("s3:GetObject", "arn:aws:s3:::b/*")]},
    "a service that is not known": {"Statement": [allow("⟨var.service⟩:*")]},
    "an action that is not known": {"Statement": [allow(Unknown(Reason.NO_VALUE, "var.action"))]},
    "not known at all": Unknown(Reason.NO_VALUE, "var.policy"),
    "an effect that is not known": {"Statement": [{"Effect": "⟨var.e⟩", "Action": "*", "Resource": "*"}]},
    "a deny": {"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]},
    "a deny of a service under everything": {
        "Statement": [allow("*"), {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]
    },
    "nothing": {"Statement": []},
}


def role(document: Any) -> tuple[Identity, Any]:
    builder = Builder()
    made = builder.add(
        "aws_iam_role",
        "r",
        f"arn:aws:iam::{HOME}:role/r",
        inline_policies=[{"name": "p", "document": document}],
        trust_policy={"Statement": []},
    )
    return Identity(builder.build()), made


@pytest.mark.parametrize("name", DOCUMENTS)
def test_who_is_not_looked_at_is_none(name: str) -> None:
    identity, who = role(DOCUMENTS[name])
    decision = is_administrator(identity, who)
    if decision.verdict.possible:
        assert may_administer(identity, who)
    assert [one.principal for one in administrators(identity)] == [who.urn] * decision.verdict.possible


@pytest.mark.parametrize("name", ["one service", "one action", "a deny", "nothing"])
def test_whose_grants_all_name_their_service_need_no_closer_look(name: str) -> None:
    identity, who = role(DOCUMENTS[name])
    assert not may_administer(identity, who)
