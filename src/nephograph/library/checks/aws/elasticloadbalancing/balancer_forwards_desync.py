"""Load balancer that passes smuggled requests on.

## What
The mode against desynchronisation is monitor: requests that two servers read in two ways are logged and forwarded.
The default, defensive, is quiet.

## Why
One request hides another one behind it, past your rules and into somebody else's session. Medium: the server behind
has to take part.

## Bad
```hcl
resource "aws_lb" "web" {
  name                   = "web"
  desync_mitigation_mode = "monitor"
}
```

## Good
```hcl
resource "aws_lb" "web" {
  name                   = "web"
  desync_mitigation_mode = "strictest"
}
```
```hcl
resource "aws_lb" "web" {
  name = "web"

}
```

## Fix
Choose defensive or strictest.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#desync-mitigation-mode
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_lb", severity=Severity.MEDIUM, topics=("network-segmentation",), tools=("CKV_AWS_328",))
def balancer_forwards_desync(balancer: Resource, facts: Facts) -> Iterator[Bad]:
    """Load balancer that passes smuggled requests on."""
    wrong = test(
        balancer, "desync_mitigation", when=lambda mode: mode == "monitor", says="desync_mitigation_mode is {value}"
    )
    yield from bad_if(
        wrong,
        "desync_mitigation",
        message=f"{balancer.label} passes smuggled requests on",
        fix=set_field(balancer, "defensive", "desync_mitigation", title="turn such requests away"),
    )
