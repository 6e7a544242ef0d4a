"""Policy that allows on everything but a few resources.

## What
A statement allows with NotResource. In a Deny it is the usual way to write an exception. A holder with a permissions
boundary is left out: the boundary is what it may do at most.

## Why
Every resource that is not named is allowed, also those that are made tomorrow, and those of other services. It is
mostly meant as "not these", which is a Deny.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", NotResource = "arn:aws:s3:::acme-payroll/*" }]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "s3:GetObject", NotResource = "arn:aws:s3:::acme-assets/*" }]
  })
}
```

## Fix
Name the resources that are used; forbid the others in a Deny.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
"""

from collections.abc import Iterator

from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, granted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.MEDIUM, topics=("least-privilege",))
def policy_not_resource_allowed(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for Allow with NotResource."""
    yield from granted(resource, facts, _allowed, "identity", "resource")


def _allowed(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        if statement.effect == "Allow" and statement.resources is not None and statement.resources.negated:
            left = clipped(text.value for text in statement.resources.texts)
            message = f"it allows on every resource but {left}"
            yield Lint(message, statement, (*statement.path, "NotResource"), "NotResource")
