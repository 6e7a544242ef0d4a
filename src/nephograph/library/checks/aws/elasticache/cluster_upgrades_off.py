"""Cache node that takes no minor upgrades.

## What
Automatic upgrades to new minor versions are turned off.

## Why
Corrections of known holes wait for a person to remember them. Low: a hole has to exist first.

## Bad
```hcl
resource "aws_elasticache_cluster" "one" {
  cluster_id                 = "one"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  num_cache_nodes            = 1
  auto_minor_version_upgrade = false
}
```

## Good
```hcl
resource "aws_elasticache_cluster" "one" {
  cluster_id      = "one"
  engine          = "redis"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 1
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
Let ElastiCache upgrade in the maintenance window.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elasticache_cluster", severity=Severity.LOW, topics=("patching",))
def cluster_upgrades_off(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache node that takes no minor upgrades."""
    bad = test(cluster, "auto_minor_upgrade", when=lambda on: on is False, says="auto_minor_version_upgrade is {value}")
    yield from bad_if(
        bad,
        "auto_minor_upgrade",
        message=f"node {cluster.label} takes no minor upgrades",
        fix=set_field(cluster, True, "auto_minor_upgrade", title="take minor upgrades in the maintenance window"),
    )
