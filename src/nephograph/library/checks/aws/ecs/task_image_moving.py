"""ECS container from an image whose tag moves.

## What
The image is named by the tag latest, or by no tag at all. An image by its digest, or by any other tag, is quiet.

## Why
The next start of the task runs whatever was pushed last, and nobody can tell what runs. Low: pushing comes first.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name  = "web"
    image = "acme/web:latest"
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
  }])
}
```

## Fix
Name the image by its digest.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


def _moves(image: object) -> bool:
    """Is this an image without a digest, under the tag that the newest one has?"""
    name = str(image).rpartition("/")[2]
    return image is not None and "@" not in name and (":" not in name or name.endswith(":latest"))


@check(kind="aws_ecs_task_definition", severity=Severity.LOW, topics=("supply-chain", "immutability"))
def task_image_moving(task: Resource, facts: Facts) -> Iterator[Bad]:
    """The image is named by the tag latest, or by no tag at all."""
    for at in elements(task, "containers"):
        wrong = test(task, *at, "image", when=_moves, says="its image is {value}")
        name = task.get(*at, "name")
        yield from bad_if(wrong, *at, "image", message=f"container {name} runs whatever was pushed last")
