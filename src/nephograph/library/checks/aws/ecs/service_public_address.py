"""ECS service whose tasks have public addresses.

## What
The service gives each of its tasks a public address.

## Why
Only the security group stands between a task and the internet. Medium: one wrong rule opens it.

## Bad
```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "prod"
  task_definition = "web:7"
  network_configuration {
    subnets          = ["subnet-0a1b2c3d"]
    assign_public_ip = true
  }
}
```

## Good
```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "prod"
  task_definition = "web:7"
  network_configuration {
    subnets          = ["subnet-0a1b2c3d"]
    assign_public_ip = false
  }
}
```

## Fix
Run the tasks in private subnets behind a load balancer; reach AWS through endpoints or a NAT gateway.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_ecs_service",
    severity=Severity.MEDIUM,
    topics=("network-segmentation", "public-exposure"),
    tools=("CKV_AWS_333",),
)
def service_public_address(service: Resource, facts: Facts) -> Iterator[Bad]:
    """The service gives each of its tasks a public address."""
    wrong = test(service, "public_ip", when=lambda on: on is True, says="assign_public_ip is {value}")
    yield from bad_if(
        wrong,
        "public_ip",
        message=f"tasks of {service.label} have public addresses",
        fix=set_field(service, False, "public_ip", title="give the tasks no public address", safe=False),
    )
