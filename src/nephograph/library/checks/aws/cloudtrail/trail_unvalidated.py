"""Trail whose files can be changed unnoticed.

## What
Validation of log files is off.

## Why
Nobody can prove that a record was not changed or taken away. Low: one has to be able to write to the bucket.

## Bad
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "acme-trail"

}
```

## Good
```hcl
resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = "acme-trail"
  enable_log_file_validation = true
}
```

## Fix
Turn validation on.

## References
- https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_cloudtrail",
    severity=Severity.LOW,
    topics=("audit-logging", "immutability"),
    tools=("CKV_AWS_36", "AVD-AWS-0016"),
)
def trail_unvalidated(trail: Resource, facts: Facts) -> Iterator[Bad]:
    """Validation of log files is off."""
    wrong = test(trail, "validation", when=lambda on: on is not True, says="enable_log_file_validation is {value}")
    yield from bad_if(
        wrong,
        "validation",
        message=f"files of trail {trail.label} can be changed unnoticed",
        fix=set_field(trail, True, "validation", title="sign the files"),
    )
