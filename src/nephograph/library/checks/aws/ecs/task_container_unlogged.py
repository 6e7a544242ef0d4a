"""ECS container whose output is kept nowhere.

## What
The container has no log configuration.

## Why
What it wrote before it failed or was taken over is gone with it. Low: it hides things and opens none.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name  = "web"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
  }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name             = "web"
    image            = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
    logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "/ecs/web", awslogs-region = "eu-west-1" } }
  }])
}
```

## Fix
Send the output to CloudWatch Logs or another driver.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ecs_task_definition", severity=Severity.LOW, topics=("monitoring", "audit-logging"))
def task_container_unlogged(task: Resource, facts: Facts) -> Iterator[Bad]:
    """The container has no log configuration."""
    for at in elements(task, "containers"):
        wrong = unset(task, *at, "log_driver", says="its log driver is {value}")
        name = task.get(*at, "name")
        yield from bad_if(wrong, *at, "log_driver", message=f"output of container {name} is kept nowhere")
