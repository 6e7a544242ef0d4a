"""Cache whose token stands in the code.

## What
The AUTH token of the replication group is a literal of the code. The token is never shown.

## Why
Everybody who reads the repository, its history or the state can log in. High: a credential in the clear.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = true
  auth_token                 = "correct-horse-battery-staple"
}
```
```yaml
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupId: sessions
      ReplicationGroupDescription: sessions
      CacheNodeType: cache.t4g.small
      TransitEncryptionEnabled: true
      AuthToken: correct-horse-battery-staple
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = true
  auth_token                 = var.token
}

variable "token" {
  type = string
}
```
```yaml
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupId: sessions
      ReplicationGroupDescription: sessions
      CacheNodeType: cache.t4g.small
      TransitEncryptionEnabled: true
      UserGroupIds: [sessions]
```

## Fix
Take it from Secrets Manager, or use IAM; then change it, it has leaked.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elasticache_replication_group", severity=Severity.HIGH, topics=("secrets",))
def replication_group_token_in_code(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache whose token stands in the code."""
    bad = test(group, "token_in_code", when=lambda written: written is True, says="a token is written in the code")
    yield from bad_if(bad, "token_in_code", message=f"the code holds the token of cache {group.label}")
