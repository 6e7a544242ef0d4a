"""Kafka cluster that speaks in the clear with its clients.

## What
Clients may, or have to, talk to the brokers in plain text. The default, TLS, is quiet.

## Why
Everybody in the network reads the records, and the passwords. Medium: one has to be in the network.

## Bad
```hcl
resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a1b2c3d", "subnet-0b2c3d4e", "subnet-0c3d4e5f"]
    security_groups = ["sg-0a1b2c3d"]

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
    client_subnets  = ["subnet-0a1b2c3d", "subnet-0b2c3d4e", "subnet-0c3d4e5f"]
    security_groups = ["sg-0a1b2c3d"]

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
    client_subnets  = ["subnet-0a1b2c3d", "subnet-0b2c3d4e", "subnet-0c3d4e5f"]
    security_groups = ["sg-0a1b2c3d"]

  }

}
```

## Fix
Allow TLS alone.

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
def cluster_plain_clients(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Clients may, or have to, talk to the brokers in plain text."""
    wrong = test(cluster, "client_encryption", when=lambda mode: mode != "TLS", says="client_broker is {value}")
    yield from bad_if(
        wrong,
        "client_encryption",
        message=f"clients of {cluster.label} may talk in the clear",
        fix=set_field(cluster, "TLS", "client_encryption", title="allow TLS alone", safe=False),
    )
