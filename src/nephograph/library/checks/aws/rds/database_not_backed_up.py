"""Database without automated backups.

## What
The retention of automated backups is 0 days, which turns them off; without point-in-time recovery there is no way
back.

## Why
A dropped table, a bad release or ransomware ends the data. Low: it lets nobody in.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  instance_class          = "db.t4g.small"
  backup_retention_period = 0
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  instance_class          = "db.t4g.small"
  backup_retention_period = 14
}
```

## Fix
Keep automated backups for as many days as it may take to notice a loss.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_db_instance",
    severity=Severity.LOW,
    topics=("backup-and-recovery",),
    tools=("CKV_AWS_133", "AVD-AWS-0077"),
)
def database_not_backed_up(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database without automated backups."""
    if database.get("cluster") is not None:
        return  # a member has this from its cluster
    if database.get("replica_of") is not None:
        return  # its source is what has to be backed up
    bad = test(database, "backup_days", when=lambda days: days == 0, says="backup_retention_period is {value}")
    yield from bad_if(
        bad,
        "backup_days",
        message=f"database {database.label} has no automated backups",
        fix=set_field(database, 7, "backup_days", title="keep backups for a week"),
    )
