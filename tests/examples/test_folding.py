"""Paths that fold into one: whoever may be administrator does not hide what is proven of it."""

from __future__ import annotations

from pathlib import Path

from example_answers import opened
from example_estates import estate_trees

MAYBE_ADMINISTRATOR = """
variable "who_knows" {}

resource "aws_iam_role_policy" "maybe" {
  name = "maybe"
  role = aws_iam_role.web.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "*"
      Resource  = "*"
      Condition = { StringEquals = { "aws:RequestedRegion" = var.who_knows } }
    }]
  })
}
"""


def test_a_proven_path_is_not_hidden_by_one_that_depends(tmp_path: Path) -> None:
    tree = {**estate_trees()["tiny"], "more.tf": MAYBE_ADMINISTRATOR}
    paths = opened(tree, tmp_path).ask("paths").paths
    assert ("yes", "tiny-invoices") in {(path.verdict, path.target.label) for path in paths}
