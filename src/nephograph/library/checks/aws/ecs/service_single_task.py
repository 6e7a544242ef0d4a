"""ECS service of one task.

## What
One task is wanted. A service that says no number, or that a scaling policy may raise, says more elsewhere.

## Why
When that task or its zone fails, nothing answers. Low: it is a matter of uptime.

## Bad
```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "prod"
  task_definition = "web:7"
  desired_count   = 1
}
```

## Good
```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "prod"
  task_definition = "web:7"
  desired_count   = 2
}
```

## Fix
Run at least two tasks in two zones.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ecs_service", severity=Severity.LOW, topics=("high-availability",))
def service_single_task(service: Resource, facts: Facts) -> Iterator[Bad]:
    """One task is wanted."""
    wrong = test(service, "desired_count", when=lambda n: n == 1, says="its desired count is {value}")
    yield from bad_if(
        wrong,
        "desired_count",
        message=f"one task alone carries {service.label}",
    )
