"""Redshift cluster that takes no upgrades.

## What
Automatic upgrades of the engine in the maintenance window are turned off.

## Why
Corrections of known holes wait for a person to remember them. Low: a hole has to exist first.

## Bad
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier    = "facts"
  node_type             = "ra3.large"
  encrypted             = true
  publicly_accessible   = false
  allow_version_upgrade = false
}
```

## Good
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier    = "facts"
  node_type             = "ra3.large"
  encrypted             = true
  publicly_accessible   = false
  allow_version_upgrade = true
}
```
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier  = "facts"
  node_type           = "ra3.large"
  encrypted           = true
  publicly_accessible = false
}
```

## Fix
Allow upgrades.

## References
- https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-considerations.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_redshift_cluster", severity=Severity.LOW, topics=("patching",), tools=("CKV_AWS_141",))
def cluster_upgrades_off(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster that takes no upgrades."""
    bad = test(cluster, "auto_upgrade", when=lambda on: on is False, says="allow_version_upgrade is {value}")
    yield from bad_if(
        bad,
        "auto_upgrade",
        message=f"cluster {cluster.label} takes no upgrades",
        fix=set_field(cluster, True, "auto_upgrade", title="take upgrades in the maintenance window"),
    )
