"""No path begins with a stranger where a condition asks for one subject of an issuer that another state makes."""

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
