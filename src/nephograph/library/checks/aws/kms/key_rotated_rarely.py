"""KMS key that is rotated more rarely than every year.

## What
The period of automatic rotation is longer than 365 days.

## Why
The longer one key material lives, the more ciphertext falls with it. Info: it is rotated.

## Bad
```hcl
resource "aws_kms_key" "data" {
  description             = "customer data"
  enable_key_rotation     = true
  rotation_period_in_days = 1000
}
```

## Good
```hcl
resource "aws_kms_key" "data" {
  description             = "customer data"
  enable_key_rotation     = true
  rotation_period_in_days = 365
}
```
```hcl
resource "aws_kms_key" "data" {
  description         = "customer data"
  enable_key_rotation = true
}
```

## Fix
Rotate once a year.

## References
- https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_kms_key", severity=Severity.INFO, topics=("key-management",))
def key_rotated_rarely(key: Resource, facts: Facts) -> Iterator[Bad]:
    """KMS key that is rotated more rarely than every year."""
    given = test(key, "rotation", when=lambda on: on is True, says="rotation is {value}")
    bad = test(
        key,
        "rotation_days",
        when=lambda days: days is not None and days > 365,
        says="rotation_period_in_days is {value}",
    )
    yield from bad_if(
        all_of((given, bad)),
        "rotation_days",
        message=f"key {key.label} is rotated more rarely than every year",
        fix=set_field(key, 365, "rotation_days", title="rotate every year"),
    )
