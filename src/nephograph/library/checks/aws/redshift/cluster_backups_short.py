"""Redshift cluster whose snapshots are gone within a week.

## What
Automated snapshots are kept for fewer than seven days; one day is what holds when nothing is said.

## Why
A loss that is noticed after a long weekend cannot be undone. Info: the last day is covered.

## Bad
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier  = "facts"
  node_type           = "ra3.large"
  encrypted           = true
  publicly_accessible = false
}
```

## Good
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier                  = "facts"
  node_type                           = "ra3.large"
  encrypted                           = true
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
}
```
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier                  = "facts"
  node_type                           = "ra3.large"
  encrypted                           = true
  publicly_accessible                 = false
  automated_snapshot_retention_period = 0
}
```

## Fix
Keep snapshots for a week at least.

## References
- https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_redshift_cluster", severity=Severity.INFO, topics=("backup-and-recovery",))
def cluster_backups_short(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster whose snapshots are gone within a week."""
    bad = test(
        cluster,
        "backup_days",
        when=lambda days: days is not None and 0 < days < 7,
        says="automated_snapshot_retention_period is {value}",
    )
    yield from bad_if(
        bad,
        "backup_days",
        message=f"snapshots of cluster {cluster.label} are gone within a week",
        fix=set_field(cluster, 7, "backup_days", title="keep snapshots for a week"),
    )
