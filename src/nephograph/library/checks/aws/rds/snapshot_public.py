"""Snapshot of a database that everybody may restore.

## What
The manual snapshot is shared with `all`: any AWS account can copy and restore it.

## Why
The whole database is handed out, to whoever lists public snapshots. Critical: it hands data to anybody.

## Bad
```hcl
resource "aws_db_snapshot" "old" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-old"
  shared_accounts        = ["all"]
}
```

## Good
```hcl
resource "aws_db_snapshot" "old" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-old"
}
```
```hcl
resource "aws_db_snapshot" "old" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-old"
  shared_accounts        = ["444455556666"]
}
```

## Fix
Take `all` out of the accounts it is shared with.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.library.sharing import shared_with_everybody
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_db_snapshot",
    severity=Severity.CRITICAL,
    topics=("public-exposure",),
    tools=("CKV_AWS_302",),
    unspelled={"cloudformation": "a template cannot share a snapshot"},
)
def snapshot_public(snapshot: Resource, facts: Facts) -> Iterator[Bad]:
    """Snapshot of a database that everybody may restore."""
    yield from shared_with_everybody(snapshot, "restore")
