"""Kafka cluster whose version is out of support.

## What
The Kafka version is older than 2.8.

## Why
Holes that are found now get no corrections. Low: a hole has to exist first.

## Bad
```hcl
resource "aws_msk_cluster" "old" {
  cluster_name           = "old"
  kafka_version          = "2.2.1"
  number_of_broker_nodes = 2
  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-11111111", "subnet-22222222"]
    security_groups = ["sg-11111111"]
  }
}
```

## Good
```hcl
resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.9.x"
  number_of_broker_nodes = 3
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-11111111", "subnet-22222222", "subnet-33333333"]
    security_groups = ["sg-11111111"]
  }
}
```

## Fix
Upgrade the cluster.

## References
- https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_ENDED = ("1.", "2.", "3.1.", "3.2.", "3.3.", "3.4.", "3.5.", "3.6.")
"""By the page below, as of November 2026: 3.6.0 was the last to end, on 2026-06-01."""


@check(kind="aws_msk_cluster", severity=Severity.LOW, topics=("patching",))
def cluster_version_ended(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Kafka cluster whose version is out of support."""
    bad = test(
        cluster,
        "kafka_version",
        when=lambda version: isinstance(version, str) and version.startswith(_ENDED),
        says="kafka_version is {value}",
    )
    yield from bad_if(bad, "kafka_version", message=f"cluster {cluster.label} runs a version that is out of support")
