"""Cache on nodes of a previous generation.

## What
The node type is of a generation that AWS calls previous (`t1`, `m1` to `m3`, `r3`, `c1`).

## Why
New engine versions do not run on them, and they cost more for less. Low: nobody gets in by it.

## Bad
```hcl
resource "aws_elasticache_replication_group" "old" {
  replication_group_id = "old"
  description          = "old"
  node_type            = "cache.m3.large"
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
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


@check(kind="aws_elasticache_replication_group", severity=Severity.LOW, topics=("patching", "cost"))
def replication_group_nodes_previous(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache on nodes of a previous generation."""
    bad = test(
        group,
        "node_type",
        when=lambda name: isinstance(name, str) and name.startswith(CACHE_NODES_PREVIOUS),
        says="node_type is {value}",
    )
    yield from bad_if(bad, "node_type", message=f"cache {group.label} runs on nodes of a previous generation")
