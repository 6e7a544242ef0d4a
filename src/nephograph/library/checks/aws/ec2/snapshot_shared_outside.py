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
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_ebs_snapshot", severity=Severity.LOW, topics=("least-privilege", "data-retention"))
def snapshot_shared_outside(snapshot: Resource, facts: Facts) -> Iterator[Bad]:
    """EBS snapshot that other accounts may use."""
    ours = {resource.scope.account for resource in facts.resources()}
    shared = snapshot.get("shared_with")
    for position, account in enumerate(shared if isinstance(shared, list) else ()):
        if not isinstance(account, str) or account in ours or not (account.isdigit() or account == "all"):
            continue
        who = "everybody" if account == "all" else f"account {account}"
        fact = Evidence.at(f"it is shared with {who}", snapshot, ("shared_with", position))
        yield Bad(
            message=f"{who} may use snapshot {snapshot.label or snapshot.address}",
            verdict=yes(fact),
            path=("shared_with", position),
            severity=Severity.CRITICAL if account == "all" else None,
            key=account,
        )
