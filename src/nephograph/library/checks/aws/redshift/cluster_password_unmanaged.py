"""Redshift cluster whose master password nobody rotates.

## What
A master user is set, and Secrets Manager does not hold its password.

## Why
A password that has leaked stays good until somebody thinks of it. Info: it may be rotated elsewhere.

## Bad
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier  = "facts"
  node_type           = "ra3.large"
  encrypted           = true
  publicly_accessible = false
  master_username     = "owner"
  master_password     = var.password
}

variable "password" {
  type = string
}
```

## Good
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier     = "facts"
  node_type              = "ra3.large"
  encrypted              = true
  publicly_accessible    = false
  master_username        = "owner"
  manage_master_password = true
}
```

## Fix
Let Redshift manage the password.

## References
- https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_redshift_cluster", severity=Severity.INFO, topics=("secret-rotation",))
def cluster_password_unmanaged(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster whose master password nobody rotates."""
    if cluster.get("master_user") is None:
        return
    bad = test(cluster, "managed_password", when=lambda on: on is not True, says="manage_master_password is {value}")
    yield from bad_if(
        bad, "managed_password", message=f"nothing rotates the master password of cluster {cluster.label}"
    )
