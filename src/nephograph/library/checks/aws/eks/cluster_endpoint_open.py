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

from nephograph.library.absence import unset
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of, any_of


def _everybody(cidr: object) -> bool:
    """Is this range every address there is?"""
    return str(cidr) in ("0.0.0.0/0", "::/0")


@check(
    kind="aws_eks_cluster",
    severity=Severity.MEDIUM,
    topics=("public-exposure", "network-segmentation"),
    tools=("CKV_AWS_38", "AVD-AWS-0041"),
)
def cluster_endpoint_open(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """The public endpoint is on, and one of the ranges that are let in is everybody."""
    public = test(cluster, "endpoint_public", when=lambda on: on is not False, says="its public endpoint is {value}")
    cidrs = cluster.get("public_cidrs")
    if isinstance(cidrs, list) and cidrs:
        each = [
            test(cluster, *at, when=_everybody, says="it lets in {value}") for at in elements(cluster, "public_cidrs")
        ]
        open_ = any_of(each)
    else:
        open_ = unset(cluster, "public_cidrs", says="the addresses it lets in are {value}")
    yield from bad_if(
        all_of((public, open_)), "public_cidrs", message=f"the API of cluster {cluster.label} is open to the internet"
    )
