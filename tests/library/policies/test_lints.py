"""Policy linting as a user sees it: where it points, what it groups, and what it leaves alone."""

from __future__ import annotations

import json
import pathlib

import pytest

from nephograph.library.policies.documents import Document, carried
from nephograph.library.policies.lint import Lint, found
from nephograph.model.answer import Finding
from nephograph.session import open_estate
from tests.support.trees import write

HEAD = 'provider "aws" {\n  region = "eu-west-1"\n  allowed_account_ids = ["111122223333"]\n}\n'


def lints(tmp_path: pathlib.Path, code: str) -> list[Finding]:
    answer = open_estate([str(write(tmp_path, main=code))]).ask("check")
    assert answer.errors == ()
    return [f for f in answer.findings if f.code.startswith(("aws-iam-policy-", "aws-iam-role-trusts-foreign"))]


def policy(*statements: dict[str, object], version: str | None = "2012-10-17", name: str = "app") -> str:
    said: dict[str, object] = {"Statement": list(statements)}
    if version:
        said["Version"] = version
    return f'resource "aws_iam_policy" "{name}" {{\n  name = "{name}"\n  policy = jsonencode({json.dumps(said)})\n}}\n'


def allow(**more: object) -> dict[str, object]:
    return {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/*", **more}


def test_one_statement_is_one_finding_at_its_first_wrong_action(tmp_path: pathlib.Path) -> None:
    code = """
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "Assets"
      Effect   = "Allow"
      Resource = "arn:aws:s3:::acme/*"
      Action = [
        "s3:GetObject",
        "s3:GetObjct",
        "s3:PutObjct",
      ]
    }]
  })
}
"""
    (finding,) = lints(tmp_path, code)
    assert finding.code == "aws-iam-policy-action-unknown"
    assert finding.message.startswith('policy app, statement "Assets": s3:GetObjct, s3:PutObjct match no action')
    assert finding.location is not None
    assert finding.location.line == 12


def test_what_is_not_known_is_told_once_and_no_lint_guesses(tmp_path: pathlib.Path) -> None:
    code = """
variable "action" { type = string }
variable "actions" { type = list(string) }
variable "key" { type = string }
variable "bucket" { type = string }
variable "document" { type = string }
resource "aws_iam_policy" "a" {
  name = "a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:${var.action}", Resource = var.bucket },
      { Effect = "Allow", Action = var.actions, Resource = "arn:aws:s3:::acme" },
      { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${var.bucket}" },
      { Effect = "Allow", Action = "s3:GetObject", Resource = "${var.bucket}/*",
        Condition = { StringEquals = { "aws:PrincipalTag/${var.key}" = "x" } } },
    ]
  })
}
resource "aws_iam_policy" "b" {
  name   = "b"
  policy = var.document
}
"""
    (only,) = lints(tmp_path, code)
    assert (only.code, only.resource.address, only.verdict) == (
        "aws-iam-policy-malformed",
        "aws_iam_policy.b",
        "depends",
    )


def test_every_carrier_of_a_policy_is_looked_at(tmp_path: pathlib.Path) -> None:
    said = '{ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:Nothing", Resource = "*" }] }'
    trust = (
        '{ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:Nothing", '
        'Principal = { Service = "ec2.amazonaws.com" } }] }'
    )
    owned = '{ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:Nothing", Resource = "*", '
    owned += 'Principal = { AWS = "arn:aws:iam::111122223333:root" } }] }'
    code = f"""{HEAD}
resource "aws_iam_role" "r" {{
  name               = "r"
  assume_role_policy = jsonencode({trust})
}}
resource "aws_iam_role_policy" "r" {{
  name   = "inline"
  role   = aws_iam_role.r.id
  policy = jsonencode({said})
}}
resource "aws_iam_user" "u" {{
  name = "u"
}}
resource "aws_iam_user_policy" "u" {{
  name   = "inline"
  user   = aws_iam_user.u.name
  policy = jsonencode({said})
}}
resource "aws_iam_policy" "p" {{
  name   = "p"
  policy = jsonencode({said})
}}
resource "aws_sqs_queue" "q" {{
  name   = "q"
  policy = jsonencode({owned})
}}
"""
    found_ = {(f.resource.label, f.message.partition(",")[0]) for f in lints(tmp_path, code)}
    assert found_ == {
        ("r", "trust policy of r"),
        ("r", "policy inline of r"),
        ("u", "policy inline of u"),
        ("p", "policy p"),
        ("q", "policy of q"),
    }


def test_two_policies_of_one_role_with_one_mistake_are_two_findings(tmp_path: pathlib.Path) -> None:
    wrong = json.dumps({"Version": "2012-10-17", "Statement": [allow(Action="s3:Nothing")]})
    code = 'resource "aws_iam_user" "u" {\n  name = "u"\n}\n' + "".join(
        f'resource "aws_iam_user_policy" "{n}" {{\n  name = "{n}"\n  user = aws_iam_user.u.name\n'
        f"  policy = jsonencode({wrong})\n}}\n"
        for n in ("one", "two")
    )
    assert len({f.id for f in lints(tmp_path, code)}) == 2


def test_a_rule_runs_once_on_what_many_say(tmp_path: pathlib.Path) -> None:
    code = "".join(policy(allow(Action="s3:Nothing"), name=f"p{n}") for n in range(5))
    estate = open_estate([str(write(tmp_path, main=code))]).estate
    runs = []

    def rule(document: Document) -> list[Lint]:
        runs.append(document)
        return [Lint("x", document.statements[0], document.statements[0].path)]

    documents = [c.document for r in estate.of_kind("aws_iam_policy") for c in carried(r)]
    assert len(documents) == 5
    for document in documents:
        assert isinstance(document, Document)
        assert len(found(document, rule)) == 1
    assert len(runs) == 1


def test_a_policy_of_aws_is_not_ours_to_mend(tmp_path: pathlib.Path) -> None:
    def said(name: str, owner: str) -> dict[str, object]:
        document = {"Version": "2012-10-17", "Statement": [allow(Action="s3:No")]}
        versions = [{"IsDefaultVersion": True, "Document": document}]
        return {"PolicyName": name, "Arn": f"arn:aws:iam::{owner}:policy/{name}", "PolicyVersionList": versions}

    answer = {"Policies": [said("Theirs", "aws"), said("ours", "111122223333")]}
    (tmp_path / "get-account-authorization-details.json").write_text(json.dumps(answer))
    found_ = open_estate([str(tmp_path)]).ask("check").findings
    assert [f.resource.label for f in found_ if f.code == "aws-iam-policy-action-unknown"] == ["ours"]


@pytest.mark.parametrize(
    ("statements", "codes"),
    [
        ([allow(), allow(Sid="More", Action=["s3:GetObject"])], {"redundant"}),
        ([allow(), allow(Condition={"Bool": {"aws:SecureTransport": "true"}})], {"redundant"}),
        ([allow(Condition={"Bool": {"aws:SecureTransport": "true"}}), allow(Action="s3:PutObject")], set()),
        ([allow(), {**allow(), "Effect": "Deny"}], {"shadowed"}),
        ([allow(), {**allow(Condition={"Bool": {"aws:SecureTransport": "false"}}), "Effect": "Deny"}], set()),
        ([allow(), {"Effect": "Deny", "NotAction": "s3:PutObject", "Resource": "*"}], {"shadowed"}),
        ([allow(), {"Effect": "Deny", "NotAction": "s3:Get*", "Resource": "*"}], set()),
    ],
)
def test_what_one_statement_says_of_another(
    tmp_path: pathlib.Path, statements: list[dict[str, object]], codes: set[str]
) -> None:
    assert {f.code.rpartition("-")[2] for f in lints(tmp_path, policy(*statements))} == codes


def test_a_boundary_says_what_its_holder_may_do_at_most(tmp_path: pathlib.Path) -> None:
    wide = json.dumps({"Version": "2012-10-17", "Statement": [allow(Action="s3:*", Resource="*")]})

    def user(boundary: str) -> str:
        return (
            policy(allow(), name="limit") + f'resource "aws_iam_user" "u" {{\n  name = "u"\n  {boundary}\n}}\n'
            f'resource "aws_iam_user_policy" "p" {{\n  name = "p"\n  user = aws_iam_user.u.name\n'
            f"  policy = jsonencode({wide})\n}}\n"
        )

    assert [f.code for f in lints(tmp_path, user(""))] == ["aws-iam-policy-service-unbounded"]
    assert lints(tmp_path, user("permissions_boundary = aws_iam_policy.limit.arn")) == []


def test_a_misspelt_action_that_could_be_two_is_not_mended(tmp_path: pathlib.Path) -> None:
    (finding,) = lints(tmp_path, policy(allow(Action="s3:GetBucketAcls", Resource="arn:aws:s3:::acme")))
    assert finding.fix is not None
    assert "s3:GetBucketAcl" in finding.fix.title
    (finding,) = lints(tmp_path, policy(allow(Action="ec2:AssociateVpcCidrBlocks", Resource="*")))
    assert finding.fix is None


def test_an_account_that_may_be_the_roles_own(tmp_path: pathlib.Path) -> None:
    code = """
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
    }]
  })
}
"""
    (finding,) = lints(tmp_path, code)
    assert finding.verdict == "depends"
    assert finding.depends_on == ("whether account 444455556666 is its own",)


def test_a_deny_that_everybody_meets_closes_what_is_allowed_to_everybody(tmp_path: pathlib.Path) -> None:
    open_ = '{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = "*" }'
    deny = '{ Effect = "Deny", Principal = "*", Action = "sns:*", Resource = "*", '
    deny += 'Condition = { StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } } }'

    def topic(*statements: str) -> str:
        return (
            f'{HEAD}resource "aws_sns_topic" "t" {{\n  name = "t"\n'
            f'  policy = jsonencode({{ Version = "2012-10-17", Statement = [{", ".join(statements)}] }})\n}}\n'
        )

    assert [f.code for f in lints(tmp_path, topic(open_))] == ["aws-iam-policy-principal-anyone"]
    assert lints(tmp_path, topic(open_, deny)) == []


@pytest.mark.parametrize(
    "document",
    [
        {"Version": "2012-10-17", "Statement": []},
        {"Version": "2012-10-17", "Statement": ["Allow"]},
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": 1, "Action": {"a": 1}, "Resource": [[]], "Condition": "no"}],
        },
        {"Version": "2012-10-17", "Statement": [allow(Condition={"Bool": [], "StringEquals": {"aws:x": {}}})]},
        {"Version": "2012-10-17", "Statement": [allow(Action=10**30, Resource=None)]},
        {"Version": ["2012-10-17"], "Statement": [allow(Action="*a" * 200, Resource="*a" * 200)]},
    ],
)
def test_odd_documents_are_judged_without_a_failure(tmp_path: pathlib.Path, document: object) -> None:
    text = json.dumps(json.dumps(document)).replace("$", "$$")
    lints(tmp_path, f'resource "aws_iam_policy" "p" {{\n  name = "p"\n  policy = {text}\n}}\n')


def test_a_key_that_stands_twice_is_told_and_nothing_is_decided_from_it(tmp_path: pathlib.Path) -> None:
    said = '{"Statement": [{"Effect": "Deny", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'
    (finding,) = lints(tmp_path, f'resource "aws_iam_policy" "app" {{\n  policy = {json.dumps(said)}\n}}\n')
    assert finding.code == "aws-iam-policy-malformed"
    assert "'Effect' stands twice" in finding.message
