"""Load balancer that answers the internet in the clear.

## What
A listener speaks HTTP and forwards. One that redirects to HTTPS, or answers with a fixed text, is quiet, and so is
one of an internal load balancer.

## Why
Everybody on the way reads and changes what people send and get. Medium: one has to be on the way.

## Bad
```hcl
resource "aws_lb" "web" {
  name = "web"

}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0a1b2c3d4e5f6071"
  }
}
```
```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Name: web
  Http:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn:
        Ref: Web
      Port: 80
      Protocol: HTTP
      DefaultActions:
      - Type: forward
        TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0a1b2c3d4e5f6071
```

## Good
```hcl
resource "aws_lb" "web" {
  name = "web"

}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
```
```hcl
resource "aws_lb" "web" {
  name     = "web"
  internal = true
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0a1b2c3d4e5f6071"
  }
}
```
```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Name: web}
  Http:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Web
      Port: 80
      Protocol: HTTP
      DefaultActions: [{Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: "443", StatusCode: HTTP_301}}]
```
```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Name: web
      Scheme: internal
  Http:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn:
        Ref: Web
      Port: 80
      Protocol: HTTP
      DefaultActions:
      - Type: forward
        TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0a1b2c3d4e5f6071
```

## Fix
Redirect to HTTPS.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-http-listener.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of, any_of, depends


@check(
    kind="aws_lb_listener",
    severity=Severity.MEDIUM,
    topics=("encryption-in-transit",),
    tools=("CKV_AWS_2", "AVD-AWS-0054"),
)
def listener_plain(listener: Resource, facts: Facts) -> Iterator[Bad]:
    """It speaks HTTP to the internet and forwards."""
    plain = test(listener, "protocol", when=lambda protocol: protocol == "HTTP", says="the listener speaks {value}")
    balancers = facts.attached(listener, "listens_for", "aws_lb")
    outside = any_of(
        test(one, "scheme", when=lambda scheme: scheme != "internal", says="the load balancer is {value}")
        for one in balancers
    )
    faces = outside if balancers else depends("the load balancer of the listener")
    forwards = any_of(
        test(listener, *at, "type", when=lambda type_: type_ == "forward", says="its action is {value}")
        for at in elements(listener, "actions")
    )
    yield from bad_if(
        all_of((plain, faces, forwards)), "protocol", message=f"port {listener.get('port')} answers in the clear"
    )
