"""Keys of conditions that refer to a resource of the same code say its name."""

from __future__ import annotations

import pathlib

from nephograph.session import open_estate

ROLE = """
variable "org" {}
resource "aws_s3_bucket" "b" {
  bucket = "acme"
}
resource "aws_iam_openid_connect_provider" "ci" {
  url            = "https://ci.example.com"
  client_id_list = ["sts.amazonaws.com"]
}
resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.ci.arn }
      Condition = {
        StringEquals = {
          "aws:RequestTag/${%s}" = "x"
          "ci.example.com:sub"     = "repo:acme/shop"
        }
      }
    }]
  })
}
"""


def keys(folder: pathlib.Path, issuer: str) -> dict[str, object]:
    (folder / "main.tf").write_text(ROLE % issuer)
    (role,) = open_estate([str(folder)]).estate.of_kind("aws_iam_role")
    found = role.get("trust_policy", "Statement", 0, "Condition", "StringEquals")
    assert isinstance(found, dict)
    return found


def test_a_key_that_refers_to_a_resource_says_its_name(tmp_path: pathlib.Path) -> None:
    found = keys(tmp_path, "aws_s3_bucket.b.id")
    assert found == {"aws:RequestTag/acme": "x", "ci.example.com:sub": "repo:acme/shop"}


def test_a_key_that_nothing_tells_keeps_its_symbol(tmp_path: pathlib.Path) -> None:
    found = keys(tmp_path, "var.org")
    assert found == {"aws:RequestTag/⟨var.org⟩": "x", "ci.example.com:sub": "repo:acme/shop"}


def test_keys_of_two_roots_are_two(tmp_path: pathlib.Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(ROLE % "var.org")
    roles = open_estate([str(tmp_path)]).estate.of_kind("aws_iam_role")
    conditions = [role.get("trust_policy", "Statement", 0, "Condition", "StringEquals") for role in roles]
    assert len({str(sorted(found)) for found in conditions}) == 2
