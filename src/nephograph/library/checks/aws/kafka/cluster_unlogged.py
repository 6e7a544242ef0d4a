"""Kafka cluster that delivers no broker logs.

## What
Broker logs go nowhere: neither to CloudWatch Logs nor to S3 nor to Firehose.

## Why
What brokers refused and why is not to be found later. Low: it lets nobody in.

## Bad
```hcl
resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-11111111", "subnet-22222222", "subnet-33333333"]
    security_groups = ["sg-11111111"]
  }
}
```
```yaml
Resources:
  Events:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: events
      KafkaVersion: 3.6.0
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo: {InstanceType: kafka.m7g.large, ClientSubnets: [subnet-11111111, subnet-22222222]}
```

## Good
```hcl
resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-11111111", "subnet-22222222", "subnet-33333333"]
    security_groups = ["sg-11111111"]
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = "msk"
      }
    }
  }
}
```
```yaml
Resources:
  Events:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: events
      KafkaVersion: 3.6.0
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo: {InstanceType: kafka.m7g.large, ClientSubnets: [subnet-11111111, subnet-22222222]}
      LoggingInfo: {BrokerLogs: {CloudWatchLogs: {Enabled: true, LogGroup: msk}}}
```

## Fix
Deliver broker logs.

## References
- https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_msk_cluster", severity=Severity.LOW, topics=("audit-logging",), tools=("CKV_AWS_80", "AVD-AWS-0074"))
def cluster_unlogged(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Kafka cluster that delivers no broker logs."""
    bad = test(cluster, "log_targets", when=lambda targets: not targets, says="broker logs go to {value}")
    yield from bad_if(bad, "log_targets", message=f"cluster {cluster.label} delivers no broker logs")
