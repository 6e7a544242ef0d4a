"""Redshift cluster whose master password stands in the code.

## What
The master password is a literal of the code. The password is never shown.

## Why
Everybody who reads the repository, its history or the state is master of the warehouse. High: a credential in the
clear.

## Bad
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier  = "facts"
  node_type           = "ra3.large"
  encrypted           = true
  publicly_accessible = false
  master_username     = "owner"
  master_password     = "Correct-horse-battery1"
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
Let Redshift manage the password in Secrets Manager; then change it, it has leaked.

## References
- https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_redshift_cluster", severity=Severity.HIGH, topics=("secrets",))
def cluster_password_in_code(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster whose master password stands in the code."""
    bad = test(
        cluster,
        "password_in_code",
        when=lambda written: written is True,
        says="a master password is written in the code",
    )
    yield from bad_if(bad, "password_in_code", message=f"the code holds the master password of cluster {cluster.label}")
