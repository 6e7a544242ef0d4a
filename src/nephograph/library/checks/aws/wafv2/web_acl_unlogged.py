"""Web ACL that keeps no log.

## What
No logging configuration names the web ACL.

## Why
What was blocked, and what should have been, cannot be told. Low: it hides things and opens none.

## Bad
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

## Good
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

resource "aws_wafv2_web_acl_logging_configuration" "web" {
  resource_arn            = aws_wafv2_web_acl.web.arn
  log_destination_configs = ["arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-web"]
}
```

## Fix
Log to CloudWatch Logs, S3 or Firehose.

## References
- https://docs.aws.amazon.com/waf/latest/developerguide/logging.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_wafv2_web_acl", severity=Severity.LOW, topics=("access-logging",), tools=("CKV2_AWS_31",))
def web_acl_unlogged(acl: Resource, facts: Facts) -> Iterator[Bad]:
    """No destination for its log is named."""
    none = unset(acl, "log_destinations", says="its log destinations are {value}")
    yield from bad_if(none, "log_destinations", message=f"web ACL {acl.label} keeps no log")
