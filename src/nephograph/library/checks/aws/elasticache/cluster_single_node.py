"""Redis node without a replica.

## What
The node belongs to no replication group: nothing takes over from it.

## Why
When its machine fails, the cache is gone, and what stood behind it bears the load. Low: it lets nobody in.

## Bad
```hcl
resource "aws_elasticache_cluster" "one" {
  cluster_id               = "one"
  engine                   = "redis"
  node_type                = "cache.t4g.small"
  num_cache_nodes          = 1
  snapshot_retention_limit = 7
}
```

## Good
```hcl
resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 1
}
```

## Fix
Make a replication group with a replica in another zone.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_elasticache_cluster", severity=Severity.LOW, topics=("high-availability",))
def cluster_single_node(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redis node without a replica."""
    alone = test(
        cluster, "replication_group", when=lambda group: group is None, says="it belongs to no replication group"
    )
    redis = test(cluster, "engine", when=lambda engine: engine in ("redis", "valkey"), says="its engine is {value}")
    yield from bad_if(all_of((redis, alone)), message=f"nothing takes over from node {cluster.label}")
