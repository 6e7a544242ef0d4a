"""Policy of a resource whose exception is written with NotPrincipal.

## What
A statement denies with NotPrincipal and names a role without the sessions of it, or a principal without its account.
A service control policy has no principals; other exceptions are conditions on `aws:PrincipalArn`.

## Why
The Deny reaches the very role that was to be spared, because a session of it is another principal, and with it the
account: that is how people lock themselves out of a bucket or a key. AWS asks to write a condition instead.

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
      Effect       = "Deny"
      Action       = "sqs:*"
      Resource     = "*"
      NotPrincipal = { AWS = "arn:aws:iam::111122223333:role/app" }
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
      Effect    = "Deny"
      Action    = "sqs:*"
      Resource  = "*"
      Principal = "*"
      Condition = { ArnNotEquals = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/app" } }
    }]
  })
}
```

## Fix
Deny everybody, with a condition `ArnNotEquals` on `aws:PrincipalArn`.

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


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_not_principal_denied(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for Deny with NotPrincipal that names too little."""
    yield from linted(resource, _denied)


def _denied(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        if statement.effect != "Deny" or statement.principal_name != "NotPrincipal":
            continue
        texts = [p.text for p in statement.principals if p.type == "AWS" and p.text.known]
        roles = [text for text in texts if ":role/" in text.value]
        sessions = any(":assumed-role/" in text.value for text in texts)
        account = any(text.value.endswith(":root") or text.value.isdigit() for text in texts)
        lost = [text for text in texts if not text.value.endswith(":root") and not text.value.isdigit()]
        if (roles and not sessions) or (lost and not account):
            names = clipped(text.value for text in (roles or lost))
            message = f"the Deny reaches {names} all the same: its sessions and its account are not named"
            yield Lint(message, statement, (*statement.path, "NotPrincipal"), "NotPrincipal")
