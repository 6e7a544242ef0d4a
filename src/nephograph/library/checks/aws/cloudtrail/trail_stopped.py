"""Trail that records nothing.

## What
Logging of the trail is off.

## Why
A trail is there, and no record of anything. High: nobody can tell what was done, and it is the first thing an
intruder does.

## Bad
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "acme-trail"
  enable_logging = false
}
```

## Good
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "acme-trail"
  enable_logging = true
}
```
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "acme-trail"

}
```

## Fix
Turn logging on.

## References
- https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_cloudtrail", severity=Severity.HIGH, topics=("audit-logging",), tools=("CKV_AWS_251",))
def trail_stopped(trail: Resource, facts: Facts) -> Iterator[Bad]:
    """Logging of the trail is off."""
    wrong = test(trail, "logging", when=lambda on: on is False, says="enable_logging is {value}")
    yield from bad_if(
        wrong,
        "logging",
        message=f"trail {trail.label} records nothing",
        fix=set_field(trail, True, "logging", title="record again"),
    )
