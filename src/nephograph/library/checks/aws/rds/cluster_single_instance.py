"""Cluster with one instance.

## What
The cluster has one instance in this estate, so that a failure means waiting for a new one. A cluster without any is
not judged: its instances may be made elsewhere.

## Why
Aurora fails over to a second instance in seconds; without one it makes a new instance, in minutes. Low: it lets
nobody in.

## Bad
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
resource "aws_rds_cluster_instance" "one" {
  identifier         = "one"
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
```

## Good
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
resource "aws_rds_cluster_instance" "two" {
  count              = 2
  identifier         = "orders-${count.index}"
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
```
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
```

## Fix
Add a reader in another zone.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_rds_cluster", severity=Severity.LOW, topics=("high-availability",))
def cluster_single_instance(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cluster with one instance."""
    members = facts.holders(cluster, "member_of", "aws_db_instance")
    if len(members) == 1:
        proof = Evidence.at("it is the only instance of the cluster", members[0], ())
        yield Bad(message=f"cluster {cluster.label} has one instance", verdict=yes(proof))
