"""Credentials in attributes: one look over everything finds what asking each value finds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nephograph.model.value import Reason, Unknown
from nephograph.sources import terraform_values
from nephograph.sources.terraform_values import without_credentials

NAMES = st.sampled_from(
    ("name", "tags", "password", "secret_string", "user_data", "value", "master_password", "result", "policy", "url")
)
TEXTS = st.sampled_from(
    (
        "",
        "plain",
        "AKIA" + "A1B2C3D4E5F6G7H8",
        "ghp_" + "a" * 24,
        "high",
        "postgres://user:hidden@host/db",
        "https://example.org/path",
        "sk_live_" + "a1" * 10,
        "eyJhbGciOi.eyJzdWIi.x",
        "arn:aws:secretsmanager:eu-central-1:111122223333:secret:x",
        "-----BEGIN RSA PRIVATE KEY-----",
        "export DB_PASSWORD=hunter2hunter2",
    )
)
LEAVES = TEXTS | st.integers() | st.booleans() | st.just(Unknown(Reason.AFTER_APPLY, "x", parts=("pre", "post")))
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
TYPES = st.sampled_from(("aws_s3_bucket", "random_password", "aws_ssm_parameter", "kubernetes_secret"))


@given(TYPES, st.dictionaries(NAMES, VALUES, max_size=4))
def test_the_look_over_everything_finds_what_asking_each_value_finds(type_: str, attributes: dict[str, Any]) -> None:
    at_once = without_credentials(type_, attributes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terraform_values, "_is_harmless", lambda _: False)
        assert at_once == without_credentials(type_, attributes)


def test_what_holds_no_credential_stays_the_very_same_object() -> None:
    attributes = {"name": "a", "tags": {"Stage": "prod"}, "ports": [1, 2]}
    assert without_credentials("aws_instance", attributes) is attributes
