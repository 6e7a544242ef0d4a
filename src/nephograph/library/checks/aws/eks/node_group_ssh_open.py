"""EKS node group that lets the internet in by SSH.

## What
The group has an SSH key and names no security group from which to come: AWS then opens port 22 to everybody. Nodes
without public addresses are still open to the whole network.

## Why
One stolen key, or one hole of the SSH server, and the nodes with all their pods are gone. Medium: a key is asked for.

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
    ec2_ssh_key = "ops"
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
  remote_access {
    ec2_ssh_key               = "ops"
    source_security_group_ids = ["sg-0a1b2c3d"]
  }
}
```
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
Name the group of your bastion, or take the key away and use Session Manager.

## References
- https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html
"""

from collections.abc import Iterator

from nephograph.library.absence import given, unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_eks_node_group",
    severity=Severity.MEDIUM,
    topics=("network-segmentation", "public-exposure"),
    tools=("CKV_AWS_100",),
)
def node_group_ssh_open(group: Resource, facts: Facts) -> Iterator[Bad]:
    """A key is named, and no group from which to come."""
    key = given(group, "ssh_key", says="its SSH key is {value}")
    free = unset(group, "ssh_from", says="the groups it lets in are {value}")
    yield from bad_if(all_of((key, free)), "ssh_key", message=f"nodes of {group.label} let everybody in by SSH")
