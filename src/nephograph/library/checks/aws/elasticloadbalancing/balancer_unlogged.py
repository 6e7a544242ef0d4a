"""Load balancer that keeps no access log.

## What
Access logs are off. A gateway load balancer has none and is quiet.

## Why
Who asked for what, and when, cannot be told after an attack. Low: it hides things and opens none.

## Bad
```hcl
resource "aws_lb" "web" {
  name = "web"

}
```

## Good
```hcl
resource "aws_lb" "web" {
  name = "web"
  access_logs {
    bucket  = "acme-logs"
    enabled = true
  }
}
```
```hcl
resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "gateway"
}
```

## Fix
Send access logs to a bucket.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_lb", severity=Severity.LOW, topics=("access-logging",), tools=("CKV_AWS_91",))
def balancer_unlogged(balancer: Resource, facts: Facts) -> Iterator[Bad]:
    """Access logs are off."""
    applies = test(balancer, "type", when=lambda type_: type_ != "gateway", says="it is an {value} load balancer")
    wrong = test(balancer, "access_logs", "enabled", when=lambda on: on is not True, says="access logs are {value}")
    yield from bad_if(
        all_of((applies, wrong)),
        "access_logs",
        "enabled",
        message=f"requests to {balancer.label} leave no log",
    )
