"""EKS cluster whose creator stays its administrator.

## What
Whoever creates the cluster is made its administrator, which is what AWS does when nothing is said.

## Why
A pipeline, or a person who left, is administrator of the cluster and no list shows it. Low: AWS credentials come
first.

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
  access_config {
    bootstrap_cluster_creator_admin_permissions = false
  }
}
```

## Fix
Turn it off, and give access by entries.

## References
- https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_eks_cluster", severity=Severity.LOW, topics=("least-privilege",))
def cluster_creator_admin(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Whoever creates the cluster is made its administrator, which is what AWS does when nothing is said."""
    wrong = test(
        cluster,
        "creator_is_admin",
        when=lambda on: on is not False,
        says="bootstrap_cluster_creator_admin_permissions is {value}",
    )
    yield from bad_if(
        wrong,
        "creator_is_admin",
        message=f"whoever created {cluster.label} is its administrator",
    )
