"""ECS cluster without container insights.

## What
Container Insights is disabled for the cluster.

## Why
Nobody sees which task fails, restarts or eats the memory. Low: it hides things and opens none.

## Bad
```hcl
resource "aws_ecs_cluster" "prod" {
  name = "prod"

}
```
```yaml
Resources:
  Prod:
    Type: AWS::ECS::Cluster
    Properties:
      ClusterName: prod
```

## Good
```hcl
resource "aws_ecs_cluster" "prod" {
  name = "prod"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
```
```yaml
Resources:
  Prod:
    Type: AWS::ECS::Cluster
    Properties:
      ClusterName: prod
      ClusterSettings: [{Name: containerInsights, Value: enabled}]
```

## Fix
Enable Container Insights.

## References
- https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/deploy-container-insights-ECS-cluster.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ecs_cluster", severity=Severity.LOW, topics=("monitoring",), tools=("CKV_AWS_65", "AVD-AWS-0034"))
def cluster_unobserved(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Container Insights is disabled for the cluster."""
    off = test(
        cluster,
        "container_insights",
        when=lambda mode: mode not in ("enabled", "enhanced"),
        says="container insights are {value}",
    )
    yield from bad_if(off, "container_insights", message=f"nobody sees what tasks of {cluster.label} need")
