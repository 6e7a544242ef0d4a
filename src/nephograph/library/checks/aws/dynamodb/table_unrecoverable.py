"""DynamoDB table without point-in-time recovery.

## What
Continuous backups of the table are off.

## Why
A bad release or a wrong script overwrites items, and nothing brings them back. Low: it lets nobody in.

## Bad
```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
```

## Good
```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
}
```

## Fix
Turn point-in-time recovery on.

## References
- https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_dynamodb_table",
    severity=Severity.LOW,
    topics=("backup-and-recovery",),
    tools=("CKV_AWS_28", "AVD-AWS-0024"),
)
def table_unrecoverable(table: Resource, facts: Facts) -> Iterator[Bad]:
    """DynamoDB table without point-in-time recovery."""
    bad = test(
        table, "point_in_time_recovery", when=lambda on: on is not True, says="point in time recovery is {value}"
    )
    yield from bad_if(
        bad,
        "point_in_time_recovery",
        message=f"table {table.label} cannot be brought back to a point in time",
        fix=set_field(table, True, "point_in_time_recovery", title="turn point-in-time recovery on"),
    )
