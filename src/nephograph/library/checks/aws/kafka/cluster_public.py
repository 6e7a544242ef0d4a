"""Kafka cluster with public brokers.

## What
Public access is on: brokers have public addresses.

## Why
Anybody may knock; what lets them in is the security group and the client's name. Medium: AWS asks for authentication
and TLS before.

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
    connectivity_info {
      public_access {
        type = "SERVICE_PROVIDED_EIPS"
      }
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
}
```

## Fix
Turn public access off; reach brokers by PrivateLink or peering.

## References
- https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_msk_cluster", severity=Severity.MEDIUM, topics=("public-exposure",))
def cluster_public(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Kafka cluster with public brokers."""
    bad = test(
        cluster, "public_access", when=lambda mode: mode not in (None, "DISABLED"), says="public access is {value}"
    )
    yield from bad_if(
        bad,
        "public_access",
        message=f"brokers of cluster {cluster.label} have public addresses",
        fix=set_field(cluster, "DISABLED", "public_access", title="take the public addresses away", safe=False),
    )
