"""ECS task in the network of its host.

## What
The task's network mode is host.

## Why
Its containers see the host's interfaces, answer on all its ports, and reach the metadata of the instance with its
role. Low: the host's security group still stands.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "host"
  container_definitions = jsonencode([{
    name  = "web"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
  }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{
    name  = "web"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
  }])
}
```

## Fix
Use awsvpc: every task then has its own interface and security groups.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ecs_task_definition", severity=Severity.LOW, topics=("network-segmentation", "workload-isolation"))
def task_host_network(task: Resource, facts: Facts) -> Iterator[Bad]:
    """The task's network mode is host."""
    wrong = test(task, "network_mode", when=lambda mode: mode == "host", says="network_mode is {value}")
    yield from bad_if(
        wrong,
        "network_mode",
        message=f"task {task.label} shares the network of its host",
    )
