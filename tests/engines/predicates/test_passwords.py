"""Who may know the password of a database: nobody who reads no secret at all."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.session import open_estate

ESTATE = """
variable "managed" {}
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
resource "aws_iam_role_policy" "r" {
  name   = "r"
  role   = aws_iam_role.r.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ACTION", Resource = "*" }]
  })
}
resource "aws_db_instance" "d" {
  identifier                  = "d"
  manage_master_user_password = MANAGED
}
"""


@pytest.mark.parametrize(
    ("action", "managed", "answer"),
    [
        ("s3:GetObject", "var.managed", "no"),
        ("s3:GetObject", "true", "no"),
        ("secretsmanager:GetSecretValue", "var.managed", "depends"),
        # (The secret is not in the data, nor is a policy it may have.)
        ("secretsmanager:GetSecretValue", "true", "depends"),
        ("secretsmanager:GetSecretValue", "false", "no"),
    ],
)
def test_who_may_know_it(action: str, managed: str, answer: str, tmp_path: pathlib.Path) -> None:
    provider = 'provider "aws" {\n  region              = "eu-west-1"\n  allowed_account_ids = ["111122223333"]\n}\n'
    (tmp_path / "main.tf").write_text(provider + ESTATE.replace("ACTION", action).replace("MANAGED", managed))
    context = open_estate([str(tmp_path)], today="2026-01-01").context
    (role,) = context.estate.of_kind("aws_iam_role")
    (fact,) = [*context.facts.query("knows_password", (role.urn, None))] or [None]
    assert (fact.verdict.answer if fact else "no") == answer, fact
