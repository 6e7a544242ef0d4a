"""DynamoDB table that can be brought back for a few days only.

## What
Point-in-time recovery is on, and reaches back fewer than seven days.

## Why
A loss that is noticed after a long weekend cannot be undone. Info: the last days are covered.

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
  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 2
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

## Fix
Leave the period at 35 days.

## References
- https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_dynamodb_table", severity=Severity.INFO, topics=("backup-and-recovery",))
def table_recovery_short(table: Resource, facts: Facts) -> Iterator[Bad]:
    """DynamoDB table that can be brought back for a few days only."""
    given = test(table, "point_in_time_recovery", when=lambda on: on is True, says="point in time recovery is {value}")
    bad = test(
        table,
        "recovery_days",
        when=lambda days: days is not None and days < 7,
        says="recovery_period_in_days is {value}",
    )
    yield from bad_if(
        all_of((given, bad)), "recovery_days", message=f"table {table.label} can be brought back for a few days only"
    )
