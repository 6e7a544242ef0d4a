"""Classic load balancer that cuts requests off.

## What
Connection draining is off: an instance that is taken out loses the requests it is answering.

## Why
Each deployment fails for somebody. Low: it is a matter of uptime.

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
  connection_draining = true
}
```

## Fix
Turn connection draining on.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-conn-drain.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elb", severity=Severity.LOW, topics=("high-availability",))
def classic_cuts_connections(balancer: Resource, facts: Facts) -> Iterator[Bad]:
    """Connection draining is off: an instance that is taken out loses the requests it is answering."""
    wrong = test(balancer, "connection_draining", when=lambda on: on is not True, says="connection draining is {value}")
    yield from bad_if(
        wrong,
        "connection_draining",
        message=f"{balancer.label} cuts requests off",
        fix=set_field(balancer, True, "connection_draining", title="let requests end"),
    )
