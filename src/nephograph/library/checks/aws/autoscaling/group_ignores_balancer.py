"""Auto Scaling group that keeps instances its load balancer has given up.

## What
The group is behind a load balancer and asks EC2 alone whether its instances are healthy.

## Why
An instance that runs and answers nothing is never replaced. Low: it is a matter of uptime.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name              = "web"
  max_size          = 4
  min_size          = 2
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0a1b2c3d4e5f6071"]
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name              = "web"
  max_size          = 4
  min_size          = 2
  health_check_type = "ELB"
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0a1b2c3d4e5f6071"]
}
```
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  max_size = 4
  min_size = 2

}
```

## Fix
Set the health check type to ELB.

## References
- https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of, any_of


@check(kind="aws_autoscaling_group", severity=Severity.LOW, topics=("high-availability", "monitoring"))
def group_ignores_balancer(group: Resource, facts: Facts) -> Iterator[Bad]:
    """A load balancer is named and is not asked."""
    behind = any_of(
        test(group, name, when=bool, says="it is behind a load balancer")
        for name in ("target_groups", "classic_load_balancers")
    )
    blind = test(group, "health_check_type", when=lambda type_: type_ == "EC2", says="its health check is {value}")
    yield from bad_if(
        all_of((behind, blind)),
        "health_check_type",
        message=f"group {group.label} keeps instances that answer nothing",
        fix=set_field(group, "ELB", "health_check_type", title="ask the load balancer as well", safe=False),
    )
