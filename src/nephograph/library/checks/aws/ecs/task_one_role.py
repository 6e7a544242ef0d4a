"""ECS task whose containers have the role that starts them.

## What
The task role and the execution role are one.

## Why
The program can then do what only the agent has to: read every secret of the task and pull every image. Low: it is
what the role allows that counts.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family             = "web"
  task_role_arn      = "arn:aws:iam::111122223333:role/web"
  execution_role_arn = "arn:aws:iam::111122223333:role/web"
  container_definitions = jsonencode([{
    name  = "web"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
  }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family             = "web"
  task_role_arn      = "arn:aws:iam::111122223333:role/web"
  execution_role_arn = "arn:aws:iam::111122223333:role/web-start"
  container_definitions = jsonencode([{
    name  = "web"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
  }])
}
```

## Fix
Give the agent a role of its own.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown


@check(
    kind="aws_ecs_task_definition",
    severity=Severity.LOW,
    topics=("least-privilege", "workload-identity"),
    tools=("CKV_AWS_249",),
)
def task_one_role(task: Resource, facts: Facts) -> Iterator[Bad]:
    """Both roles are named, and they are one."""
    role, starts = task.get("task_role"), task.get("execution_role")
    if role is None or is_unknown(starts):
        return
    same = test(task, "task_role", when=lambda one: one == starts, says="its task role and execution role are {value}")
    yield from bad_if(same, "task_role", message=f"containers of {task.label} have the role that starts them")
