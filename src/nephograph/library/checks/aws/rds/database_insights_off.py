"""Database without Performance Insights.

## What
Performance Insights is off. Members of Neptune clusters and databases of Db2, which have no such thing, are quiet.

## Why
Which statement makes the load cannot be told afterwards. Info: seven days of it cost nothing.

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
  identifier                   = "orders"
  engine                       = "postgres"
  instance_class               = "db.t4g.small"
  performance_insights_enabled = true
}
```

## Fix
Turn Performance Insights on.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.html
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.PerformanceInsights.html
- https://docs.aws.amazon.com/neptune/latest/apiref/API_OrderableDBInstanceOption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.INFO, topics=("monitoring",), tools=("CKV_AWS_353",))
def database_insights_off(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database without Performance Insights."""
    if str(database.get("engine")).startswith(("neptune", "db2")):
        return  # no such thing
    bad = test(
        database, "performance_insights", when=lambda on: on is not True, says="performance_insights_enabled is {value}"
    )
    yield from bad_if(
        bad,
        "performance_insights",
        message=f"database {database.label} has no Performance Insights",
        fix=set_field(database, True, "performance_insights", title="turn Performance Insights on"),
    )
