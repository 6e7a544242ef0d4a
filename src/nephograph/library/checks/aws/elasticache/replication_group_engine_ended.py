"""Cache whose engine is out of support.

## What
The version of Redis OSS is 5 or older.

## Why
Holes that are found now get no corrections. Medium: a known hole serves whoever reaches the port.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
  engine               = "redis"
  engine_version       = "5.0.6"
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
  engine               = "valkey"
  engine_version       = "8.0"
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
Upgrade to a version in support, of Redis OSS or Valkey.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/extended-support-versions.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_elasticache_replication_group", severity=Severity.MEDIUM, topics=("patching",))
def replication_group_engine_ended(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache whose engine is out of support."""
    given = test(group, "engine", when=lambda on: on == "redis", says="engine is {value}")
    bad = test(
        group,
        "engine_version",
        when=lambda version: isinstance(version, str) and version.split(".")[0] in ("2", "3", "4", "5"),
        says="engine_version is {value}",
    )
    yield from bad_if(
        all_of((given, bad)), "engine_version", message=f"cache {group.label} runs a version that is out of support"
    )
