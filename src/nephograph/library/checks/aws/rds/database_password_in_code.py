"""Database whose master password stands in the code.

## What
The master password of the instance is a literal of the code. The password is never shown.

## Why
Everybody who reads the repository, its history or the state is master of the data. High: a credential in the clear.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
  username       = "app"
  password       = "correct-horse-battery"
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

## Fix
Let RDS manage the password in Secrets Manager; then change it, it has leaked.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.HIGH, topics=("secrets",))
def database_password_in_code(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database whose master password stands in the code."""
    bad = test(
        database,
        "password_in_code",
        when=lambda written: written is True,
        says="a master password is written in the code",
    )
    yield from bad_if(
        bad, "password_in_code", message=f"the code holds the master password of database {database.label}"
    )
