"""Classic load balancer that stays within a zone.

## What
Cross-zone balancing is off. In Terraform it is on when nothing is said, in CloudFormation it is off.

## Why
When the instances of one zone fail, its share of the clients is turned away. Low: it is a matter of uptime.

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
  cross_zone_load_balancing = false
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
  cross_zone_load_balancing = true
}
```

## Fix
Turn cross-zone balancing on.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-disable-crosszone-lb.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_elb", severity=Severity.LOW, topics=("high-availability",), tools=("CKV_AWS_138",))
def classic_zones_apart(balancer: Resource, facts: Facts) -> Iterator[Bad]:
    """Cross-zone balancing is off."""
    wrong = test(balancer, "cross_zone", when=lambda on: on is False, says="cross-zone balancing is {value}")
    yield from bad_if(
        wrong,
        "cross_zone",
        message=f"{balancer.label} stays within a zone",
        fix=set_field(balancer, True, "cross_zone", title="balance across zones", safe=False),
    )
