"""Cluster whose master password stands in the code.

## What
The master password of the cluster is a literal of the code. The password is never shown.

## Why
Everybody who reads the repository, its history or the state is master of the data. High: a credential in the clear.

## Bad
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  master_username    = "app"
  master_password    = "correct-horse-battery"
}
```

## Good
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
}
```

## Fix
Let RDS manage the password in Secrets Manager; then change it, it has leaked.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_rds_cluster", severity=Severity.HIGH, topics=("secrets",))
def cluster_password_in_code(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cluster whose master password stands in the code."""
    bad = test(
        cluster,
        "password_in_code",
        when=lambda written: written is True,
        says="a master password is written in the code",
    )
    yield from bad_if(bad, "password_in_code", message=f"the code holds the master password of cluster {cluster.label}")
