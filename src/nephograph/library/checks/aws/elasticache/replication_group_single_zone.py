"""Cache in one zone.

## What
Multi-AZ of the replication group is off.

## Why
When the zone fails, the cache is gone, and what stood behind it bears the load. Low: it lets nobody in.

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
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  multi_az_enabled           = true
  automatic_failover_enabled = true
  num_cache_clusters         = 2
}
```

## Fix
Turn Multi-AZ on, with a replica in a second zone.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elasticache_replication_group", severity=Severity.LOW, topics=("high-availability",))
def replication_group_single_zone(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache in one zone."""
    bad = test(group, "multi_az", when=lambda on: on is not True, says="multi_az_enabled is {value}")
    yield from bad_if(bad, "multi_az", message=f"cache {group.label} stands in one zone")
