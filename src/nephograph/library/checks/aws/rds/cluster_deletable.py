"""Cluster of databases that one call deletes.

## What
Deletion protection of the cluster is off.

## Why
A wrong `terraform destroy`, or an attacker with one permission, ends the database. Low: it lets nobody in.

## Bad
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
```

## Good
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier  = "orders"
  engine              = "aurora-postgresql"
  deletion_protection = true
}
```

## Fix
Turn deletion protection on.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_rds_cluster",
    severity=Severity.LOW,
    topics=("deletion-protection",),
    tools=("CKV_AWS_139", "AVD-AWS-0343"),
)
def cluster_deletable(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cluster of databases that one call deletes."""
    bad = test(cluster, "deletion_protection", when=lambda on: on is not True, says="deletion_protection is {value}")
    yield from bad_if(
        bad,
        "deletion_protection",
        message=f"one call deletes cluster {cluster.label}",
        fix=set_field(cluster, True, "deletion_protection", title="protect the cluster from deletion"),
    )
