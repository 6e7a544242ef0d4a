"""ECS task that shares the memory of its host.

## What
The task's namespace for shared memory and semaphores is that of the host.

## Why
Its containers read and write what other programs of the instance share. Low: few programs share secrets that way.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family   = "web"
  ipc_mode = "host"
  container_definitions = jsonencode([{
    name  = "web"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
  }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family   = "web"
  ipc_mode = "none"
  container_definitions = jsonencode([{
    name  = "web"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
  }])
}
```

## Fix
Leave the mode out.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ecs_task_definition", severity=Severity.LOW, topics=("workload-isolation",))
def task_host_memory(task: Resource, facts: Facts) -> Iterator[Bad]:
    """The task's namespace for shared memory and semaphores is that of the host."""
    wrong = test(task, "ipc_mode", when=lambda mode: mode == "host", says="ipc_mode is {value}")
    yield from bad_if(
        wrong,
        "ipc_mode",
        message=f"task {task.label} shares memory with its host",
        fix=set_field(task, "none", "ipc_mode", title="share no memory", safe=False),
    )
