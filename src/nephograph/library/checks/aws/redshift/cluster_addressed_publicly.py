"""Redshift cluster with a public address.

## What
`publicly_accessible` is on. Where routes and rules let the internet in as well, `aws-redshift-cluster-exposed` speaks
instead.

## Why
One rule or one route more, and the warehouse stands in the open. Low: as it is, nobody gets in.

## Bad
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier     = "facts"
  node_type              = "ra3.large"
  encrypted              = true
  publicly_accessible    = true
  vpc_security_group_ids = [aws_security_group.db.id]
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "db" {
  name   = "db"
  vpc_id = aws_vpc.main.id
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
Take the public address away.

## References
- https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_redshift_cluster",
    severity=Severity.LOW,
    topics=("public-exposure", "network-segmentation"),
    tools=("CKV_AWS_87", "AVD-AWS-0083"),
)
def cluster_addressed_publicly(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster with a public address."""
    if any(exposure.everybody for exposure in facts.exposed(cluster)):
        return  # that is cluster_exposed
    public = test(cluster, "public", when=lambda on: on is True, says="publicly_accessible is {value}")
    yield from bad_if(
        public,
        "public",
        message=f"cluster {cluster.label} has a public address",
        fix=set_field(cluster, False, "public", title="take the public address away", safe=False),
    )
