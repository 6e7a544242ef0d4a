"""Web ACL that lets everything through.

## What
The default action is to allow, and there is no rule. An ACL that blocks by default is quiet.

## Why
A firewall is on the plan, and every request passes. Medium: what is behind still decides.

## Bad
```hcl
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
```
```yaml
Resources:
  Web:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: web
      Scope: REGIONAL
      DefaultAction: {Allow: {}}
      VisibilityConfig: {CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: web}
```

## Good
```hcl
resource "aws_wafv2_web_acl" "web" {
  name  = "web"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "limit"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit              = 2000
        aggregate_key_type = "IP"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "web"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "web"
    sampled_requests_enabled   = true
  }
}
```
```hcl
resource "aws_wafv2_web_acl" "web" {
  name  = "web"
  scope = "REGIONAL"
  default_action {
    block {}
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "web"
    sampled_requests_enabled   = true
  }
}
```
```yaml
Resources:
  Web:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: web
      Scope: REGIONAL
      DefaultAction: {Allow: {}}
      VisibilityConfig: {CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: web}
      Rules:
        - Name: limit
          Priority: 1
          Action: {Block: {}}
          Statement: {RateBasedStatement: {Limit: 2000, AggregateKeyType: IP}}
          VisibilityConfig: {CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: limit}
```
```yaml
Resources:
  Web:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: web
      Scope: REGIONAL
      DefaultAction: {Block: {}}
      VisibilityConfig: {CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: web}
```

## Fix
Add rules: AWS's managed groups are a beginning.

## References
- https://docs.aws.amazon.com/waf/latest/developerguide/waf-rules.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_wafv2_web_acl", severity=Severity.MEDIUM, topics=("public-exposure",), tools=("CKV_AWS_175",))
def web_acl_without_rules(acl: Resource, facts: Facts) -> Iterator[Bad]:
    """It allows by default and has no rule."""
    open_ = test(acl, "default_action", when=lambda action: action == "allow", says="its default action is {value}")
    bare = unset(acl, "rules", says="its rules are {value}")
    yield from bad_if(all_of((open_, bare)), "rules", message=f"web ACL {acl.label} lets everything through")
