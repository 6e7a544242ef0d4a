"""Database whose logs stay on its disk.

## What
No log of the engine is exported to CloudWatch Logs.

## Why
Logs on the instance are rotated away within days and go with it: who logged in and what failed is not to be found
later. Low: it lets nobody in.

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
  identifier                      = "orders"
  engine                          = "postgres"
  instance_class                  = "db.t4g.small"
  enabled_cloudwatch_logs_exports = ["postgresql"]
}
```

## Fix
Export the logs of the engine.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.LOW, topics=("audit-logging",), tools=("CKV_AWS_129",))
def database_unlogged(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database whose logs stay on its disk."""
    if database.get("cluster") is not None:
        return  # a member has this from its cluster
    bad = test(database, "log_exports", when=lambda logs: not logs, says="enabled_cloudwatch_logs_exports is {value}")
    yield from bad_if(bad, "log_exports", message=f"logs of database {database.label} stay on its disk")
