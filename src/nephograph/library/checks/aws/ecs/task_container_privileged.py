"""ECS container that is root on its host.

## What
A container of the task runs privileged. Fargate refuses such tasks, so that it is found for the other launch types.

## Why
What takes over the container owns the instance, its role, and every other task on it. High: nothing is left between
the two.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name       = "web"
    image      = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
    privileged = true
  }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name       = "web"
    image      = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
    privileged = false
  }])
}
```

## Fix
Take the flag away and add the one capability that is needed.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_ecs_task_definition",
    severity=Severity.HIGH,
    topics=("workload-isolation", "least-privilege"),
    tools=("CKV_AWS_334",),
)
def task_container_privileged(task: Resource, facts: Facts) -> Iterator[Bad]:
    """A container of the task runs privileged."""
    for at in elements(task, "containers"):
        wrong = test(task, *at, "privileged", when=lambda on: on is True, says="privileged is {value}")
        name = task.get(*at, "name")
        yield from bad_if(wrong, *at, "privileged", message=f"container {name} is root on its host")
