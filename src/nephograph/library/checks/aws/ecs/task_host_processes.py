"""ECS task that shares the processes of its host.

## What
The task's process namespace is that of the host.

## Why
Its containers see every process of the instance and, as root, their memory and environment. Medium: somebody has to
run code in it first.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family   = "web"
  pid_mode = "host"
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
  pid_mode = "task"
  container_definitions = jsonencode([{
    name  = "web"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
  }])
}
```

## Fix
Leave the process mode out.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ecs_task_definition", severity=Severity.MEDIUM, topics=("workload-isolation",), tools=("CKV_AWS_335",))
def task_host_processes(task: Resource, facts: Facts) -> Iterator[Bad]:
    """The task's process namespace is that of the host."""
    wrong = test(task, "pid_mode", when=lambda mode: mode == "host", says="pid_mode is {value}")
    yield from bad_if(
        wrong,
        "pid_mode",
        message=f"task {task.label} sees the processes of its host",
        fix=set_field(task, "task", "pid_mode", title="share processes inside the task only", safe=False),
    )
