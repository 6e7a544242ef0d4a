"""Predicates about ways in and losses: three-valued, and each fact at the field it stands on."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.model.facts import Fact
from nephograph.session import open_estate

PROVIDER = """
    provider "aws" {
      region              = "eu-west-1"
      allowed_account_ids = ["111122223333"]
    }
"""


def asked(tmp_path: pathlib.Path, code: str, predicate: str, *args: str | None) -> list[Fact]:
    (tmp_path / "main.tf").write_text(code)
    facts = open_estate([str(tmp_path)], today="2026-01-01").context.facts
    return [one for one in facts.query(predicate, args) if one.verdict.possible]


def trusting(principal: str, condition: str = "") -> str:
    return f"""
    resource "aws_iam_role" "vendor" {{
      name = "vendor"
      assume_role_policy = jsonencode({{ Version = "2012-10-17", Statement = [{{
        Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ AWS = "{principal}" }}{condition} }}] }})
    }}
    """


EXTERNAL = ', Condition = { StringEquals = { "sts:ExternalId" = "x" } }'


@pytest.mark.parametrize(
    ("principal", "condition", "want"),
    [
        ("999988887777", "", ("account 999988887777", "without")),
        ("arn:aws:iam::999988887777:root", EXTERNAL, ("account 999988887777", "with")),
        ("arn:aws:iam::999988887777:role/ci", "", ("account 999988887777", "without")),
        ("111122223333", "", None),
        ("*", "", None),
    ],
)
def test_foreign_accounts(principal: str, condition: str, want: tuple[str, str] | None, tmp_path: pathlib.Path) -> None:
    found = asked(tmp_path, PROVIDER + trusting(principal, condition), "trusts_account", None, None, None)
    assert [one.args[1:] for one in found] == ([want] if want else [])
    assert all(one.verdict.answer == "yes" for one in found)


def test_whose_account_it_is_may_not_be_known(tmp_path: pathlib.Path) -> None:
    (found,) = asked(tmp_path, trusting("999988887777"), "trusts_account", None, None, None)
    assert found.verdict.answer == "depends"


def test_a_key_in_user_data_stands_at_its_field(tmp_path: pathlib.Path) -> None:
    code = """
    resource "aws_iam_user" "robot" { name = "robot" }
    resource "aws_iam_access_key" "robot" { user = aws_iam_user.robot.name }
    resource "aws_instance" "host" {
      ami           = "ami-1"
      instance_type = "t3.micro"
      user_data     = "export KEY=${aws_iam_access_key.robot.secret}"
    }
    """
    (found,) = asked(tmp_path, code, "carries_key", None, None)
    (evidence,) = found.verdict.because
    assert evidence.field is not None
    assert evidence.field[1] == ("user_data",)
    assert evidence.location is not None
    assert evidence.location.line == 7


def test_the_id_of_a_key_is_no_secret(tmp_path: pathlib.Path) -> None:
    code = """
    resource "aws_iam_user" "robot" { name = "robot" }
    resource "aws_iam_access_key" "robot" { user = aws_iam_user.robot.name }
    resource "aws_instance" "host" {
      ami           = "ami-1"
      instance_type = "t3.micro"
      user_data     = "export KEY=${aws_iam_access_key.robot.id}"
    }
    """
    assert asked(tmp_path, code, "carries_key", None, None) == []


@pytest.mark.parametrize(
    ("routes", "answer"),
    [
        ('authorization_type = "NONE"', "yes"),
        ('authorization_type = "AWS_IAM"', None),
        ("authorization_type = var.how", "depends"),
    ],
)
def test_apis_that_ask_nobody(routes: str, answer: str | None, tmp_path: pathlib.Path) -> None:
    code = f"""
    variable "how" {{}}
    resource "aws_lambda_function" "work" {{
      function_name = "work"
      role          = "arn:aws:iam::111122223333:role/work"
    }}
    resource "aws_lambda_permission" "api" {{
      action        = "lambda:InvokeFunction"
      function_name = aws_lambda_function.work.function_name
      principal     = "apigateway.amazonaws.com"
    }}
    resource "aws_apigatewayv2_api" "front" {{
      name          = "front"
      protocol_type = "HTTP"
    }}
    resource "aws_apigatewayv2_integration" "work" {{
      api_id           = aws_apigatewayv2_api.front.id
      integration_type = "AWS_PROXY"
      integration_uri  = aws_lambda_function.work.invoke_arn
    }}
    resource "aws_apigatewayv2_route" "every" {{
      api_id    = aws_apigatewayv2_api.front.id
      route_key = "ANY /"
      target    = "integrations/${{aws_apigatewayv2_integration.work.id}}"
      {routes}
    }}
    """
    found = asked(tmp_path, code, "answers_anyone", None, None)
    assert [one.verdict.answer for one in found] == ([answer] if answer else [])


@pytest.mark.parametrize(("encrypted", "shared"), [("false", True), ("true", False)])
def test_what_awss_own_key_encrypts_cannot_be_shared(encrypted: str, shared: bool, tmp_path: pathlib.Path) -> None:
    code = f"""
    resource "aws_iam_role" "who" {{
      name               = "who"
      assume_role_policy = "{{}}"
    }}
    resource "aws_ebs_volume" "disk" {{
      availability_zone = "eu-west-1a"
      size              = 1
      encrypted         = {encrypted}
    }}
    """
    (tmp_path / "main.tf").write_text(code)
    facts = open_estate([str(tmp_path)], today="2026-01-01").context.facts
    who = facts.resources("aws_iam_role")[0].urn
    assert bool(list(facts.query("can_share_key", (who, None)))) is shared
