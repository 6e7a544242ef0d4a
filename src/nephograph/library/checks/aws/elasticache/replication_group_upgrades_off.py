"""Cache that takes no minor upgrades.

## What
Automatic upgrades of the replication group to new minor versions are turned off.

## Why
Corrections of known holes wait for a person to remember them. Low: a hole has to exist first.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  auto_minor_version_upgrade = false
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  auto_minor_version_upgrade = true
}
```
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
}
```

## Fix
Let ElastiCache upgrade in the maintenance window.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elasticache_replication_group", severity=Severity.LOW, topics=("patching",))
def replication_group_upgrades_off(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache that takes no minor upgrades."""
    bad = test(group, "auto_minor_upgrade", when=lambda on: on is False, says="auto_minor_version_upgrade is {value}")
    yield from bad_if(
        bad,
        "auto_minor_upgrade",
        message=f"cache {group.label} takes no minor upgrades",
        fix=set_field(group, True, "auto_minor_upgrade", title="take minor upgrades in the maintenance window"),
    )
