"""Cluster encrypted under a key of AWS.

## What
The storage is encrypted, and no KMS key is named: the key is `aws/rds`.

## Why
Who may decrypt cannot be told apart from who may use RDS, and snapshots cannot be shared with another account. Info:
encryption holds.

## Bad
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  storage_encrypted  = true
}
```

## Good
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  storage_encrypted  = true
  kms_key_id         = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
```

## Fix
Name a customer managed key when the cluster is made.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_rds_cluster", severity=Severity.INFO, topics=("customer-managed-keys",), tools=("CKV_AWS_327",))
def cluster_without_own_key(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cluster encrypted under a key of AWS."""
    given = test(cluster, "encrypted", when=lambda on: on is True, says="encrypted is {value}")
    bad = under_key_of_aws(cluster, "kms_key", facts=facts)
    yield from bad_if(
        all_of((given, bad)), "kms_key", message=f"cluster {cluster.label} is encrypted under a key of AWS"
    )
