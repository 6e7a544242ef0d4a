"""Cluster whose version is out of support.

## What
The engine's version has left standard support: Aurora MySQL 2 (5.7), Aurora PostgreSQL 12, DocumentDB 3.6 and what is
older.

## Why
Holes that are found now get no corrections, or are paid for dearly as extended support. Medium: a known hole serves
whoever reaches the port.

## Bad
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  engine_version     = "11.21"
}
```

## Good
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  engine_version     = "16.4"
}
```
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
```

## Fix
Upgrade to a version in support.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/extended-support.html
"""

from collections.abc import Iterator

from nephograph.library.lifecycles import ended
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_rds_cluster", severity=Severity.MEDIUM, topics=("patching",))
def cluster_engine_ended(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cluster whose version is out of support."""
    engine = cluster.get("engine")
    bad = test(cluster, "engine_version", when=lambda version: ended(engine, version), says="engine_version is {value}")
    yield from bad_if(bad, "engine_version", message=f"cluster {cluster.label} runs a version that is out of support")
