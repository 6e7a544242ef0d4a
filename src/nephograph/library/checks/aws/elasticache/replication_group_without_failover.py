"""Cache whose replicas do not take over.

## What
The replication group has replicas, and automatic failover is off.

## Why
When the primary fails, writes fail until a person promotes a replica. Low: it lets nobody in.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
  num_cache_clusters   = 2
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
}
```
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
}
```

## Fix
Turn automatic failover on.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elasticache_replication_group", severity=Severity.LOW, topics=("high-availability",))
def replication_group_without_failover(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache whose replicas do not take over."""
    nodes = group.get("nodes")
    if not isinstance(nodes, int | float) or nodes < 2:
        return
    bad = test(
        group, "automatic_failover", when=lambda on: on is not True, says="automatic_failover_enabled is {value}"
    )
    yield from bad_if(
        bad,
        "automatic_failover",
        message=f"replicas of cache {group.label} do not take over",
        fix=set_field(group, True, "automatic_failover", title="let a replica take over"),
    )
