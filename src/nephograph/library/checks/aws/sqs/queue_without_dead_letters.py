"""SQS queue that keeps retrying what fails.

## What
The queue names no queue for dead letters, and no queue of this estate names it as one.

## Why
A message that nobody can process comes back until it is dropped, and nobody looks at it. Info: nobody gains anything
by it.

## Bad
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"

}
```

## Good
```hcl
resource "aws_sqs_queue" "orders" {
  name           = "orders"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "failed" {
  name = "orders-failed"
}
```

## Fix
Name a queue for dead letters.

## References
- https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_sqs_queue", severity=Severity.INFO, topics=("high-availability", "monitoring"))
def queue_without_dead_letters(queue: Resource, facts: Facts) -> Iterator[Bad]:
    """It names no queue for dead letters and is none."""
    if facts.holders(queue, "dead_letters_to") or facts.holders(queue, "sends_to"):
        return  # (it is itself where dead letters go)
    none = unset(queue, "dead_letters", says="its queue for dead letters is {value}")
    yield from bad_if(none, "dead_letters", message=f"what fails in queue {queue.label} is dropped in the end")
