"""Auto Scaling group that never has a second instance.

## What
The group may hold one instance at most.

## Why
While it is replaced nothing answers. Info: for a bastion or a single worker it is right.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name               = "web"
  max_size           = 1
  min_size           = 1
  availability_zones = ["eu-west-1a", "eu-west-1b"]
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name               = "web"
  max_size           = 2
  min_size           = 1
  availability_zones = ["eu-west-1a", "eu-west-1b"]
}
```

## Fix
Let it have two.

## References
- https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_autoscaling_group", severity=Severity.INFO, topics=("high-availability",))
def group_single_instance(group: Resource, facts: Facts) -> Iterator[Bad]:
    """The group may hold one instance at most."""
    wrong = test(group, "max_size", when=lambda n: n == 1, says="its largest size is {value}")
    yield from bad_if(
        wrong,
        "max_size",
        message=f"group {group.label} never has a second instance",
    )
