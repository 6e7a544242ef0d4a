"""SQS queue to which any AWS account sends.

## What
The queue's policy lets everybody send messages. The verdict is the identity engine's: a condition that leaves your
own sources alone is no finding.

## Why
Whatever reads the queue takes a stranger's message for one of yours. High: no identity of yours is asked for.

## Bad
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"

}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.orders.arn
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
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.orders.arn
    }]
  })
}
```

## Fix
Name the accounts, or the source (aws:SourceArn) and its account.

## References
- https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-overview-of-managing-access.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_sqs_queue", severity=Severity.HIGH, topics=("public-exposure",), tools=("CKV_AWS_168",))
def queue_open_to_senders(queue: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine whether anybody may."""
    decision = facts.can("anonymous", "sqs:SendMessage", queue)
    yield from bad_if(decision.verdict, "policy", message=f"anybody sends to queue {queue.label}")
