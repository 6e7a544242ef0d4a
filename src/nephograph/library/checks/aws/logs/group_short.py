"""Log group that forgets within a month.

## What
The retention is shorter than 30 days.

## Why
When a break-in is noticed, its beginning is gone: that takes weeks on average. Low: it hides things and opens none.

## Bad
```hcl
resource "aws_cloudwatch_log_group" "app" {
  name              = "/app/web"
  retention_in_days = 7
}
```

## Good
```hcl
resource "aws_cloudwatch_log_group" "app" {
  name              = "/app/web"
  retention_in_days = 90
}
```
```hcl
resource "aws_cloudwatch_log_group" "app" {
  name = "/app/web"

}
```

## Fix
Keep what tells of access for a year.

## References
- https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
"""

from collections.abc import Iterator

from nephograph.library.absence import is_anything
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_cloudwatch_log_group", severity=Severity.LOW, topics=("log-retention",), tools=("CKV_AWS_338",))
def group_short(group: Resource, facts: Facts) -> Iterator[Bad]:
    """The retention is shorter than 30 days."""
    if is_anything(group, "retention_days"):
        return  # asked about by aws-logs-group-endless
    wrong = test(
        group, "retention_days", when=lambda days: days is not None and 0 < days < 30, says="retention is {value} days"
    )
    yield from bad_if(
        wrong,
        "retention_days",
        message=f"{group.label} forgets within a month",
    )
