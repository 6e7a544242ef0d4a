"""Cache without backups.

## What
Automatic snapshots of the replication group are off.

## Why
What lives in the cache alone is gone with it. Info: many caches hold copies only.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id     = "sessions"
  description              = "sessions"
  node_type                = "cache.t4g.small"
  snapshot_retention_limit = 7
}
```

## Fix
Keep snapshots for some days, unless what is in it can be computed again.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_elasticache_replication_group",
    severity=Severity.INFO,
    topics=("backup-and-recovery",),
    tools=("AVD-AWS-0050",),
)
def replication_group_not_backed_up(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache without backups."""
    bad = test(group, "backup_days", when=lambda days: not days, says="snapshot_retention_limit is {value}")
    yield from bad_if(
        bad,
        "backup_days",
        message=f"cache {group.label} is not backed up",
        fix=set_field(group, 7, "backup_days", title="keep snapshots for a week"),
    )
