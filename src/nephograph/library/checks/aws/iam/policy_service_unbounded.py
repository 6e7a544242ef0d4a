"""Policy that allows everything in a service that guards data or access.

## What
Every action (`s3:*`) of a service that holds data, secrets or permissions is allowed on every resource without a
condition: IAM, STS, Organizations, KMS, Secrets Manager, SSM, S3, DynamoDB, RDS, Lambda. `*` is not named here:
`aws-iam-role-administrator` weighs what a role has in the end. A holder with a permissions boundary is left out: the
boundary is what it may do at most.

## Why
It includes what nobody thinks of: policies of buckets and keys, deletion, sharing with other accounts, and what AWS
adds tomorrow. `iam:*` is administration of the account.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:*"
      Resource = ["arn:aws:s3:::acme-assets", "arn:aws:s3:::acme-assets/*"]
    }]
  })
}
```
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:List*", Resource = "*" }]
  })
}
```

## Fix
Name the resources, or the actions that are used.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
"""

from collections.abc import Iterator

from nephograph.library.policies.actions import on_everything
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, granted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.MEDIUM, topics=("least-privilege",))
def policy_service_unbounded(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for whole services on every resource."""
    yield from granted(resource, facts, _unbounded, "identity")


_GUARDED = {
    "iam": Severity.MEDIUM,
    "sts": Severity.MEDIUM,
    "organizations": Severity.MEDIUM,
    "kms": Severity.MEDIUM,
    "secretsmanager": Severity.MEDIUM,
    "ssm": Severity.LOW,
    "s3": Severity.MEDIUM,
    "dynamodb": Severity.LOW,
    "rds": Severity.LOW,
    "lambda": Severity.LOW,
}


def _unbounded(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        if statement.effect != "Allow" or statement.conditions or statement.open or not on_everything(statement):
            continue
        if statement.actions is None or statement.actions.negated:
            continue
        every = {text.value.lower().removesuffix(":*"): text for text in statement.actions.texts}
        found = [(name, text) for name, text in every.items() if name in _GUARDED and text.value.endswith(":*")]
        if found:
            worst = min((_GUARDED[name] for name, _ in found), key=lambda severity: severity.rank)
            words = clipped(text.value for _, text in found)
            message = f"{words} on every resource"
            yield Lint(message, statement, found[0][1].path, words, severity=worst)
