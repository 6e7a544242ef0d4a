"""Snapshot of a database that other accounts may restore.

## What
The snapshot is shared with an account that has no resource in this estate.

## Why
What they copy stays theirs, whatever happens to the sharing. Low: it was somebody's decision; see that it still
holds.

## Bad
```hcl
resource "aws_db_snapshot" "old" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-old"
  shared_accounts        = ["444455556666"]
}
```

## Good
```hcl
resource "aws_db_snapshot" "old" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-old"
}
```

## Fix
Share the copy for as long as it takes, and with accounts of your own.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.library.sharing import shared_outside
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_db_snapshot",
    severity=Severity.LOW,
    topics=("least-privilege", "data-retention"),
    unspelled={"cloudformation": "a template cannot share a snapshot"},
)
def snapshot_shared_outside(snapshot: Resource, facts: Facts) -> Iterator[Bad]:
    """Snapshot of a database that other accounts may restore."""
    yield from shared_outside(snapshot, facts, "restore")
