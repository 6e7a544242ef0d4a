"""IAM role that any repository of a CI provider can assume.

## What
The role's trust policy admits tokens of an OIDC provider such as GitHub Actions, and no condition on `sub` ties it to
an organization, repository or project that is yours.

A condition that asks for one subject by `StringEquals` ties it, also where that subject is not known yet; so does one on
the subject of a provider that is itself not known (the issuer of a cluster that another state makes). An
issuer whose address names its tenant signs in that tenant's own: medium. A trust policy nobody can read asks a
question, and ranks low.

## Why
Everybody may run a pipeline on such a provider: every stranger's workflow can become the role.

## Bad
```hcl
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:*" }
      }
    }]
  })
}
```
```yaml
Resources:
  Github:
    Type: AWS::IAM::OIDCProvider
    Properties:
      Url: https://token.actions.githubusercontent.com
      ClientIdList: [sts.amazonaws.com]
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      RoleName: deploy
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: sts:AssumeRoleWithWebIdentity
            Principal: {Federated: !Ref Github}
            Condition:
              StringEquals: {"token.actions.githubusercontent.com:aud": sts.amazonaws.com}
              StringLike: {"token.actions.githubusercontent.com:sub": "repo:*"}
```

## Good
```hcl
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:acme/shop:ref:refs/heads/main"
        }
      }
    }]
  })
}
```
```yaml
Resources:
  Github:
    Type: AWS::IAM::OIDCProvider
    Properties:
      Url: https://token.actions.githubusercontent.com
      ClientIdList: [sts.amazonaws.com]
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      RoleName: deploy
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: sts:AssumeRoleWithWebIdentity
            Principal: {Federated: !Ref Github}
            Condition:
              StringEquals:
                token.actions.githubusercontent.com:aud: sts.amazonaws.com
                token.actions.githubusercontent.com:sub: repo:acme/shop:ref:refs/heads/main
```

## Fix
Name your organization, repository and branch or environment in a condition on `sub`.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
"""

from collections.abc import Iterator
from typing import Any

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Fact, Facts
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown, has_symbol
from nephograph.model.verdict import depends


@check(
    kind="aws_iam_role",
    severity=Severity.CRITICAL,
    topics=("federation",),
    tools=("CKV_AWS_358", "AVD-AWS-0342"),
)
def role_trusts_any_repository(role: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine whom the trust policy admits; of a policy that is not known nobody can tell whom it names."""
    known = False
    for fact in facts.query("admits_strangers", (role.urn, None)):
        known = True
        if fact.verdict.possible:
            yield Bad(
                message=f"any pipeline on {fact.args[1]} can become role {role.label}",
                verdict=fact.verdict,
                path=("trust_policy",),
                severity=Severity.MEDIUM if _is_of_one_tenant(fact) else None,
                key=fact.args[1],
            )
    if not known and (open_ := _not_known(role.get("trust_policy"))) is not None:
        yield Bad(
            message=f"it is not known whom role {role.label} trusts",
            verdict=depends(f"the trust policy of {role.label}: {open_}"),
            path=("trust_policy",),
            severity=Severity.LOW,
        )


def _is_of_one_tenant(fact: Fact) -> bool:
    """Does the issuer's address name its tenant (`oidc.eks.…/id/1A2B`)? Then whom it signs in is its tenant's choice."""
    return fact.verdict.answer == "depends" and "/" in fact.args[1] and not has_symbol(fact.args[1])


def _not_known(policy: Any) -> str | None:
    """What of a trust policy hides whom it names: all of it, its statements, one of them, or a principal."""
    statements = policy.get("Statement") if isinstance(policy, dict) else policy
    if (hidden := _hidden(statements)) is not None:
        return hidden
    for statement in statements if isinstance(statements, list) else ():
        principal = statement.get("Principal") if isinstance(statement, dict) else statement
        if isinstance(principal, dict):
            # A provider that is named and not known by its ARN is the engine's matter.
            named = principal.get("Federated")
            principal = named if isinstance(named, Unknown) else None
        denies = isinstance(statement, dict) and statement.get("Effect") == "Deny"
        if not denies and (hidden := _hidden(principal)) is not None:
            return hidden
    return None


def _hidden(value: Any) -> str | None:
    """The words of what is not known; inside a document that is put together they stand as a text."""
    if isinstance(value, Unknown):
        return str(value)
    return value if isinstance(value, str) and has_symbol(value) else None
