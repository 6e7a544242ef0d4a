"""Answers over whole small trees: what a team writes, and what is true of it."""

from __future__ import annotations

import pathlib

import pytest

from tests.support.trees import estate_of

ROLE = """
    provider "aws" {{}}
    data "aws_caller_identity" "me" {{}}
    resource "aws_iam_role" "r" {{
      name               = "r"
      assume_role_policy = jsonencode({{
        Version   = "2012-10-17"
        Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ AWS = {principal} }} }}]
      }})
    }}
"""


@pytest.mark.parametrize(
    "principal",
    ['"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"', "data.aws_caller_identity.me.account_id"],
)
def test_ones_own_account_is_not_everybodys_although_its_number_is_not_known(
    tmp_path: pathlib.Path, principal: str
) -> None:
    session = estate_of(tmp_path, main=ROLE.format(principal=principal))
    assert list(session.context.facts.query("assumable_by_anyone", (None,))) == []


def test_everybodys_account_is(tmp_path: pathlib.Path) -> None:
    session = estate_of(tmp_path, main=ROLE.format(principal='"*"'))
    (fact,) = session.context.facts.query("assumable_by_anyone", (None,))
    assert fact.verdict.answer == "yes"


def test_what_an_unknown_policy_leaves_open_is_that_policy_alone(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main=ROLE.format(principal='"arn:aws:iam::111122223333:root"')
        + """
            resource "aws_iam_role_policy_attachment" "known" {
              role       = aws_iam_role.r.name
              policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
            }
            resource "aws_iam_role_policy_attachment" "unknown" {
              role       = aws_iam_role.r.name
              policy_arn = "arn:aws:iam::aws:policy/NobodyHasHeardOfThis"
            }
        """,
    )
    (fact,) = session.context.facts.query("administrator", (None, None))
    assert fact.verdict.answer == "depends"
    assert ["NobodyHasHeardOfThis" in reason for reason in fact.verdict.depends_on] == [True]


def test_an_administrator_is_told_in_words(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main=ROLE.format(principal='"arn:aws:iam::111122223333:root"')
        + """
            resource "aws_iam_role_policy_attachment" "all" {
              role       = aws_iam_role.r.name
              policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
            }
        """,
    )
    (fact,) = session.context.facts.query("administrator", (None, None))
    assert fact.verdict.answer == "yes"
    assert any("every action on every resource" in proof.text for proof in fact.verdict.because)


BUCKET = """
    resource "aws_s3_bucket" "b" {{
      bucket = "acme"
    }}
    resource "aws_s3_bucket_public_access_block" "b" {{
      bucket = aws_s3_bucket.b.id
    }}
    resource "aws_s3_bucket_policy" "b" {{
      bucket = aws_s3_bucket.b.id
      policy = jsonencode({{
        Version = "2012-10-17"
        Statement = [{{
          Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${{aws_s3_bucket.b.arn}}/*"
          Condition = {{ {operator} = {{ "aws:SourceIp" = {ranges} }} }}
        }}]
      }})
    }}
"""


@pytest.mark.parametrize(
    ("operator", "ranges", "answer"),
    [
        ("IpAddress", '"10.0.0.0/8"', "no"),
        ("IpAddress", '["10.0.0.0/8", "192.168.0.0/16"]', "no"),
        ("IpAddress", '["10.0.0.0/8", "198.51.100.0/24"]', "depends"),
        ("NotIpAddress", '"10.0.0.0/8"', "yes"),
    ],
)
def test_no_caller_from_outside_has_a_private_source(
    tmp_path: pathlib.Path, operator: str, ranges: str, answer: str
) -> None:
    session = estate_of(tmp_path, main=BUCKET.format(operator=operator, ranges=ranges))
    (bucket,) = session.estate.of_kind("aws_s3_bucket")
    assert session.context.facts.can("anonymous", "s3:GetObject", bucket).verdict.answer == answer


STEWARD = """
    variable "{variable}" {{}}
    resource "aws_iam_role" "r" {{
      name                 = "r"
      {argument}
      assume_role_policy   = jsonencode({{
        Version   = "2012-10-17"
        Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ AWS = "*" }} }}]
      }})
      inline_policy {{
        name   = "steward"
        policy = jsonencode({{
          Version   = "2012-10-17"
          Statement = [{{ Effect = "Allow", Action = "iam:PutRolePolicy", Resource = "*" }}]
        }})
      }}
    }}
"""


def test_a_boundary_that_is_not_known_leaves_open_what_a_principal_gives_itself(tmp_path: pathlib.Path) -> None:
    tree = STEWARD.format(variable="edge", argument="permissions_boundary = var.edge")
    (fact,) = estate_of(tmp_path, main=tree).context.facts.query("rewrites_itself", (None, None, None))
    assert fact.verdict.answer == "depends"
    assert "var.edge" in " ".join(fact.verdict.depends_on)


def test_a_path_over_something_that_may_not_exist_depends_on_that(tmp_path: pathlib.Path) -> None:
    tree = STEWARD.format(variable="on", argument="count = var.on ? 1 : 0")
    (path,) = estate_of(tmp_path, main=tree).ask("paths").paths
    assert path.verdict == "depends"
    assert "whether aws_iam_role.r[*] exists" in " ".join(path.depends_on)
