"""Load balancer that one call deletes.

## What
Deletion protection is off.

## Why
A wrong destroy takes the front door away, and its name with it. Low: it takes a right of yours.

## Bad
```hcl
resource "aws_lb" "web" {
  name = "web"

}
```

## Good
```hcl
resource "aws_lb" "web" {
  name                       = "web"
  enable_deletion_protection = true
}
```

## Fix
Turn deletion protection on.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_lb", severity=Severity.LOW, topics=("deletion-protection",), tools=("CKV_AWS_150",))
def balancer_deletable(balancer: Resource, facts: Facts) -> Iterator[Bad]:
    """Deletion protection is off."""
    wrong = test(balancer, "deletion_protection", when=lambda on: on is not True, says="deletion_protection is {value}")
    yield from bad_if(
        wrong,
        "deletion_protection",
        message=f"one call deletes {balancer.label}",
        fix=set_field(balancer, True, "deletion_protection", title="protect it from deletion"),
    )
