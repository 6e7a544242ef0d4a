"""No path begins with a stranger where a condition asks for one subject, or the principal is one that is looked up."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.session import open_estate

ROLE = """
variable "issuer" {}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [var.issuer]
    }
    condition {
      test     = "StringEquals"
      variable = "${replace(var.issuer, "/^(.*provider/)/", "")}:%s"
      values   = ["x"]
    }
  }
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
"""


@pytest.mark.parametrize(("claim", "count"), [("sub", 0), ("aud", 1)])
def test_a_condition_on_the_subject_ties(tmp_path: pathlib.Path, claim: str, count: int) -> None:
    (tmp_path / "main.tf").write_text(ROLE % claim, encoding="utf-8")
    facts = open_estate([str(tmp_path)], today="2026-01-01").context.facts
    found = [fact for fact in facts.query("admits_strangers", (None, None)) if fact.verdict.possible]
    assert len(found) == count


NAMED = """
variable "who" { type = string }
data "aws_caller_identity" "current" {}
data "aws_iam_role" "it" {
  count = 1
  name  = "it"
}
data "aws_ssm_parameter" "p" { name = "who" }
module "m" { source = "registry.example.com/a/m/aws" }
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = %s } }]
  })
}
"""


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("data.aws_caller_identity.current.arn", "no"),
        ("data.aws_iam_role.it[0].arn", "no"),
        ("[data.aws_iam_role.it[0].arn, var.who]", "depends"),
        ("data.aws_ssm_parameter.p.value", "depends"),
        ("module.m.role_arn", "depends"),
        ("var.who", "depends"),
    ],
)
def test_the_name_of_what_is_looked_up_is_not_everybody(tmp_path: pathlib.Path, who: str, answer: str) -> None:
    (tmp_path / "main.tf").write_text(NAMED % who, encoding="utf-8")
    facts = open_estate([str(tmp_path)], today="2026-01-01").context.facts
    verdicts = [fact.verdict.answer for fact in facts.query("assumable_by_anyone", (None,))]
    assert verdicts == ([] if answer == "no" else [answer])
