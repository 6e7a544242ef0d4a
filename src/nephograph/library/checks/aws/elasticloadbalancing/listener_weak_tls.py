"""Load balancer listener that speaks TLS older than 1.2.

## What
The listener's security policy admits TLS 1.0 or 1.1 (so does the policy that AWS takes when none is named).

## Why
Old versions fall to known attacks, and audits fail over them.

## Bad
```hcl
resource "aws_lb" "web" {
  name = "web"
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-2016-08"
  default_action {
    type = "forward"
  }
}
```
```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Name: web}
  Https:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Web
      Port: 443
      Protocol: HTTPS
      SslPolicy: ELBSecurityPolicy-2016-08
      DefaultActions: [{Type: forward}]
```

## Good
```hcl
resource "aws_lb" "web" {
  name = "web"
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  default_action {
    type = "forward"
  }
}
```
```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Name: web}
  Https:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Web
      Port: 443
      Protocol: HTTPS
      SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
      DefaultActions: [{Type: forward}]
```

## Fix
Name a policy that starts at TLS 1.2.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
"""

import re
from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of

# By the names of AWS's predefined policies: the ones that start at TLS 1.2 or 1.3 say so in their names.
_MODERN = re.compile(r"TLS13-1-[23]|TLS-1-2|FS-1-2")
_BEST = "ELBSecurityPolicy-TLS13-1-2-2021-06"


@check(
    kind="aws_lb_listener",
    severity=Severity.MEDIUM,
    topics=("encryption-in-transit",),
    tools=("CKV_AWS_103", "AVD-AWS-0047"),
)
def listener_weak_tls(listener: Resource, facts: Facts) -> Iterator[Bad]:
    """An HTTPS or TLS listener whose policy is not one of the modern ones."""
    speaks = test(listener, "protocol", when=lambda p: p in ("HTTPS", "TLS"), says="the listener speaks {value}")
    weak = test(
        listener,
        "ssl_policy",
        when=lambda name: name is None or not _MODERN.search(str(name)),
        says="its security policy is {value}",
    )
    yield from bad_if(
        all_of((speaks, weak)),
        "ssl_policy",
        message=f"the listener on port {listener.get('port')} admits TLS older than 1.2",
        fix=set_field(listener, _BEST, "ssl_policy", title="start at TLS 1.2"),
    )
