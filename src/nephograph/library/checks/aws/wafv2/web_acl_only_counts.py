"""Web ACL whose rules only count.

## What
The default action is to allow, and every rule counts what it finds instead of blocking it.

## Why
What it finds gets in all the same. Medium: what is behind still decides; counting is right while rules are tried.

## Bad
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
      count {}
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
          Action: {Count: {}}
          Statement: {RateBasedStatement: {Limit: 2000, AggregateKeyType: IP}}
          VisibilityConfig: {CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: limit}
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

## Fix
Let rules that were tried block.

## References
- https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-testing.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_wafv2_web_acl", severity=Severity.MEDIUM, topics=("public-exposure",))
def web_acl_only_counts(acl: Resource, facts: Facts) -> Iterator[Bad]:
    """No rule blocks."""
    open_ = test(acl, "default_action", when=lambda action: action == "allow", says="its default action is {value}")
    places = list(elements(acl, "rules"))
    if not places:
        return
    count = all_of(
        test(acl, *at, "action", when=lambda action: action == "count", says="a rule only counts") for at in places
    )
    yield from bad_if(all_of((open_, count)), "rules", message=f"rules of web ACL {acl.label} only count")
