"""Database encrypted under a key of AWS.

## What
The storage is encrypted, and no KMS key is named: the key is `aws/rds`, whose policy nobody can write.

## Why
Who may decrypt cannot be told apart from who may use RDS, and a snapshot under that key cannot be shared with another
account. Info: encryption holds.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t4g.small"
  storage_encrypted = true
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t4g.small"
  storage_encrypted = true
  kms_key_id        = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
}
```

## Fix
Name a customer managed key when the database is made.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_db_instance", severity=Severity.INFO, topics=("customer-managed-keys",))
def database_without_own_key(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database encrypted under a key of AWS."""
    if database.get("cluster") is not None:
        return  # a member has this from its cluster
    given = test(database, "encrypted", when=lambda on: on is True, says="encrypted is {value}")
    bad = under_key_of_aws(database, "kms_key", facts=facts)
    yield from bad_if(
        all_of((given, bad)), "kms_key", message=f"database {database.label} is encrypted under a key of AWS"
    )
