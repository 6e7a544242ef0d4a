"""Kafka cluster that takes clients without TLS.

## What
Encryption between clients and brokers is `PLAINTEXT` or `TLS_PLAINTEXT`.

## Why
Messages and passwords go in the clear. Medium: it takes somebody in the network.

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
      client_broker = "TLS_PLAINTEXT"
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
      client_broker = "TLS"
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
Take TLS only.

## References
- https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_msk_cluster",
    severity=Severity.MEDIUM,
    topics=("encryption-in-transit",),
    tools=("CKV_AWS_81", "AVD-AWS-0073"),
)
def cluster_clients_plaintext(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Kafka cluster that takes clients without TLS."""
    bad = test(
        cluster,
        "client_encryption",
        when=lambda mode: mode in ("PLAINTEXT", "TLS_PLAINTEXT"),
        says="client_broker is {value}",
    )
    yield from bad_if(
        bad,
        "client_encryption",
        message=f"cluster {cluster.label} takes clients without TLS",
        fix=set_field(cluster, "TLS", "client_encryption", title="take clients with TLS only", safe=False),
    )
