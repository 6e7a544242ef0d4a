"""Database in one zone.

## What
The instance has no standby in a second zone. Replicas, and members of clusters, are quiet.

## Why
When the zone or the machine fails, the database is down until it is restored. Low: it lets nobody in.

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
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
  multi_az       = true
}
```

## Fix
Turn on the standby.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.LOW, topics=("high-availability",), tools=("CKV_AWS_157",))
def database_single_zone(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database in one zone."""
    if database.get("cluster") is not None:
        return  # a member has this from its cluster
    if database.get("replica_of") is not None:
        return
    bad = test(database, "multi_az", when=lambda on: on is not True, says="multi_az is {value}")
    yield from bad_if(
        bad,
        "multi_az",
        message=f"database {database.label} stands in one zone",
        fix=set_field(database, True, "multi_az", title="keep a standby in a second zone", safe=False),
    )
