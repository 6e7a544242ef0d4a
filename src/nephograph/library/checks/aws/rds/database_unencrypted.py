"""Database whose storage is not encrypted.

## What
Storage encryption of the instance is off: so are its automated backups, its snapshots and its replicas.

## Why
A snapshot that is copied out, or storage that leaves its machine, is readable. Medium: it takes somebody who can copy
one.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t4g.small"
  storage_encrypted = true
}
```

## Fix
Encrypt it; an existing instance is restored from an encrypted copy of its snapshot.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_db_instance",
    severity=Severity.MEDIUM,
    topics=("encryption-at-rest",),
    tools=("CKV_AWS_16", "AVD-AWS-0080"),
)
def database_unencrypted(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database whose storage is not encrypted."""
    if database.get("cluster") is not None:
        return  # a member has this from its cluster
    bad = test(database, "encrypted", when=lambda on: on is not True, says="storage_encrypted is {value}")
    yield from bad_if(
        bad,
        "encrypted",
        message=f"database {database.label} is not encrypted",
        fix=set_field(database, True, "encrypted", title="encrypt the database (it is replaced)", safe=False),
    )
