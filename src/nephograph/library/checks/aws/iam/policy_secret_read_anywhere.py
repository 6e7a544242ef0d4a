"""Policy that may read every secret.

## What
`secretsmanager:GetSecretValue`, `ssm:GetParameter`, `ssm:GetParameters` or `ssm:GetParametersByPath` is allowed on
every resource, and no condition on a tag or on the service's own keys narrows it. `secretsmanager:*` and `ssm:*` are
the matter of `aws-iam-policy-service-unbounded`. `BatchGetSecretValue` reads nothing alone. A
holder with a permissions boundary is left out: the boundary is
what it may do at most.

## Why
Secrets open other systems: one workload that is taken over gives away the passwords of all.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }]
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
      Action   = "secretsmanager:GetSecretValue"
      Resource = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/*"
    }]
  })
}
```

## Fix
Name the secrets by their path, or narrow by a tag.

## References
- https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
- https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html
"""

from collections.abc import Iterator

from nephograph.library.policies.actions import allowed_anywhere
from nephograph.library.policies.conditions import narrows
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, granted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("least-privilege", "secrets"))
def policy_secret_read_anywhere(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for the permission on every resource."""
    yield from granted(resource, facts, _anywhere, "identity")


_READS = (
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
)


def _anywhere(document: Document) -> Iterator[Lint]:
    told: set[int] = set()
    for statement, text in allowed_anywhere(document, _READS):
        whole = text.value.lower() in ("secretsmanager:*", "ssm:*")
        if whole or statement.index in told or narrows(statement, "secretsmanager:*", "ssm:*", "aws:ResourceTag/*"):
            continue
        told.add(statement.index)
        yield Lint(f"{text.value} on every resource", statement, text.path, "secrets")
