"""Policy with a permission that a Deny of the same policy takes back whole.

## What
A statement allows what a Deny without conditions in its document denies: all of its actions, on all of its resources,
for all of its principals.

## Why
An explicit Deny always wins: the statement never allows anything, although it reads as if it did.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:DeleteObject", Resource = "arn:aws:s3:::acme-assets/*" },
      { Effect = "Deny", Action = "s3:Delete*", Resource = "*" },]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*Object", Resource = "arn:aws:s3:::acme-assets/*" },
      { Effect = "Deny", Action = "s3:Delete*", Resource = "*" },]
  })
}
```

## Fix
Take the Allow away, or narrow the Deny.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from collections.abc import Iterator

from nephograph.library.policies.coverage import MOST, says_all_of
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-hygiene",))
def policy_statement_shadowed(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for a Deny that covers what is allowed."""
    yield from linted(resource, _shadowed)


def _shadowed(document: Document) -> Iterator[Lint]:
    compared = document.statements[:MOST]
    denies = [one for one in compared if one.effect == "Deny" and not one.conditions and not one.open]
    for statement in compared:
        deny = next((one for one in denies if statement.effect == "Allow" and says_all_of(one, statement)), None)
        if deny is not None:
            yield Lint(f"{deny.words} denies all of it", statement, statement.path, "shadowed")
