"""EKS cluster whose access list lives in the cluster alone.

## What
Access is decided by the config map aws-auth alone, which is what the API takes when nothing is said.

## Why
The list is no resource of AWS: no code, policy or log of the account sees who gets in. Low: the list still is asked.

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
    authentication_mode = "API"
  }
}
```

## Fix
Move to access entries: API_AND_CONFIG_MAP first, then API.

## References
- https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_eks_cluster", severity=Severity.LOW, topics=("authentication", "audit-logging"))
def cluster_access_by_config_map(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Access is decided by the config map aws-auth alone, which is what the API takes when nothing is said."""
    wrong = test(
        cluster,
        "authentication_mode",
        when=lambda mode: mode == "CONFIG_MAP",
        says="its authentication mode is {value}",
    )
    yield from bad_if(
        wrong,
        "authentication_mode",
        message=f"who gets into {cluster.label} is written in the cluster alone",
        fix=set_field(
            cluster, "API_AND_CONFIG_MAP", "authentication_mode", title="read access entries as well", safe=False
        ),
    )
