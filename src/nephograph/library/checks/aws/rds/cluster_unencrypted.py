"""Cluster of databases whose storage is not encrypted.

## What
Storage encryption of the cluster (Aurora, DocumentDB, Neptune, Multi-AZ) is off: so are its backups and snapshots.
An Aurora cluster that says nothing is quiet: since February 2026 Aurora encrypts new clusters by itself.

## Why
A snapshot that is copied out is readable. Medium: it takes somebody who can copy one.

## Bad
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  storage_encrypted  = false
}
```

## Good
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  storage_encrypted  = true
}
```
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
```

## Fix
Encrypt it; an existing cluster is restored from an encrypted copy.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_rds_cluster",
    severity=Severity.MEDIUM,
    topics=("encryption-at-rest",),
    tools=("CKV_AWS_96", "CKV_AWS_74", "CKV_AWS_44", "AVD-AWS-0079"),
)
def cluster_unencrypted(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cluster of databases whose storage is not encrypted."""
    engine = cluster.get("engine")
    by_itself = engine is None or (isinstance(engine, str) and engine.startswith("aurora"))
    if by_itself and cluster.truth("encrypted") == "default":
        return
    bad = test(cluster, "encrypted", when=lambda on: on is not True, says="storage_encrypted is {value}")
    yield from bad_if(bad, "encrypted", message=f"cluster {cluster.label} is not encrypted")
