"""EKS cluster whose nodes reach its API through the internet.

## What
The private endpoint of the cluster is off.

## Why
Nodes and people inside the network talk to the API by its public address, and need a way out. Low: the traffic is
encrypted.

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
    subnet_ids              = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
    endpoint_private_access = true
  }
}
```

## Fix
Turn the private endpoint on.

## References
- https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_eks_cluster", severity=Severity.LOW, topics=("network-segmentation",))
def cluster_endpoint_not_private(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """The private endpoint of the cluster is off."""
    wrong = test(cluster, "endpoint_private", when=lambda on: on is not True, says="its private endpoint is {value}")
    yield from bad_if(
        wrong,
        "endpoint_private",
        message=f"nodes of {cluster.label} reach its API by a public address",
        fix=set_field(cluster, True, "endpoint_private", title="turn the private endpoint on"),
    )
