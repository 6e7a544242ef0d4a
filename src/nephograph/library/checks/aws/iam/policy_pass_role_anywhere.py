"""Policy that lets its holder pass any role to any service.

## What
`iam:PassRole` is allowed on every resource, by name or by a pattern such as `iam:Pass*`, and no condition on
`iam:PassedToService` or `iam:AssociatedResourceArn` narrows it. `*` and `iam:*` say more than that and are named
elsewhere. A holder with a permissions boundary is left out: the boundary is what it may do at most.

## Why
Whoever may pass every role and start anything that runs with a role becomes the strongest role of the account.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:PassRole", "lambda:CreateFunction"], Resource = "*" }]
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
      Action   = "iam:PassRole"
      Resource = "arn:aws:iam::111122223333:role/lambda/*"
    }]
  })
}
```
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = "*"
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    }]
  })
}
```

## Fix
Name the roles that may be passed, and the service in a condition on `iam:PassedToService`.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
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


@check(kind="aws_iam_policy", field="policy", severity=Severity.MEDIUM, topics=("least-privilege",))
def policy_pass_role_anywhere(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for the permission on every resource."""
    yield from granted(resource, facts, _anywhere, "identity")


def _anywhere(document: Document) -> Iterator[Lint]:
    for statement, text in allowed_anywhere(document, ("iam:PassRole",)):
        if text.value.lower() != "iam:*" and not narrows(statement, "iam:PassedToService", "iam:AssociatedResourceArn"):
            yield Lint(f"{text.value} lets it pass every role to every service", statement, text.path, "iam:PassRole")
