"""Trail that leaves management events out.

## What
Event selectors are named, and none of them takes management events. A trail with advanced selectors is another matter
and is quiet.

## Why
Who created, changed or opened what is not recorded by this trail. Medium: another trail may.

## Bad
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "acme-trail"
  event_selector {
    include_management_events = false
    read_write_type           = "All"
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}
```
```yaml
Resources:
  Main:
    Type: AWS::CloudTrail::Trail
    Properties:
      TrailName: main
      S3BucketName: acme-trail
      IsLogging: true
      EventSelectors: [{IncludeManagementEvents: false, ReadWriteType: All}]
```

## Good
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "acme-trail"
  event_selector {
    include_management_events = true
    read_write_type           = "All"
  }
}
```
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "acme-trail"

}
```
```yaml
Resources:
  Main:
    Type: AWS::CloudTrail::Trail
    Properties:
      TrailName: main
      S3BucketName: acme-trail
      IsLogging: true
      EventSelectors: [{IncludeManagementEvents: true, ReadWriteType: All}]
```
```yaml
Resources:
  Main:
    Type: AWS::CloudTrail::Trail
    Properties:
      TrailName: main
      S3BucketName: acme-trail
      IsLogging: true
```

## Fix
Take management events as well.

## References
- https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_cloudtrail", severity=Severity.MEDIUM, topics=("audit-logging",))
def trail_without_management_events(trail: Resource, facts: Facts) -> Iterator[Bad]:
    """No selector takes management events."""
    places = list(elements(trail, "selectors"))
    if not places or trail.get("advanced_selectors") not in (None, []):
        return
    none = all_of(
        test(trail, *at, "management", when=lambda on: on is False, says="management events are {value}")
        for at in places
    )
    yield from bad_if(none, "selectors", message=f"trail {trail.label} leaves management events out")
