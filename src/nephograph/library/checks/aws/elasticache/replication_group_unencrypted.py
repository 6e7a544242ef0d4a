"""Cache whose disks and backups are not encrypted.

## What
Encryption at rest of the replication group is off: what it writes while it syncs, swaps or backs up is in the clear.

## Why
Backups of a cache hold sessions and tokens. Medium: it takes somebody who can copy one.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  at_rest_encryption_enabled = true
}
```

## Fix
Encrypt it; an existing group is replaced.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_elasticache_replication_group",
    severity=Severity.MEDIUM,
    topics=("encryption-at-rest",),
    tools=("CKV_AWS_29", "AVD-AWS-0045"),
)
def replication_group_unencrypted(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache whose disks and backups are not encrypted."""
    bad = test(group, "encrypted", when=lambda on: on is not True, says="at_rest_encryption_enabled is {value}")
    yield from bad_if(bad, "encrypted", message=f"cache {group.label} is not encrypted at rest")
