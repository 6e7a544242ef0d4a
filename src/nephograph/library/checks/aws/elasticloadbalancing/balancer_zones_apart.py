"""Network load balancer that stays within a zone.

## What
Cross-zone balancing of a network or gateway load balancer is off, which is what AWS does when nothing is said. An
application load balancer always has it.

## Why
When the targets of one zone fail, its share of the clients is turned away. Low: it is a matter of uptime, and traffic
between zones costs money.

## Bad
```hcl
resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "network"
}
```

## Good
```hcl
resource "aws_lb" "web" {
  name                             = "web"
  load_balancer_type               = "network"
  enable_cross_zone_load_balancing = true
}
```
```hcl
resource "aws_lb" "web" {
  name = "web"

}
```

## Fix
Turn cross-zone balancing on.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-load-balancer-attributes.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_lb", severity=Severity.LOW, topics=("high-availability",), tools=("CKV_AWS_152",))
def balancer_zones_apart(balancer: Resource, facts: Facts) -> Iterator[Bad]:
    """Network load balancer that stays within a zone."""
    applies = test(balancer, "type", when=lambda t: t in ("network", "gateway"), says="it is a {value} load balancer")
    wrong = test(balancer, "cross_zone", when=lambda on: on is not True, says="cross-zone balancing is {value}")
    yield from bad_if(
        all_of((applies, wrong)),
        "cross_zone",
        message=f"{balancer.label} stays within a zone",
        fix=set_field(balancer, True, "cross_zone", title="balance across zones", safe=False),
    )
