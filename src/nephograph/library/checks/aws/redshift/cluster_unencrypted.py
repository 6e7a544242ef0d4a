"""Redshift cluster that is not encrypted.

## What
Encryption of the cluster is turned off. What holds when nothing is said changed with version 6 of Terraform's
provider: then the finding depends.

## Why
Blocks and snapshots are readable to whoever copies them. Medium: it takes somebody who can.

## Bad
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier  = "facts"
  node_type           = "ra3.large"
  encrypted           = false
  publicly_accessible = false
}
```

## Good
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier  = "facts"
  node_type           = "ra3.large"
  encrypted           = true
  publicly_accessible = false
}
```

## Fix
Encrypt the cluster; data is moved in the background.

## References
- https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_redshift_cluster",
    severity=Severity.MEDIUM,
    topics=("encryption-at-rest",),
    tools=("CKV_AWS_64", "AVD-AWS-0084"),
)
def cluster_unencrypted(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster that is not encrypted."""
    bad = test(cluster, "encrypted", when=lambda on: on is False, says="encrypted is {value}")
    yield from bad_if(
        bad,
        "encrypted",
        message=f"cluster {cluster.label} is not encrypted",
        fix=set_field(cluster, True, "encrypted", title="encrypt the cluster"),
    )
