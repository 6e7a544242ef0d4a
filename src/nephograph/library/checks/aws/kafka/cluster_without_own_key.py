"""Kafka cluster encrypted under a key of AWS.

## What
No KMS key is named: the cluster is encrypted under `aws/kafka`.

## Why
Who may decrypt cannot be told apart from who may use MSK. Info: encryption holds.

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
  encryption_info {
    encryption_at_rest_kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
```

## Fix
Name a customer managed key when the cluster is made.

## References
- https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_msk_cluster", severity=Severity.INFO, topics=("customer-managed-keys",), tools=("AVD-AWS-0179",))
def cluster_without_own_key(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Kafka cluster encrypted under a key of AWS."""
    bad = under_key_of_aws(cluster, "kms_key", facts=facts)
    yield from bad_if(bad, "kms_key", message=f"cluster {cluster.label} is encrypted under a key of AWS")
