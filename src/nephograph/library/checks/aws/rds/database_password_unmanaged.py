"""Database whose master password nobody rotates.

## What
A master user is set and RDS does not manage its password, so that nothing rotates it.

## Why
A password that has leaked stays good until somebody thinks of it. Info: it may be rotated elsewhere.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
  username       = "app"
  password       = var.password
}

variable "password" {
  type = string
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.t4g.small"
  username                    = "app"
  manage_master_user_password = true
}
```

## Fix
Let RDS manage the password in Secrets Manager.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.INFO, topics=("secret-rotation",))
def database_password_unmanaged(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database whose master password nobody rotates."""
    if database.get("cluster") is not None:
        return  # a member has this from its cluster
    if database.get("master_user") is None or database.get("replica_of") is not None:
        return
    bad = test(
        database, "managed_password", when=lambda on: on is not True, says="manage_master_user_password is {value}"
    )
    yield from bad_if(
        bad, "managed_password", message=f"nothing rotates the master password of database {database.label}"
    )
