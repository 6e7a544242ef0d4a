"""EBS snapshot that other accounts may use.

## What
The snapshot is shared with an account that has no resource in this estate; with `all`, which only the cloud itself
can say, it is critical.

## Why
What they copy stays theirs, whatever happens to the sharing. Low: it was somebody's decision; see that it still
holds.

## Bad
```hcl
resource "aws_ebs_snapshot" "old" {
  volume_id = "vol-11111111"
}
resource "aws_snapshot_create_volume_permission" "partner" {
  snapshot_id = aws_ebs_snapshot.old.id
  account_id  = "444455556666"
}
```

## Good
```hcl
resource "aws_ebs_snapshot" "old" {
  volume_id = "vol-11111111"
}
```

## Fix
Share the copy for as long as it takes.

## References
- https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.library.sharing import shared_outside
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ebs_snapshot", severity=Severity.LOW, topics=("least-privilege", "data-retention"))
def snapshot_shared_outside(snapshot: Resource, facts: Facts) -> Iterator[Bad]:
    """EBS snapshot that other accounts may use."""
    yield from shared_outside(snapshot, facts, "use", everybody=Severity.CRITICAL)
