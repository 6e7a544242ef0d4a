"""Policy of a resource that allows everybody but a few.

## What
A statement allows with NotPrincipal.

## Why
Everybody who is not named is allowed: every other account of AWS, and requests without any signature. AWS asks to
never write it.

## Bad
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect       = "Allow"
      Action       = "sqs:SendMessage"
      Resource     = "*"
      NotPrincipal = { AWS = "arn:aws:iam::111122223333:user/guest" }
    }]
  })
}
```

## Good
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Principal = { AWS = "arn:aws:iam::111122223333:role/app" }
    }]
  })
}
```

## Fix
Name whom you allow in Principal.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
"""

from collections.abc import Iterator

from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.HIGH, topics=("public-exposure",))
def policy_not_principal_allowed(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for Allow with NotPrincipal."""
    yield from linted(resource, _allowed)


def _allowed(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        if statement.effect == "Allow" and statement.principal_name == "NotPrincipal":
            left = clipped(principal.text.value for principal in statement.principals)
            message = f"it allows everybody but {left}"
            yield Lint(message, statement, (*statement.path, "NotPrincipal"), "NotPrincipal")
