"""Auto Scaling group in a single zone.

## What
The group names one subnet, or one zone.

## Why
When the zone fails there is nowhere to start another instance. Low: it is a matter of uptime.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name                = "web"
  max_size            = 4
  min_size            = 2
  vpc_zone_identifier = ["subnet-0a1b2c3d"]
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name                = "web"
  max_size            = 4
  min_size            = 2
  vpc_zone_identifier = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
}
```
```hcl
resource "aws_autoscaling_group" "web" {
  name               = "web"
  max_size           = 4
  min_size           = 2
  availability_zones = ["eu-west-1a", "eu-west-1b"]
}
```

## Fix
Name subnets of two zones or more.

## References
- https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_autoscaling_group", severity=Severity.LOW, topics=("high-availability",))
def group_single_zone(group: Resource, facts: Facts) -> Iterator[Bad]:
    """One place alone is named."""
    field = "availability_zones" if group.get("subnets") is None else "subnets"
    one = test(group, field, when=lambda places: len(places or ()) == 1, says="its places are {value}")
    yield from bad_if(one, field, message=f"group {group.label} stands in a single zone")
