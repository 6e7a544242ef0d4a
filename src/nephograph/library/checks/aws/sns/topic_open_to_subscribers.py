"""SNS topic to which any AWS account subscribes.

## What
The topic's policy lets everybody subscribe. The verdict is the identity engine's: a condition that leaves your own
readers alone is no finding.

## Why
A stranger reads every message from then on. High: no identity of yours is asked for.

## Bad
```hcl
resource "aws_sns_topic" "orders" {
  name = "orders"

}

resource "aws_sns_topic_policy" "orders" {
  arn = aws_sns_topic.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sns:Subscribe"
      Resource  = aws_sns_topic.orders.arn
    }]
  })
}
```

## Good
```hcl
resource "aws_sns_topic" "orders" {
  name = "orders"

}

resource "aws_sns_topic_policy" "orders" {
  arn = aws_sns_topic.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Action    = "sns:Subscribe"
      Resource  = aws_sns_topic.orders.arn
    }]
  })
}
```

## Fix
Name the accounts, or the source (aws:SourceArn) and its account.

## References
- https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_sns_topic", severity=Severity.HIGH, topics=("public-exposure",))
def topic_open_to_subscribers(topic: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine whether anybody may."""
    decision = facts.can("anonymous", "sns:Subscribe", topic)
    yield from bad_if(decision.verdict, "policy", message=f"anybody subscribes to topic {topic.label}")
