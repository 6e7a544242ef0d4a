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
