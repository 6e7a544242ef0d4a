"""Database without metrics of its operating system.

## What
Enhanced monitoring is off (its interval is 0 seconds). Members of clusters of DocumentDB and Neptune, which have no
such thing, are quiet.

## Why
What eats memory and processors on the machine is not to be seen when it matters. Info: CloudWatch has the coarse
figures.

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
  identifier          = "orders"
  engine              = "postgres"
  instance_class      = "db.t4g.small"
  monitoring_interval = 60
  monitoring_role_arn = "arn:aws:iam::111122223333:role/monitoring"
}
```

## Fix
Set an interval and the role that delivers.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.INFO, topics=("monitoring",), tools=("CKV_AWS_118",))
def database_unmonitored(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database without metrics of its operating system."""
    if database.get("engine") in ("docdb", "neptune"):
        return  # no such thing
    bad = test(database, "monitoring_seconds", when=lambda seconds: seconds == 0, says="monitoring_interval is {value}")
    yield from bad_if(
        bad, "monitoring_seconds", message=f"database {database.label} has no metrics of its operating system"
    )
