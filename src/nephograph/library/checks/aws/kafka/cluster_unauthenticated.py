"""Kafka cluster that takes clients without a name.

## What
Clients without any authentication are taken.

## Why
Whoever reaches a broker reads and writes every topic, and ACLs cannot tell them apart. Medium: it takes somebody in
the network.

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
  client_authentication {
    unauthenticated = true
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
  client_authentication {
    sasl {
      iam = true
    }
  }
}
```

## Fix
Take IAM, certificates or SCRAM, and turn `unauthenticated` off.

## References
- https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_msk_cluster", severity=Severity.MEDIUM, topics=("authentication",))
def cluster_unauthenticated(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Kafka cluster that takes clients without a name."""
    bad = test(cluster, "authentication", "none", when=lambda on: on is True, says="unauthenticated is {value}")
    yield from bad_if(
        bad,
        "authentication",
        "none",
        message=f"cluster {cluster.label} takes clients without a name",
        fix=set_field(cluster, False, "authentication", "none", title="take no client without a name", safe=False),
    )
