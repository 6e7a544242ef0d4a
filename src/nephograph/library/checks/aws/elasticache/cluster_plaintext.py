"""Memcached cluster that speaks without TLS.

## What
Encryption in transit is off. Members of a replication group are the group's matter.

## Why
What is cached goes through the network in the clear. Medium: it takes somebody in the network.

## Bad
```hcl
resource "aws_elasticache_cluster" "pages" {
  cluster_id                 = "pages"
  engine                     = "memcached"
  node_type                  = "cache.t4g.small"
  num_cache_nodes            = 1
  transit_encryption_enabled = false
}
```

## Good
```hcl
resource "aws_elasticache_cluster" "pages" {
  cluster_id                 = "pages"
  engine                     = "memcached"
  node_type                  = "cache.t4g.small"
  num_cache_nodes            = 1
  transit_encryption_enabled = true
}
```

## Fix
Turn TLS on when the cluster is made; clients have to speak it.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-mc.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elasticache_cluster", severity=Severity.MEDIUM, topics=("encryption-in-transit",))
def cluster_plaintext(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Memcached cluster that speaks without TLS."""
    if cluster.get("replication_group") is not None:
        return  # its group says it
    bad = test(cluster, "transit_encryption", when=lambda on: on is False, says="transit_encryption_enabled is {value}")
    yield from bad_if(bad, "transit_encryption", message=f"cluster {cluster.label} speaks without TLS")
