"""Policy with a statement that another one already says.

## What
A statement has the same effect as another of its document, which covers its actions, resources and principals and
asks for no other conditions. Of two equal ones the later is named. Compared are the first 200 statements of a
document, more than AWS's size limits leave room for.

## Why
It says nothing, but takes room under the size limit; and whoever takes a permission away in one of the two believes
that it is gone.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:Get*", Resource = "arn:aws:s3:::acme-assets/*" },
      { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-assets/logo.png" },]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-assets/*" },
      { Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::acme-assets/*" },]
  })
}
```

## Fix
Take the statement away.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
"""

from collections.abc import Iterator

from nephograph.library.policies.coverage import MOST, says_all_of
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, Repair, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.INFO, topics=("policy-hygiene",))
def policy_statement_redundant(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for a statement that another one covers."""
    yield from linted(resource, _redundant)


def _redundant(document: Document) -> Iterator[Lint]:
    gone: set[int] = set()
    compared = document.statements[:MOST]
    for statement in reversed(compared):
        for other in compared:
            if other is statement or other.index in gone or other.effect != statement.effect:
                continue
            if says_all_of(other, statement):
                gone.add(statement.index)
                message = f"{other.words} says all of it"
                repair = Repair(f"take {statement.words} away", removes=(statement.path,), safe=True)
                yield Lint(message, statement, statement.path, "redundant", repair=repair)
                break
