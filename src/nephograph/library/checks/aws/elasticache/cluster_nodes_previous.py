"""Cache cluster on nodes of a previous generation.

## What
The node type is of a generation that AWS calls previous (`t1`, `m1` to `m3`, `r3`, `c1`).

## Why
New engine versions do not run on them, and they cost more for less. Low: nobody gets in by it.

## Bad
```hcl
resource "aws_elasticache_cluster" "old" {
  cluster_id      = "old"
  engine          = "memcached"
  node_type       = "cache.m3.medium"
  num_cache_nodes = 1
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
Move to a node type of today.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheNode.html
"""

from collections.abc import Iterator

from nephograph.library.lifecycles import CACHE_NODES_PREVIOUS
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elasticache_cluster", severity=Severity.LOW, topics=("patching", "cost"))
def cluster_nodes_previous(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache cluster on nodes of a previous generation."""
    bad = test(
        cluster,
        "node_type",
        when=lambda name: isinstance(name, str) and name.startswith(CACHE_NODES_PREVIOUS),
        says="node_type is {value}",
    )
    yield from bad_if(bad, "node_type", message=f"cluster {cluster.label} runs on nodes of a previous generation")
