"""Load balancer in a single zone.

## What
One subnet is named. (An application load balancer asks for two; the others do not.)

## Why
When the zone fails nothing answers. Low: it is a matter of uptime.

## Bad
```hcl
resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "network"
  subnets            = ["subnet-0a1b2c3d"]
}
```

## Good
```hcl
resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "network"
  subnets            = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
}
```

## Fix
Name subnets of two zones or more.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/network/availability-zones.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_lb", severity=Severity.LOW, topics=("high-availability",))
def balancer_single_zone(balancer: Resource, facts: Facts) -> Iterator[Bad]:
    """One subnet is named."""
    wrong = test(balancer, "subnets", when=lambda subnets: len(subnets or ()) == 1, says="its subnets are {value}")
    yield from bad_if(
        wrong,
        "subnets",
        message=f"{balancer.label} stands in a single zone",
    )
