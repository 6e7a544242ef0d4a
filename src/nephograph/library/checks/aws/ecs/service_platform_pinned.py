"""ECS service on a platform version that stands still.

## What
A Fargate service names a version of the platform that is older than 1.4.0.

## Why
New tasks start on a platform that AWS improves no more. Low: AWS patches what is dangerous.

## Bad
```hcl
resource "aws_ecs_service" "web" {
  name             = "web"
  cluster          = "prod"
  task_definition  = "web:7"
  launch_type      = "FARGATE"
  platform_version = "1.3.0"
}
```

## Good
```hcl
resource "aws_ecs_service" "web" {
  name             = "web"
  cluster          = "prod"
  task_definition  = "web:7"
  launch_type      = "FARGATE"
  platform_version = "LATEST"
}
```
```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "prod"
  task_definition = "web:7"
  launch_type     = "FARGATE"
}
```

## Fix
Name LATEST, or nothing.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ecs_service", severity=Severity.LOW, topics=("patching",), tools=("CKV_AWS_332",))
def service_platform_pinned(service: Resource, facts: Facts) -> Iterator[Bad]:
    """A Fargate service names a version of the platform that is older than 1.4.0."""
    wrong = test(
        service,
        "platform_version",
        when=lambda version: str(version) in ("1.0.0", "1.1.0", "1.2.0", "1.3.0"),
        says="platform_version is {value}",
    )
    yield from bad_if(
        wrong,
        "platform_version",
        message=f"{service.label} starts on an old platform",
        fix=set_field(service, "LATEST", "platform_version", title="start on the latest platform", safe=False),
    )
