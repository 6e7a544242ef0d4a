"""KMS key without an alias.

## What
No alias of the estate names the key.

## Why
Consoles and logs show an id that tells nobody what it is for. Info.

## Bad
```hcl
resource "aws_kms_key" "data" {
  description         = "customer data"
  enable_key_rotation = true
}
```

## Good
```hcl
resource "aws_kms_key" "data" {
  description         = "customer data"
  enable_key_rotation = true
}
resource "aws_kms_alias" "data" {
  name          = "alias/data"
  target_key_id = aws_kms_key.data.key_id
}
```

## Fix
Give it an alias.

## References
- https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_kms_key", severity=Severity.INFO, topics=("inventory",))
def key_nameless(key: Resource, facts: Facts) -> Iterator[Bad]:
    """KMS key without an alias."""
    if key.get("manager") != "AWS" and not any(facts.holders(key, "alias_of")):
        yield Bad(message=f"key {key.label} has no alias", verdict=yes(Evidence.at("no alias names it", key, ())))
