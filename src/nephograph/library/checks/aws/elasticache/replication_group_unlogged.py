"""Cache that delivers no logs.

## What
Neither the slow log nor the engine's log of the replication group is delivered.

## Why
What it did before it failed is not to be found later. Info: who asked for what is in neither of them.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
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
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
  log_delivery_configuration {
    destination      = "cache"
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "engine-log"
  }
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
      LogDeliveryConfigurations:
        - DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: cache}}
          LogFormat: json
          LogType: engine-log
```

## Fix
Deliver the engine's log to CloudWatch Logs.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elasticache_replication_group", severity=Severity.INFO, topics=("audit-logging",))
def replication_group_unlogged(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache that delivers no logs."""
    bad = test(group, "log_exports", when=lambda logs: not logs, says="the delivered logs are {value}")
    yield from bad_if(bad, "log_exports", message=f"cache {group.label} delivers no logs")
