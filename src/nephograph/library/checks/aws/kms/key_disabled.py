"""KMS key that is disabled.

## What
The key is disabled.

## Why
What is encrypted under it cannot be read, a backup among it, and nobody notices before it is needed. Low: it lets
nobody in.

## Bad
```hcl
resource "aws_kms_key" "data" {
  description         = "customer data"
  enable_key_rotation = true
  is_enabled          = false
}
```

## Good
```hcl
resource "aws_kms_key" "data" {
  description         = "customer data"
  enable_key_rotation = true
}
```

## Fix
Enable it; if it is not needed, schedule its deletion.

## References
- https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_kms_key", severity=Severity.LOW, topics=("key-management",))
def key_disabled(key: Resource, facts: Facts) -> Iterator[Bad]:
    """KMS key that is disabled."""
    bad = test(key, "enabled", when=lambda on: on is False, says="is_enabled is {value}")
    yield from bad_if(
        bad,
        "enabled",
        message=f"key {key.label} is disabled",
        fix=set_field(key, True, "enabled", title="enable the key", safe=False),
    )
