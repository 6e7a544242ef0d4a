"""Search domain without an audit log.

## What
The domain publishes no audit log.

## Why
Who searched for what, and who failed to log in, is not to be found later. Low: it lets nobody in.

## Bad
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
}
```
```yaml
Resources:
  Logs:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainName: logs
```

## Good
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:search"
  }
}
```
```yaml
Resources:
  Logs:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainName: logs
      LogPublishingOptions:
        AUDIT_LOGS: {CloudWatchLogsLogGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:search", Enabled: true}
```

## Fix
Publish the audit log (it needs fine-grained access control).

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/audit-logs.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_opensearch_domain",
    severity=Severity.LOW,
    topics=("audit-logging",),
    tools=("CKV_AWS_317", "AVD-AWS-0042"),
)
def domain_unaudited(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain without an audit log."""
    bad = test(
        domain,
        "log_exports",
        when=lambda logs: "AUDIT_LOGS" not in [str(log).upper() for log in logs or ()],
        says="the published logs are {value}",
    )
    yield from bad_if(bad, "log_exports", message=f"domain {domain.label} has no audit log")
