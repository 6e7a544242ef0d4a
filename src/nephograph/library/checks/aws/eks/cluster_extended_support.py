"""EKS cluster that slides into paid extended support.

## What
The upgrade policy is EXTENDED, or nothing, which means the same: when standard support ends AWS charges several times
the price instead of upgrading.

## Why
Nobody notices that the version has ended but on the bill. Info: some need the time.

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
  upgrade_policy {
    support_type = "STANDARD"
  }
}
```

## Fix
Choose STANDARD, and upgrade in time.

## References
- https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_eks_cluster", severity=Severity.INFO, topics=("cost", "patching"))
def cluster_extended_support(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """EKS cluster that slides into paid extended support."""
    wrong = test(cluster, "support", when=lambda mode: mode != "STANDARD", says="its support is {value}")
    yield from bad_if(
        wrong,
        "support",
        message=f"cluster {cluster.label} slides into paid support",
    )
