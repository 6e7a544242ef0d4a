"""Log group that keeps everything for ever.

## What
No retention is set.

## Why
It is paid for ever, and what it tells of people is kept longer than it may be. Info: it costs money.

## Bad
```hcl
resource "aws_cloudwatch_log_group" "app" {
  name = "/app/web"

}
```

## Good
```hcl
resource "aws_cloudwatch_log_group" "app" {
  name              = "/app/web"
  retention_in_days = 400
}
```

## Fix
Set a retention.

## References
- https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_cloudwatch_log_group",
    severity=Severity.INFO,
    topics=("cost", "data-retention", "log-retention"),
    tools=("CKV_AWS_66",),
)
def group_endless(group: Resource, facts: Facts) -> Iterator[Bad]:
    """No retention is set."""
    wrong = test(group, "retention_days", when=lambda days: days == 0, says="retention is {value}")
    yield from bad_if(
        wrong,
        "retention_days",
        message=f"{group.label} keeps everything for ever",
    )
