"""Cluster whose backups are gone within a week.

## What
Backups of the cluster are kept for fewer than seven days; one day is what holds when nothing is said.

## Why
A loss that is noticed after a long weekend cannot be undone. Low: it lets nobody in.

## Bad
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
```

## Good
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier      = "orders"
  engine                  = "aurora-postgresql"
  backup_retention_period = 14
}
```

## Fix
Keep backups for a week at least.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_rds_cluster", severity=Severity.LOW, topics=("backup-and-recovery",), tools=("AVD-AWS-0077",))
def cluster_backups_short(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cluster whose backups are gone within a week."""
    bad = test(
        cluster,
        "backup_days",
        when=lambda days: days is not None and days < 7,
        says="backup_retention_period is {value}",
    )
    yield from bad_if(bad, "backup_days", message=f"backups of cluster {cluster.label} are gone within a week")
