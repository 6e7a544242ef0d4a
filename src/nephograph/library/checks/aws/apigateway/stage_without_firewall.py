"""REST API stage without a web application firewall.

## What
No web ACL that is seen here is associated with the stage.

## Why
Nothing looks into requests before they reach the program. Low: the program still decides.

## Bad
```hcl
resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1e2f3"
  stage_name    = "prod"

}
```

## Good
```hcl
resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1e2f3"
  stage_name    = "prod"

}

resource "aws_wafv2_web_acl" "api" {
  name  = "api"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "api"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "api" {
  resource_arn = aws_api_gateway_stage.prod.arn
  web_acl_arn  = aws_wafv2_web_acl.api.arn
}
```

## Fix
Associate a web ACL.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_api_gateway_stage", severity=Severity.LOW, topics=("public-exposure",), tools=("CKV2_AWS_29",))
def stage_without_firewall(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """No web ACL protects it."""
    if facts.holders(stage, "protected_by") or facts.attached(stage, "protected_by"):
        return
    none = unset(stage, "web_acl", says="its web ACL is {value}")
    yield from bad_if(none, message=f"no firewall looks into requests to stage {stage.label}")
