"""No edit leaves a policy without statements, or an attachment without its policy."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.session import open_estate

OPEN = '{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole" }'
ALLOWS = '{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }'
ROLE = """
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [TRUST]
  })
}
resource "aws_s3_bucket" "data" { bucket = "data" }
"""
ATTACHED = """
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [GIVEN] })
}
resource "aws_iam_role_policy_attachment" "r" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.p.arn
}
"""
MANAGED = """
resource "aws_iam_role_policy_attachment" "r" {
  role       = aws_iam_role.r.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""
AT_ONCE = """
resource "aws_iam_role" "other" {
  name = "other"
  assume_role_policy = aws_iam_role.r.assume_role_policy
}
resource "aws_iam_policy_attachment" "all" {
  name       = "all"
  roles      = [aws_iam_role.r.name, aws_iam_role.other.name]
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""
PUBLIC = """
resource "aws_s3_bucket" "data" { bucket = "data" }
resource "aws_s3_bucket_public_access_block" "data" {
  bucket              = aws_s3_bucket.data.id
  block_public_policy = false
}
resource "aws_s3_bucket_policy" "data" {
  bucket = aws_s3_bucket.data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::data/*" }]
  })
}
"""


def fixed(text: str, folder: pathlib.Path) -> str:
    """The text after the fix of its one path."""
    (folder / "main.tf").write_text(text)
    session = open_estate([str(folder)], today="2026-01-01")
    path = session.ask("paths").paths[0]
    answer = session.ask("fix", id=path.id, apply=True)
    assert answer.verdict == "yes"
    return (folder / "main.tf").read_text()


def test_the_only_statement_of_a_managed_policy_denies(tmp_path: pathlib.Path) -> None:
    after = fixed((ROLE + ATTACHED).replace("TRUST", OPEN).replace("GIVEN", ALLOWS), tmp_path)
    assert '{ Effect = "Deny", Action = "s3:GetObject", Resource = "*" }' in after


def test_one_of_two_statements_goes(tmp_path: pathlib.Path) -> None:
    other = '{ Effect = "Allow", Action = "sqs:ListQueues", Resource = "*" }'
    after = fixed((ROLE + ATTACHED).replace("TRUST", OPEN).replace("GIVEN", f"{ALLOWS}, {other}"), tmp_path)
    assert f"Statement = [{other}]" in after


def test_an_attachment_goes_whole(tmp_path: pathlib.Path) -> None:
    after = fixed((ROLE + MANAGED).replace("TRUST", OPEN), tmp_path)
    assert "aws_iam_role_policy_attachment" not in after


def test_an_attachment_of_several_stays_and_the_trust_denies(tmp_path: pathlib.Path) -> None:
    after = fixed((ROLE + AT_ONCE).replace("TRUST", OPEN), tmp_path)
    assert "aws_iam_policy_attachment" in after
    assert 'Effect = "Deny"' in after


def test_a_bucket_policy_goes_whole(tmp_path: pathlib.Path) -> None:
    after = fixed(PUBLIC, tmp_path)
    assert "aws_s3_bucket_policy" not in after
    assert "aws_s3_bucket_public_access_block" in after


@pytest.mark.parametrize("text", [PUBLIC, (ROLE + ATTACHED).replace("TRUST", OPEN).replace("GIVEN", ALLOWS)])
def test_nothing_is_left_empty(text: str, tmp_path: pathlib.Path) -> None:
    assert "Statement = []" not in fixed(text, tmp_path)
