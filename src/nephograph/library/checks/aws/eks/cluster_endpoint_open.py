"""EKS cluster whose API the whole internet reaches.

## What
The public endpoint of the cluster is on and lets in every address (0.0.0.0/0 or ::/0, which is what AWS takes when
none is named). A list of your own addresses is quiet.

## Why
A leaked credential or a hole in the API server can be used from anywhere. Medium: a credential is asked for.

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
    subnet_ids          = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
    public_access_cidrs = ["203.0.113.0/24"]
  }
}
```
```hcl
resource "aws_eks_cluster" "prod" {
  name     = "prod"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  vpc_config {
    subnet_ids              = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
    endpoint_public_access  = false
    endpoint_private_access = true
  }
}
```

## Fix
Name the addresses that need it, or turn the public endpoint off.

## References
- https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
"""

from collections.abc import Iterator

from nephograph.library.cluster_endpoints import is_open
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_eks_cluster",
    severity=Severity.MEDIUM,
    topics=("public-exposure", "network-segmentation"),
    tools=("CKV_AWS_38", "AVD-AWS-0041"),
)
def cluster_endpoint_open(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """The public endpoint is on, and one of the ranges that are let in is everybody."""
    yield from bad_if(
        is_open(cluster), "public_cidrs", message=f"the API of cluster {cluster.label} is open to the internet"
    )
