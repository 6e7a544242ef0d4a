"""DynamoDB table that one call deletes.

## What
Deletion protection of the table is off.

## Why
A wrong `terraform destroy`, or an attacker with one permission, ends the table. Low: it lets nobody in.

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
  deletion_protection_enabled = true
}
```

## Fix
Turn deletion protection on.

## References
- https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_dynamodb_table", severity=Severity.LOW, topics=("deletion-protection",))
def table_deletable(table: Resource, facts: Facts) -> Iterator[Bad]:
    """DynamoDB table that one call deletes."""
    bad = test(
        table, "deletion_protection", when=lambda on: on is not True, says="deletion_protection_enabled is {value}"
    )
    yield from bad_if(
        bad,
        "deletion_protection",
        message=f"one call deletes table {table.label}",
        fix=set_field(table, True, "deletion_protection", title="protect the table from deletion"),
    )
