"""ECS container whose task makes it root.

## What
The definition names root, or the number 0, as the container's user. A definition that names no user is quiet: the
image may name one.

## Why
A hole in the program gives everything inside the container, and more holes of the kernel. Low: the container still is
around it.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name  = "web"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
    user  = "root"
  }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name  = "web"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
    user  = "1000:1000"
  }])
}
```
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name  = "web"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
  }])
}
```

## Fix
Name a user that the image has and that is not root.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


def _is_root(user: object) -> bool:
    """Is this root, by name or by number, with or without a group?"""
    return str(user).partition(":")[0] in ("root", "0")


@check(kind="aws_ecs_task_definition", severity=Severity.LOW, topics=("workload-isolation", "least-privilege"))
def task_container_root(task: Resource, facts: Facts) -> Iterator[Bad]:
    """The definition names root, or the number 0, as the container's user."""
    for at in elements(task, "containers"):
        wrong = test(task, *at, "user", when=_is_root, says="its user is {value}")
        name = task.get(*at, "name")
        yield from bad_if(wrong, *at, "user", message=f"container {name} runs as root")
