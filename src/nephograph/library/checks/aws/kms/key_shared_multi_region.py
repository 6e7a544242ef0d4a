"""KMS key whose material is in several regions.

## What
The key is a multi-region key.

## Why
Its material can be replicated into another region, with a policy of its own there. Info: some systems need it.

## Bad
```hcl
resource "aws_kms_key" "data" {
  description         = "customer data"
  enable_key_rotation = true
  multi_region        = true
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
Use keys of one region where data stays in it.

## References
- https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_kms_key", severity=Severity.INFO, topics=("key-management",))
def key_shared_multi_region(key: Resource, facts: Facts) -> Iterator[Bad]:
    """KMS key whose material is in several regions."""
    bad = test(key, "multi_region", when=lambda on: on is True, says="multi_region is {value}")
    yield from bad_if(bad, "multi_region", message=f"material of key {key.label} can be in several regions")
