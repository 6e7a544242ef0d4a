"""Classic load balancer that answers the internet in the clear.

## What
A listener of a load balancer on the internet speaks HTTP. It cannot redirect by itself; the program behind it may.

## Why
Everybody on the way reads and changes what people send and get. Medium: one has to be on the way.

## Bad
```hcl
resource "aws_elb" "web" {
  name    = "web"
  subnets = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
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
}
```
```hcl
resource "aws_elb" "web" {
  name     = "web"
  subnets  = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
  internal = true
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
  }
}
```

## Fix
Speak HTTPS; or move to an application load balancer, which redirects.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-https-load-balancers.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_elb", severity=Severity.MEDIUM, topics=("encryption-in-transit",))
def classic_listener_plain(balancer: Resource, facts: Facts) -> Iterator[Bad]:
    """It faces the internet, and a listener speaks HTTP."""
    outside = test(balancer, "scheme", when=lambda scheme: scheme != "internal", says="the load balancer is {value}")
    for at in elements(balancer, "listeners"):
        plain = test(
            balancer, *at, "protocol", when=lambda p: str(p).lower() == "http", says="a listener speaks {value}"
        )
        yield from bad_if(
            all_of((outside, plain)), *at, "protocol", message=f"{balancer.label} answers the internet in the clear"
        )
