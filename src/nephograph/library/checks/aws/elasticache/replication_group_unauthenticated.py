"""Cache that asks nobody who they are.

## What
The replication group has neither a token (AUTH) nor groups of users.

## Why
Whoever reaches the port reads and writes every key. Medium: it takes somebody in the network.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = true
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
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = true
  user_group_ids             = ["sessions"]
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
Give it a group of users, with IAM or passwords.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_elasticache_replication_group",
    severity=Severity.MEDIUM,
    topics=("authentication",),
    tools=("CKV_AWS_31",),
)
def replication_group_unauthenticated(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache that asks nobody who they are."""
    token = test(group, "token", when=lambda on: on is not True, says="it has no token")
    users = test(group, "user_groups", when=lambda groups: not groups, says="it has no group of users")
    yield from bad_if(all_of((token, users)), message=f"cache {group.label} asks nobody who they are")
