"""Application load balancer on the internet without a web application firewall.

## What
The load balancer faces the internet and no web ACL that is seen here is associated with it.

## Why
Nothing looks into requests before they reach the program. Low: the program still decides.

## Bad
```hcl
resource "aws_lb" "web" {
  name = "web"

}
```

## Good
```hcl
resource "aws_lb" "web" {
  name     = "web"
  internal = true
}
```
```hcl
resource "aws_lb" "web" {
  name = "web"

}

resource "aws_wafv2_web_acl" "web" {
  name  = "web"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "web"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "web" {
  resource_arn = aws_lb.web.arn
  web_acl_arn  = aws_wafv2_web_acl.web.arn
}
```

## Fix
Associate a web ACL.

## References
- https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_lb", severity=Severity.LOW, topics=("public-exposure",), tools=("CKV2_AWS_28",))
def balancer_without_firewall(balancer: Resource, facts: Facts) -> Iterator[Bad]:
    """It faces the internet, and no web ACL protects it."""
    faces = all_of(
        (
            test(balancer, "type", when=lambda type_: type_ == "application", says="it is an {value} load balancer"),
            test(balancer, "scheme", when=lambda scheme: scheme != "internal", says="it is {value}"),
        )
    )
    if facts.holders(balancer, "protected_by") or facts.attached(balancer, "protected_by"):
        return
    yield from bad_if(faces, message=f"no firewall looks into requests to {balancer.label}")
