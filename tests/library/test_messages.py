"""Sentences of findings whose parts are not known."""

from __future__ import annotations

import pathlib

import pytest

from tests.support.command import Neph
from tests.support.trees import write

ROLE = """
resource "aws_iam_role" "boss" {
  name                = "boss"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
  assume_role_policy  = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
"""


@pytest.mark.parametrize(
    ("provider", "where"),
    [
        ('provider "aws" {}', "its account"),
        ('provider "aws" {\n  allowed_account_ids = ["111122223333"]\n}', "account 111122223333"),
    ],
)
def test_an_account_nobody_names_is_the_roles_own(
    neph: Neph, tmp_path: pathlib.Path, provider: str, where: str
) -> None:
    said = neph("check", str(write(tmp_path, main=f"{provider}\n{ROLE}")), "--width", "200").out
    assert f"role boss may do everything in {where}\n" in said
