"""Cluster whose snapshots carry no tags.

## What
Tags are not copied to snapshots. A cluster without tags has none to copy.

## Why
Rules that go by tags do not see the copies of the data. Info.

## Bad
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  tags = {
    team = "orders"
  }
}
```

## Good
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier    = "orders"
  engine                = "aurora-postgresql"
  copy_tags_to_snapshot = true
  tags = {
    team = "orders"
  }
}
```
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
```

## Fix
Copy tags to snapshots.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Tagging.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_rds_cluster", severity=Severity.INFO, topics=("inventory",), tools=("CKV_AWS_313",))
def cluster_snapshots_untagged(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cluster whose snapshots carry no tags."""
    if cluster.get("tags") in (None, {}) or cluster.get("engine") == "docdb":
        return
    bad = test(cluster, "copies_tags", when=lambda on: on is not True, says="copy_tags_to_snapshot is {value}")
    yield from bad_if(
        bad,
        "copies_tags",
        message=f"snapshots of cluster {cluster.label} carry no tags",
        fix=set_field(cluster, True, "copies_tags", title="copy tags to snapshots"),
    )
