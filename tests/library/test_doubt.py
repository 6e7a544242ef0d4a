"""What nobody has read ranks below what was read and is bad."""

from __future__ import annotations

import pathlib

from nephograph.model.answer import Severity
from nephograph.model.verdict import Evidence, depends, yes
from nephograph.session import open_estate

BUCKET = """
variable "policy" {}
variable "account" {}
resource "aws_s3_bucket" "b" {
  bucket = "acme-b"
}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket                  = aws_s3_bucket.b.id
  block_public_policy     = false
  restrict_public_buckets = false
}
"""
UNREAD = BUCKET + 'resource "aws_s3_bucket_policy" "b" {\n  bucket = aws_s3_bucket.b.id\n  policy = var.policy\n}\n'
READ = (
    BUCKET
    + """
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({ Statement = [{
    Effect    = "Allow"
    Principal = "*"
    Action    = "s3:*"
    Resource  = "arn:aws:s3:::acme-b*"
    Condition = { StringEquals = { "aws:SourceVpc" = var.account } }
  }] })
}
"""
)


def found(tmp_path: pathlib.Path, text: str) -> dict[str, Severity]:
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    findings = open_estate([str(tmp_path)], today="2026-01-01").ask("check").findings
    assert all(f.verdict == "depends" for f in findings if "-public-" in f.code)
    return {f.code: f.severity for f in findings if "-public-" in f.code}


def test_evidence_that_only_repeats_what_is_not_known_is_none() -> None:
    assert depends("the policy").is_mere_doubt
    assert depends("the policy", because=(Evidence("the policy"),)).is_mere_doubt


def test_what_is_known_speaks_for_it() -> None:
    assert not yes().is_mere_doubt
    assert not depends("the account", because=(Evidence("statement 1 names everybody"),)).is_mere_doubt


def test_a_bucket_whose_policy_nobody_read_is_asked_about_and_ranks_low(tmp_path: pathlib.Path) -> None:
    severities = found(tmp_path, UNREAD)
    assert "aws-s3-bucket-public-read" in severities
    assert set(severities.values()) == {Severity.LOW}


def test_a_statement_for_everybody_ranks_as_it_is_read(tmp_path: pathlib.Path) -> None:
    assert found(tmp_path, READ).get("aws-s3-bucket-public-takeover") is Severity.CRITICAL


def severities(tmp_path: pathlib.Path, text: str, code: str) -> list[Severity]:
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    return [
        f.severity for f in open_estate([str(tmp_path)], today="2026-01-01").ask("check").findings if f.code == code
    ]


TRUST = """
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({ Statement = [{
    Effect    = "Allow"
    Action    = "sts:AssumeRoleWithWebIdentity"
    Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/%s" }
  }] })
}
"""


def test_an_issuer_of_one_tenant_ranks_below_one_of_everybodys(tmp_path: pathlib.Path) -> None:
    code = "aws-iam-role-trusts-any-repository"
    assert severities(tmp_path, TRUST % "oidc.circleci.com/org/1a2b", code) == [Severity.MEDIUM]
    assert severities(tmp_path, TRUST % "token.actions.githubusercontent.com", code) == [Severity.CRITICAL]


def test_a_graph_that_asks_nobody_ranks_above_a_database_with_passwords(tmp_path: pathlib.Path) -> None:
    code = "aws-rds-cluster-iam-login-off"
    graph = 'resource "aws_neptune_cluster" "g" {\n  cluster_identifier = "g"\n}\n'
    aurora = 'resource "aws_rds_cluster" "a" {\n  cluster_identifier = "a"\n  engine = "aurora-mysql"\n}\n'
    assert severities(tmp_path, graph, code) == [Severity.MEDIUM]
    assert severities(tmp_path, aurora, code) == [Severity.INFO]


POLICY = """
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "%s", Resource = "*" }] })
}
"""


def test_a_pattern_that_matches_nothing_ranks_below_a_name_that_does_not_exist(tmp_path: pathlib.Path) -> None:
    code = "aws-iam-policy-action-unknown"
    assert severities(tmp_path, POLICY % "s3:View*", code) == [Severity.INFO]
    assert severities(tmp_path, POLICY % "s3:HeadObject", code) == [Severity.LOW]


DOMAIN = """
resource "aws_opensearch_domain" "d" {
  domain_name     = "d"
  access_policies = jsonencode({ Statement = [{
    Effect    = "Allow"
    Principal = "*"
    Action    = "%s"
    Resource  = "*"
  }] })
}
"""


def test_a_domain_that_anybody_writes_ranks_above_one_that_anybody_searches(tmp_path: pathlib.Path) -> None:
    code = "aws-es-domain-readable-by-anyone"
    assert severities(tmp_path, DOMAIN % "es:*", code) == [Severity.CRITICAL]
    assert severities(tmp_path, DOMAIN % "es:ESHttpGet", code) == [Severity.HIGH]
    assert severities(tmp_path, DOMAIN % "es:*", "aws-iam-policy-principal-anyone") == []
