"""What is not known is asked about once, and not by each check that would like to know it."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.session import open_estate

BUCKET = 'resource "aws_s3_bucket" "b" {\n  bucket = "acme"\n}\n'
POLICY = 'resource "aws_s3_bucket_policy" "b" {\n  bucket = aws_s3_bucket.b.id\n  policy = %s\n}\n'
STATEMENT = 'jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = [%s], Resource = "*" }] })'


def codes(folder: pathlib.Path, text: str, prefix: str) -> list[tuple[str, str]]:
    (folder / "main.tf").write_text('variable "x" {}\n' + text)
    findings = open_estate([str(folder)]).ask("check").findings
    return sorted((f.code, f.verdict) for f in findings if f.code.startswith(prefix))


def test_of_a_policy_that_is_not_known_one_check_asks(tmp_path: pathlib.Path) -> None:
    found = codes(tmp_path, BUCKET + POLICY % "var.x", "aws-s3-bucket-public-")
    assert found == [("aws-s3-bucket-public-read", "depends")]


def test_what_is_proven_is_told_by_each(tmp_path: pathlib.Path) -> None:
    block = 'resource "aws_s3_bucket_public_access_block" "b" {\n  bucket = aws_s3_bucket.b.id\n}\n'
    said = BUCKET + block + POLICY % (STATEMENT % '"s3:GetObject", "s3:PutObject"')
    found = codes(tmp_path, said, "aws-s3-bucket-public-")
    assert found == [("aws-s3-bucket-public-read", "yes"), ("aws-s3-bucket-public-write", "yes")]


def test_what_one_alone_may_be_is_asked_by_that_one(tmp_path: pathlib.Path) -> None:
    block = 'resource "aws_s3_bucket_public_access_block" "b" {\n  bucket = aws_s3_bucket.b.id\n}\n'
    found = codes(tmp_path, BUCKET + block + POLICY % (STATEMENT % '"s3:Put${var.x}"'), "aws-s3-bucket-public-")
    assert ("aws-s3-bucket-public-write", "depends") in found
    assert "aws-s3-bucket-public-read" not in dict(found)


DATABASE = 'resource "aws_db_instance" "d" {\n  engine = "mysql"\n  backup_retention_period = %s\n}\n'
GROUP = 'resource "aws_cloudwatch_log_group" "g" {\n  retention_in_days = %s\n}\n'


@pytest.mark.parametrize(
    ("said", "prefix", "found"),
    [
        (DATABASE % "var.x", "aws-rds-database-", {"aws-rds-database-not-backed-up": "depends"}),
        (DATABASE % "var.x ? 3 : 14", "aws-rds-database-", {"aws-rds-database-backups-short": "depends"}),
        (DATABASE % "3", "aws-rds-database-", {"aws-rds-database-backups-short": "yes"}),
        (GROUP % "var.x", "aws-logs-group-", {"aws-logs-group-endless": "depends"}),
        (GROUP % "var.x ? 7 : 365", "aws-logs-group-", {"aws-logs-group-short": "depends"}),
        (GROUP % "7", "aws-logs-group-", {"aws-logs-group-short": "yes"}),
    ],
)
def test_of_a_number_that_is_not_known_one_check_asks(
    tmp_path: pathlib.Path, said: str, prefix: str, found: dict[str, str]
) -> None:
    asked = {"backed-up", "backups-short", "endless", "short"}
    told = {code: v for code, v in codes(tmp_path, said, prefix) if any(code.endswith(word) for word in asked)}
    assert told == found


CLUSTER = 'resource "aws_eks_cluster" "c" {\n  name = "c"\n  role_arn = "r"\n  vpc_config {\n    %s\n  }\n}\n'


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", [("aws-eks-cluster-endpoint-open", "yes")]),
        ('public_access_cidrs = ["203.0.113.0/24"]', [("aws-eks-cluster-endpoint-public", "yes")]),
        (
            "public_access_cidrs = var.x",
            [("aws-eks-cluster-endpoint-open", "depends"), ("aws-eks-cluster-endpoint-public", "yes")],
        ),
        ("endpoint_public_access = false", []),
    ],
)
def test_a_cluster_that_is_open_is_not_told_to_be_public_as_well(
    tmp_path: pathlib.Path, said: str, found: list[tuple[str, str]]
) -> None:
    told = codes(tmp_path, CLUSTER % said, "aws-eks-cluster-endpoint-")
    assert [one for one in told if one[0].endswith(("-open", "-public"))] == found
