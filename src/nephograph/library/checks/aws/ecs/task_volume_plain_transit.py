"""ECS task that reads EFS in the clear.

## What
A volume of the task is an EFS file system and encryption in transit is not enabled for it.

## Why
Files cross the network as they are. Medium: somebody has to be in the network.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "acme/web@sha256:2f5b" }])
  volume {
    name = "data"
    efs_volume_configuration {
      file_system_id = "fs-0a1b2c3d"
    }
  }
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "acme/web@sha256:2f5b" }])
  volume {
    name = "data"
    efs_volume_configuration {
      file_system_id     = "fs-0a1b2c3d"
      transit_encryption = "ENABLED"
    }
  }
}
```

## Fix
Enable encryption in transit.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
"""

from collections.abc import Iterator

from nephograph.library.absence import given
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_ecs_task_definition",
    severity=Severity.MEDIUM,
    topics=("encryption-in-transit",),
    tools=("CKV_AWS_97", "AVD-AWS-0037"),
)
def task_volume_plain_transit(task: Resource, facts: Facts) -> Iterator[Bad]:
    """A volume names a file system and does not encrypt the way to it."""
    for at in elements(task, "volumes"):
        mounts = given(task, *at, "file_system", says="it mounts {value}")
        plain = test(task, *at, "transit_encryption", when=lambda on: on != "ENABLED", says="its encryption is {value}")
        yield from bad_if(
            all_of((mounts, plain)), *at, "transit_encryption", message=f"task {task.label} reads files in the clear"
        )
