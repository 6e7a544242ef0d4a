"""Stream consumer that drops the records it cannot process.

## What
A mapping from a Kinesis or DynamoDB stream names no destination for failures. Mappings from queues are quiet: the
queue keeps what fails.

## Why
Once the retries are used up the records are skipped, and nothing tells which ones. Low: nobody gains anything by it.

## Bad
```hcl
resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
  event_source_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
}
```

## Good
```hcl
resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
  event_source_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
  destination_config {
    on_failure {
      destination_arn = "arn:aws:sqs:eu-west-1:111122223333:failed"
    }
  }
}
```
```hcl
resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
  event_source_arn = "arn:aws:sqs:eu-west-1:111122223333:orders"
}
```

## Fix
Name a queue or topic that takes the records that failed.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_lambda_event_source_mapping", severity=Severity.LOW, topics=("high-availability", "monitoring"))
def event_source_mapping_drops_failures(mapping: Resource, facts: Facts) -> Iterator[Bad]:
    """A mapping from a Kinesis or DynamoDB stream names no destination for failures."""
    applies = test(
        mapping, "source", when=lambda arn: ":stream/" in str(arn) or "/stream/" in str(arn), says="it reads {value}"
    )
    wrong = unset(mapping, "failures_to", says="its destination for failures is {value}")
    yield from bad_if(
        all_of((applies, wrong)),
        "failures_to",
        message=f"records that {mapping.label} fails on are lost",
    )
