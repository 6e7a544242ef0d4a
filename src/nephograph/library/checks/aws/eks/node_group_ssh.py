"""EKS node group that people enter by SSH.

## What
An SSH key is given to the nodes of the group.

## Why
Keys are shared, and seldom changed; Session Manager asks IAM and logs every session. Low: a group of yours can still
guard the port.

## Bad
```hcl
resource "aws_eks_node_group" "app" {
  cluster_name    = "prod"
  node_group_name = "app"
  node_role_arn   = "arn:aws:iam::111122223333:role/node"
  subnet_ids      = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
  scaling_config {
    desired_size = 2
    max_size     = 4
    min_size     = 2
  }
  remote_access {
    ec2_ssh_key               = "ops"
    source_security_group_ids = ["sg-0a1b2c3d"]
  }
}
```

## Good
```hcl
resource "aws_eks_node_group" "app" {
  cluster_name    = "prod"
  node_group_name = "app"
  node_role_arn   = "arn:aws:iam::111122223333:role/node"
  subnet_ids      = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
  scaling_config {
    desired_size = 2
    max_size     = 4
    min_size     = 2
  }

}
```

## Fix
Take the key away and use Session Manager.

## References
- https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
"""

from collections.abc import Iterator

from nephograph.library.absence import given
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_eks_node_group", severity=Severity.LOW, topics=("network-segmentation",))
def node_group_ssh(group: Resource, facts: Facts) -> Iterator[Bad]:
    """An SSH key is given to the nodes of the group."""
    wrong = given(group, "ssh_key", says="its SSH key is {value}")
    yield from bad_if(
        wrong,
        "ssh_key",
        message=f"people enter nodes of {group.label} by SSH",
    )
