"""Event bus to which any AWS account sends.

## What
The bus's policy lets everybody put events. The verdict is the identity engine's: a condition for your organization is
no finding.

## Why
Your rules take a stranger's event for one of yours, and act. High: no identity of yours is asked for.

## Bad
```hcl
resource "aws_cloudwatch_event_bus" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_event_bus_policy" "orders" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "events:PutEvents"
      Resource  = aws_cloudwatch_event_bus.orders.arn
    }]
  })
}
```

## Good
```hcl
resource "aws_cloudwatch_event_bus" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_event_bus_policy" "orders" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Action    = "events:PutEvents"
      Resource  = aws_cloudwatch_event_bus.orders.arn
    }]
  })
}
```

## Fix
Name the accounts, or ask for your organization (aws:PrincipalOrgID).

## References
- https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_cloudwatch_event_bus", severity=Severity.HIGH, topics=("public-exposure",))
def bus_open(bus: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine whether anybody may."""
    decision = facts.can("anonymous", "events:PutEvents", bus)
    yield from bad_if(decision.verdict, "policy", message=f"anybody sends events to {bus.label}")
