"""Trail of a single region.

## What
The trail records the region it is in and no other.

## Why
Whoever works in another region leaves no record, and intruders choose such ones. Medium: it hides them.

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
  name                  = "main"
  s3_bucket_name        = "acme-trail"
  is_multi_region_trail = true
}
```

## Fix
Record all regions.

## References
- https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-multi-region-trails.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_cloudtrail", severity=Severity.MEDIUM, topics=("audit-logging",), tools=("CKV_AWS_67", "AVD-AWS-0014"))
def trail_single_region(trail: Resource, facts: Facts) -> Iterator[Bad]:
    """The trail records the region it is in and no other."""
    wrong = test(trail, "multi_region", when=lambda on: on is not True, says="is_multi_region_trail is {value}")
    yield from bad_if(
        wrong,
        "multi_region",
        message=f"trail {trail.label} records a single region",
        fix=set_field(trail, True, "multi_region", title="record all regions"),
    )
