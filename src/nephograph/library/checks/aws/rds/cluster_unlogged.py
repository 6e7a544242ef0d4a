"""Cluster whose logs stay on its disks.

## What
No log of the engine is exported to CloudWatch Logs.

## Why
Who logged in, what was asked and what failed is not to be found later. Low: it lets nobody in.

## Bad
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
```

## Good
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier              = "orders"
  engine                          = "aurora-postgresql"
  enabled_cloudwatch_logs_exports = ["postgresql"]
}
```

## Fix
Export the logs of the engine, the audit log among them.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_rds_cluster",
    severity=Severity.LOW,
    topics=("audit-logging",),
    tools=("CKV_AWS_324", "CKV_AWS_85", "CKV_AWS_101", "AVD-AWS-0020", "AVD-AWS-0075"),
)
def cluster_unlogged(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cluster whose logs stay on its disks."""
    bad = test(cluster, "log_exports", when=lambda logs: not logs, says="the exported logs are {value}")
    yield from bad_if(bad, "log_exports", message=f"logs of cluster {cluster.label} stay on its disks")
