"""Database whose backups are gone within a week.

## What
Automated backups are kept, but for fewer than seven days.

## Why
A loss that is noticed after a long weekend cannot be undone. Low: it lets nobody in.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  instance_class          = "db.t4g.small"
  backup_retention_period = 1
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  instance_class          = "db.t4g.small"
  backup_retention_period = 7
}
```
```hcl
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  instance_class          = "db.t4g.small"
  backup_retention_period = 0
}
```

## Fix
Keep backups for a week at least.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
"""

from collections.abc import Iterator

from nephograph.library.absence import is_anything
from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.LOW, topics=("backup-and-recovery",))
def database_backups_short(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database whose backups are gone within a week."""
    if database.get("cluster") is not None:
        return  # a member has this from its cluster
    if database.get("replica_of") is not None:
        return  # its source is what has to be backed up
    if is_anything(database, "backup_days"):
        return  # asked about by aws-rds-database-not-backed-up
    bad = test(
        database,
        "backup_days",
        when=lambda days: days is not None and 0 < days < 7,
        says="backup_retention_period is {value}",
    )
    yield from bad_if(
        bad,
        "backup_days",
        message=f"backups of database {database.label} are gone within a week",
        fix=set_field(database, 7, "backup_days", title="keep backups for a week"),
    )
