"""Which identity providers can hand a role to strangers: not the issuer of one's own cluster, not one's own SAML."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.engines.facts import EstateFacts
from tests.support.trees import estate_of


def _role(action: str, federated: str, conditions: str) -> str:
    return f"""
    data "unknown_lookup" "it" {{
    }}
    resource "aws_eks_cluster" "c" {{
      name = "c"
    }}
    resource "aws_iam_openid_connect_provider" "eks" {{
      url = aws_eks_cluster.c.identity[0].oidc[0].issuer
    }}
    resource "aws_iam_role" "r" {{
      name               = "r"
      assume_role_policy = jsonencode({{
        Statement = [{{
          Effect    = "Allow"
          Action    = "sts:{action}"
          Principal = {{ Federated = {federated} }}
          Condition = {{ StringEquals = {{ {conditions} }} }}
        }}]
      }})
    }}
    """


_WEB, _SAML = "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"
_ACCOUNT = "arn:aws:iam::111122223333"
_EKS = "oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF"
_SUBJECT = '"system:serviceaccount:shop:api"'


def _answers(tmp_path: pathlib.Path, text: str) -> list[str]:
    facts = EstateFacts(estate_of(tmp_path, main=text).estate)
    return [fact.verdict.answer for fact in facts.query("admits_strangers", (None, None))]


@pytest.mark.parametrize(
    "text",
    [
        _role(_WEB, f'"{_ACCOUNT}:oidc-provider/{_EKS}"', f'"{_EKS}:sub" = {_SUBJECT}'),
        _role(_WEB, f'"{_ACCOUNT}:oidc-provider/{_EKS}"', f'"{_EKS}:aud" = "sts.amazonaws.com"'),
        _role(
            _WEB,
            "aws_iam_openid_connect_provider.eks.arn",
            f'"${{replace(aws_eks_cluster.c.identity[0].oidc[0].issuer, "https://", "")}}:sub" = {_SUBJECT}',
        ),
        _role(_SAML, f'"{_ACCOUNT}:saml-provider/okta"', '"SAML:aud" = "https://signin.aws.amazon.com/saml"'),
    ],
    ids=["eks", "eks-any-account", "eks-of-this-estate", "saml"],
)
def test_a_provider_of_ones_own_has_no_strangers(tmp_path: pathlib.Path, text: str) -> None:
    assert _answers(tmp_path, text) == []


@pytest.mark.parametrize(
    ("federated", "conditions", "expected"),
    [
        ("data.unknown_lookup.it.arn", '"a:aud" = "sts.amazonaws.com"', ["depends"]),
        (f'"{_ACCOUNT}:oidc-provider/accounts.example.com"', '"accounts.example.com:aud" = "x"', ["depends"]),
        (
            f'"{_ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"',
            '"token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"',
            ["yes"],
        ),
    ],
    ids=["not-known", "not-told-whose", "github"],
)
def test_any_other_provider_is_asked_about(
    tmp_path: pathlib.Path, federated: str, conditions: str, expected: list[str]
) -> None:
    assert _answers(tmp_path, _role(_WEB, federated, conditions)) == expected
