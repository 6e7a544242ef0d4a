"""Kafka cluster whose brokers talk in the clear.

## What
Encryption between brokers is turned off.

## Why
Every message is copied from broker to broker in the clear. Medium: it takes somebody in the network.

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
  encryption_info {
    encryption_in_transit {
      in_cluster = false
    }
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
    encryption_in_transit {
      in_cluster = true
    }
  }
}
```
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

## Fix
Encrypt between brokers; it is chosen when the cluster is made.

## References
- https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_msk_cluster", severity=Severity.MEDIUM, topics=("encryption-in-transit",))
def cluster_brokers_plaintext(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Kafka cluster whose brokers talk in the clear."""
    bad = test(cluster, "cluster_encryption", when=lambda on: on is False, says="in_cluster is {value}")
    yield from bad_if(
        bad,
        "cluster_encryption",
        message=f"brokers of cluster {cluster.label} talk in the clear",
        fix=set_field(
            cluster, True, "cluster_encryption", title="encrypt between brokers (the cluster is replaced)", safe=False
        ),
    )
