"""KMS key that is gone within days.

## What
The waiting period before deletion is shorter than 14 days.

## Why
With the key go all data under it; who is on holiday has no time to notice. Low: it needs the right to delete first.

## Bad
```hcl
resource "aws_kms_key" "data" {
  description             = "customer data"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}
```

## Good
```hcl
resource "aws_kms_key" "data" {
  description             = "customer data"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}
```
```hcl
resource "aws_kms_key" "data" {
  description         = "customer data"
  enable_key_rotation = true
}
```

## Fix
Wait for 30 days.

## References
- https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_kms_key", severity=Severity.LOW, topics=("key-management", "deletion-protection"))
def key_deleted_quickly(key: Resource, facts: Facts) -> Iterator[Bad]:
    """KMS key that is gone within days."""
    days = key.get("deletion_window")
    bad = test(
        key,
        "deletion_window",
        when=lambda days: days is not None and days < 14,
        says="deletion_window_in_days is {value}",
    )
    yield from bad_if(
        bad,
        "deletion_window",
        message=f"key {key.label} is gone {days} days after somebody deletes it",
        fix=set_field(key, 30, "deletion_window", title="wait for 30 days"),
    )
