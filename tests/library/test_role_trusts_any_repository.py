"""A role whose trust is not known may trust anybody; one whose trust is known is not asked twice."""

from __future__ import annotations

import json
import pathlib

import pytest

from nephograph.session import open_estate

CODE = "aws-iam-role-trusts-any-repository"
ASSUME = {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity"}


def verdicts(tmp_path: pathlib.Path, policy: str) -> list[str]:
    text = f'variable "v" {{}}\nresource "aws_iam_role" "r" {{\n  name = "r"\n  assume_role_policy = {policy}\n}}\n'
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    findings = open_estate([str(tmp_path)], today="2026-01-01").ask("check").findings
    return [f.verdict for f in findings if f.code == CODE]


@pytest.mark.parametrize(
    "policy",
    [
        "var.v",
        "jsonencode({ Statement = var.v })",
        'jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:*", Principal = var.v }] })',
    ],
)
def test_a_policy_that_hides_whom_it_names_leaves_it_open(tmp_path: pathlib.Path, policy: str) -> None:
    assert verdicts(tmp_path, policy) == ["depends"]


@pytest.mark.parametrize(
    "statement",
    [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}},
        {**ASSUME, "Principal": {"AWS": "arn:aws:iam::111122223333:root"}},
    ],
)
def test_a_policy_that_names_no_provider_says_nothing(tmp_path: pathlib.Path, statement: dict[str, object]) -> None:
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    assert verdicts(tmp_path, f"<<EOT\n{document}\nEOT\n") == []


def test_an_unknown_principal_of_a_denial_opens_nothing(tmp_path: pathlib.Path) -> None:
    policy = """jsonencode({ Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } },
      { Effect = "Deny", Action = "sts:AssumeRole", Principal = var.v }
    ] })"""
    assert verdicts(tmp_path, policy) == []
