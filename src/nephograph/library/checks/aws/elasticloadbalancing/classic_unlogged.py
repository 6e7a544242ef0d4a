"""Classic load balancer that keeps no access log.

## What
Access logs are off.

## Why
Who asked for what, and when, cannot be told after an attack. Low: it hides things and opens none.

## Bad
```hcl
resource "aws_elb" "web" {
  name    = "web"
  subnets = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 8443
    instance_protocol  = "https"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/0d1e2f3a"
  }
}
```

## Good
```hcl
resource "aws_elb" "web" {
  name    = "web"
  subnets = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 8443
    instance_protocol  = "https"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/0d1e2f3a"
  }
  access_logs {
    bucket = "acme-logs"
  }
}
```

## Fix
Send access logs to a bucket.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-access-logs.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elb", severity=Severity.LOW, topics=("access-logging",), tools=("CKV_AWS_92",))
def classic_unlogged(balancer: Resource, facts: Facts) -> Iterator[Bad]:
    """Access logs are off."""
    wrong = test(balancer, "access_logs", "enabled", when=lambda on: on is not True, says="access logs are {value}")
    yield from bad_if(
        wrong,
        "access_logs",
        "enabled",
        message=f"requests to {balancer.label} leave no log",
    )
