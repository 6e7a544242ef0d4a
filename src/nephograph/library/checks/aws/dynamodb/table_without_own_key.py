"""DynamoDB table encrypted under a key of AWS.

## What
DynamoDB encrypts every table. No key is named here, so that the key is one that AWS owns or manages.

## Why
Use of the key is in no log (a key AWS owns), or its policy cannot be written. Info: encryption holds.

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
  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
```

## Fix
Name a customer managed key.

## References
- https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_dynamodb_table",
    severity=Severity.INFO,
    topics=("customer-managed-keys",),
    tools=("CKV_AWS_119", "AVD-AWS-0025"),
)
def table_without_own_key(table: Resource, facts: Facts) -> Iterator[Bad]:
    """DynamoDB table encrypted under a key of AWS."""
    bad = under_key_of_aws(table, "encryption", "kms_key", facts=facts)
    yield from bad_if(bad, "encryption", "kms_key", message=f"table {table.label} is encrypted under a key of AWS")
