"""Cache that speaks without TLS.

## What
Encryption in transit of the replication group is off.

## Why
Sessions and tokens go through the network in the clear, and clients cannot log in with a password either. Medium: it
takes somebody in the network.

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
  transit_encryption_enabled = true
}
```

## Fix
Turn TLS on; an existing group goes by `transit_encryption_mode = "preferred"` first.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_elasticache_replication_group",
    severity=Severity.MEDIUM,
    topics=("encryption-in-transit",),
    tools=("CKV_AWS_30", "AVD-AWS-0051"),
)
def replication_group_plaintext(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache that speaks without TLS."""
    bad = test(
        group, "transit_encryption", when=lambda on: on is not True, says="transit_encryption_enabled is {value}"
    )
    yield from bad_if(
        bad,
        "transit_encryption",
        message=f"cache {group.label} speaks without TLS",
        fix=set_field(group, True, "transit_encryption", title="speak TLS", safe=False),
    )
