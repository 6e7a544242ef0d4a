"""Redis node without backups.

## What
Automatic snapshots are off on a Redis node that belongs to no replication group. Memcached has no snapshots.

## Why
What lives in it alone is gone with it. Info: many caches hold copies only.

## Bad
```hcl
resource "aws_elasticache_cluster" "one" {
  cluster_id      = "one"
  engine          = "redis"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 1
}
```

## Good
```hcl
resource "aws_elasticache_cluster" "one" {
  cluster_id               = "one"
  engine                   = "redis"
  node_type                = "cache.t4g.small"
  num_cache_nodes          = 1
  snapshot_retention_limit = 7
}
```
```hcl
resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 1
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
    kind="aws_elasticache_cluster",
    severity=Severity.INFO,
    topics=("backup-and-recovery",),
    tools=("CKV_AWS_134", "AVD-AWS-0050"),
)
def cluster_not_backed_up(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redis node without backups."""
    if cluster.get("replication_group") is not None:
        return  # its group says it
    if cluster.get("engine") == "memcached":
        return
    bad = test(cluster, "backup_days", when=lambda days: not days, says="snapshot_retention_limit is {value}")
    yield from bad_if(
        bad,
        "backup_days",
        message=f"node {cluster.label} is not backed up",
        fix=set_field(cluster, 7, "backup_days", title="keep snapshots for a week"),
    )
