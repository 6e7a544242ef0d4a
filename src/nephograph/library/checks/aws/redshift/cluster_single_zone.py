"""Redshift cluster in one zone.

## What
Multi-AZ of the cluster is off.

## Why
When the zone fails, the warehouse waits for it or is restored. Info: many warehouses may wait.

## Bad
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier  = "facts"
  node_type           = "ra3.large"
  encrypted           = true
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
  multi_az            = true
}
```

## Fix
Turn Multi-AZ on, if reports may not wait.

## References
- https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-multi-az.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_redshift_cluster", severity=Severity.INFO, topics=("high-availability",))
def cluster_single_zone(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster in one zone."""
    bad = test(cluster, "multi_az", when=lambda on: on is not True, says="multi_az is {value}")
    yield from bad_if(
        bad,
        "multi_az",
        message=f"cluster {cluster.label} stands in one zone",
        fix=set_field(cluster, True, "multi_az", title="stand in two zones", safe=False),
    )
