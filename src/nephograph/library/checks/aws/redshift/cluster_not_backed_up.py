"""Redshift cluster without automated snapshots.

## What
The retention of automated snapshots is 0 days, which turns them off.

## Why
A wrong statement or ransomware ends the data. Low: it lets nobody in.

## Bad
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier                  = "facts"
  node_type                           = "ra3.large"
  encrypted                           = true
  publicly_accessible                 = false
  automated_snapshot_retention_period = 0
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


@check(kind="aws_redshift_cluster", severity=Severity.LOW, topics=("backup-and-recovery",), tools=("CKV_AWS_343",))
def cluster_not_backed_up(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster without automated snapshots."""
    bad = test(
        cluster, "backup_days", when=lambda days: days == 0, says="automated_snapshot_retention_period is {value}"
    )
    yield from bad_if(
        bad,
        "backup_days",
        message=f"cluster {cluster.label} has no automated snapshots",
        fix=set_field(cluster, 7, "backup_days", title="keep snapshots for a week"),
    )
