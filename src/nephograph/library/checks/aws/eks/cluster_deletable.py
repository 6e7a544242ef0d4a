"""EKS cluster that one call deletes.

## What
Deletion protection of the cluster is off.

## Why
A wrong destroy ends all that runs there. Low: it takes a right of yours.

## Bad
```hcl
resource "aws_eks_cluster" "prod" {
  name     = "prod"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]

  }
}
```

## Good
```hcl
resource "aws_eks_cluster" "prod" {
  name     = "prod"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]

  }
  deletion_protection = true
}
```

## Fix
Turn deletion protection on.

## References
- https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_eks_cluster", severity=Severity.LOW, topics=("deletion-protection",))
def cluster_deletable(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Deletion protection of the cluster is off."""
    wrong = test(cluster, "deletion_protection", when=lambda on: on is not True, says="deletion_protection is {value}")
    yield from bad_if(
        wrong,
        "deletion_protection",
        message=f"one call deletes cluster {cluster.label}",
        fix=set_field(cluster, True, "deletion_protection", title="protect the cluster from deletion"),
    )
