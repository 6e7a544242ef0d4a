"""ECS container that may change its own file system.

## What
The container's root file system is not read-only.

## Why
Who gets in leaves tools behind and changes the program until the task ends. Low: the way in comes first.

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
    name                   = "web"
    image                  = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
    readonlyRootFilesystem = true
  }])
}
```

## Fix
Make it read-only and mount a volume where the program has to write.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_ecs_task_definition",
    severity=Severity.LOW,
    topics=("immutability", "workload-isolation"),
    tools=("CKV_AWS_336",),
)
def task_container_writable(task: Resource, facts: Facts) -> Iterator[Bad]:
    """The container's root file system is not read-only."""
    for at in elements(task, "containers"):
        wrong = test(
            task, *at, "read_only_root", when=lambda on: on is not True, says="readonlyRootFilesystem is {value}"
        )
        name = task.get(*at, "name")
        yield from bad_if(wrong, *at, "read_only_root", message=f"container {name} may change its file system")
