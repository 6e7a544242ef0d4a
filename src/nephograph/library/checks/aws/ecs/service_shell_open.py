"""ECS service that lets people run commands in its tasks.

## What
ECS Exec is enabled for the service.

## Why
Whoever has ecs:ExecuteCommand is inside with the task's role. Low: it takes that right, and the session can be
logged.

## Bad
```hcl
resource "aws_ecs_service" "web" {
  name                   = "web"
  cluster                = "prod"
  task_definition        = "web:7"
  enable_execute_command = true
}
```

## Good
```hcl
resource "aws_ecs_service" "web" {
  name                   = "web"
  cluster                = "prod"
  task_definition        = "web:7"
  enable_execute_command = false
}
```

## Fix
Turn it off where nobody has to look inside.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ecs_service", severity=Severity.LOW, topics=("least-privilege",))
def service_shell_open(service: Resource, facts: Facts) -> Iterator[Bad]:
    """ECS Exec is enabled for the service."""
    wrong = test(service, "exec", when=lambda on: on is True, says="enable_execute_command is {value}")
    yield from bad_if(
        wrong,
        "exec",
        message=f"people may run commands in tasks of {service.label}",
        fix=set_field(service, False, "exec", title="let nobody run commands", safe=False),
    )
