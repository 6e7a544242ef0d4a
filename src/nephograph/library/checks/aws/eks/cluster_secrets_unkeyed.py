"""EKS cluster whose secrets no key of yours encrypts.

## What
No KMS key is named for Kubernetes secrets. Newer clusters are encrypted with a key of AWS all the same.

## Why
Whoever gets at the store of the cluster, or a backup of it, is held up by no key that you can turn off. Low: AWS
encrypts the disks.

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
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"
    }
  }
}
```

## Fix
Name a KMS key for secrets.

## References
- https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_eks_cluster",
    severity=Severity.LOW,
    topics=("encryption-at-rest", "customer-managed-keys"),
    tools=("CKV_AWS_58", "AVD-AWS-0039"),
)
def cluster_secrets_unkeyed(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """No KMS key is named for Kubernetes secrets."""
    wrong = unset(cluster, "secrets_key", says="its key for secrets is {value}")
    yield from bad_if(
        wrong,
        "secrets_key",
        message=f"secrets of cluster {cluster.label} are encrypted with no key of yours",
    )
