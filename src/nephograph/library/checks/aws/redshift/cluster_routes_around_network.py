"""Redshift cluster whose loads go around the VPC.

## What
Enhanced VPC routing is off: COPY and UNLOAD go over Amazon's network and not through the VPC.

## Why
Endpoint policies, security groups and flow logs of the VPC do not see data come and go. Low: it needs rights in the
warehouse first.

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
  cluster_identifier   = "facts"
  node_type            = "ra3.large"
  encrypted            = true
  publicly_accessible  = false
  enhanced_vpc_routing = true
}
```

## Fix
Turn enhanced VPC routing on.

## References
- https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_redshift_cluster", severity=Severity.LOW, topics=("network-segmentation",), tools=("CKV_AWS_321",))
def cluster_routes_around_network(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster whose loads go around the VPC."""
    bad = test(cluster, "enhanced_vpc_routing", when=lambda on: on is not True, says="enhanced_vpc_routing is {value}")
    yield from bad_if(
        bad,
        "enhanced_vpc_routing",
        message=f"loads of cluster {cluster.label} go around its VPC",
        fix=set_field(cluster, True, "enhanced_vpc_routing", title="route loads through the VPC", safe=False),
    )
