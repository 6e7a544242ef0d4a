"""Redshift cluster with the master user everybody knows.

## What
The master user is `awsuser`, the one that the console proposes.

## Why
Half of what a guesser needs is known. Info: the other half is not.

## Bad
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier     = "facts"
  node_type              = "ra3.large"
  encrypted              = true
  publicly_accessible    = false
  master_username        = "awsuser"
  manage_master_password = true
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
Choose another name when the cluster is made.

## References
- https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-console.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_redshift_cluster", severity=Severity.INFO, topics=("authentication",))
def cluster_default_user(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster with the master user everybody knows."""
    bad = test(cluster, "master_user", when=lambda name: name == "awsuser", says="the master user is {value}")
    yield from bad_if(bad, "master_user", message=f"cluster {cluster.label} has the master user everybody knows")
