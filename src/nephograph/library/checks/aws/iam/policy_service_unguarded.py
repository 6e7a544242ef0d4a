"""Policy of a resource that a service can be made to use by strangers.

## What
A statement allows a service of AWS that acts for its customers and says for whom (`aws:SourceArn`,
`aws:SourceAccount`), and no condition of the policy demands one of these keys, their organization forms, or an
encryption context. Trust policies of roles are left out: passing a role to a service needs `iam:PassRole` in the
role's own account.

## Why
The service acts for everybody: any customer may point a topic, bucket or trail of theirs at your resource, and the
service does it with your permission. This is the confused deputy.

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
      Effect    = "Allow"
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Principal = { Service = "sns.amazonaws.com" }
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
      Principal = { Service = "sns.amazonaws.com" }
      Condition = { ArnEquals = { "aws:SourceArn" = "arn:aws:sns:eu-west-1:111122223333:orders" } }
    }]
  })
}
```

## Fix
Demand `aws:SourceArn` of the resource that calls, or `aws:SourceAccount` of your account.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn
"""

from collections.abc import Iterator

from nephograph.library.policies.deputies import tied_to_source
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.MEDIUM, topics=("confused-deputy",))
def policy_service_unguarded(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for services that nothing ties to a source."""
    yield from linted(resource, _unguarded, "resource")


_DEPUTIES = {
    "budgets",
    "cloudfront",
    "cloudtrail",
    "cloudwatch",
    "codestar-notifications",
    "config",
    "delivery.logs",
    "events",
    "guardduty",
    "s3",
    "ses",
    "sns",
}
"""Services whose own pages on the confused deputy tell to demand the source."""


def _unguarded(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        if statement.effect != "Allow" or tied_to_source(document, statement, "kms:EncryptionContext:*"):
            continue
        named = [p.text for p in statement.principals if p.type == "Service" and p.text.known and _deputy(p.text.value)]
        if named and statement.principal_name == "Principal":
            services = clipped(text.value for text in named)
            message = f"{services} acts for any customer of AWS: no aws:SourceArn or aws:SourceAccount is demanded"
            yield Lint(message, statement, named[0].path, services)


def _deputy(service: str) -> bool:
    return service.removesuffix(".cn").removesuffix(".amazonaws.com") in _DEPUTIES
