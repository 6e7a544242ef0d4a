"""Database that takes no minor upgrades.

## What
Automatic upgrades to new minor versions are turned off.

## Why
Corrections of known holes wait for a person to remember them. Low: a hole has to exist first.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier                 = "orders"
  engine                     = "postgres"
  instance_class             = "db.t4g.small"
  auto_minor_version_upgrade = false
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier                 = "orders"
  engine                     = "postgres"
  instance_class             = "db.t4g.small"
  auto_minor_version_upgrade = true
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
Let RDS upgrade in the maintenance window.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.LOW, topics=("patching",), tools=("CKV_AWS_226",))
def database_minor_upgrades_off(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database that takes no minor upgrades."""
    bad = test(
        database, "auto_minor_upgrade", when=lambda on: on is False, says="auto_minor_version_upgrade is {value}"
    )
    yield from bad_if(
        bad,
        "auto_minor_upgrade",
        message=f"database {database.label} takes no minor upgrades",
        fix=set_field(database, True, "auto_minor_upgrade", title="take minor upgrades in the maintenance window"),
    )
