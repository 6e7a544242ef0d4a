"""Cache that lets clients choose whether they use TLS.

## What
Encryption in transit is on with the mode `preferred`: connections without TLS are taken as well.

## Why
The mode is a step of a migration; who stays on it has clients in the clear and does not notice. Low: clients may well
use TLS.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = true
  transit_encryption_mode    = "preferred"
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
}
```
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = true
}
```

## Fix
Require TLS once all clients use it.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elasticache_replication_group", severity=Severity.LOW, topics=("encryption-in-transit",))
def replication_group_tls_optional(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache that lets clients choose whether they use TLS."""
    bad = test(group, "transit_mode", when=lambda mode: mode == "preferred", says="transit_encryption_mode is {value}")
    yield from bad_if(
        bad,
        "transit_mode",
        message=f"cache {group.label} takes connections without TLS",
        fix=set_field(group, "required", "transit_mode", title="require TLS", safe=False),
    )
