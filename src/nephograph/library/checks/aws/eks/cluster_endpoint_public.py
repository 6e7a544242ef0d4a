"""EKS cluster with a public endpoint.

## What
The API of the cluster has an address on the internet, and lets in some addresses.

## Why
Its safety then rests on a list of addresses and on credentials alone. Low: both stand.

## Bad
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

## Good
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
Reach the API from inside the network, and turn the public endpoint off.

## References
- https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
"""

from collections.abc import Iterator

from nephograph.library.cluster_endpoints import has_public_address, is_open
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_eks_cluster",
    severity=Severity.LOW,
    topics=("network-segmentation",),
    tools=("CKV_AWS_39", "AVD-AWS-0040"),
)
def cluster_endpoint_public(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """The API of the cluster has an address on the internet, and not everybody is let in."""
    if is_open(cluster).answer == "yes":
        return  # told by aws-eks-cluster-endpoint-open
    yield from bad_if(
        has_public_address(cluster),
        "endpoint_public",
        message=f"the API of cluster {cluster.label} has a public address",
    )
