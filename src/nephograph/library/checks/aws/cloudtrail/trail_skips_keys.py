"""Trail that leaves the use of keys out.

## What
A selector excludes the events of KMS (or of the RDS Data API).

## Why
Who decrypted what cannot be told. Medium: it hides an intruder; it saves money.

## Bad
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "acme-trail"
  event_selector {
    include_management_events        = true
    read_write_type                  = "All"
    exclude_management_event_sources = ["kms.amazonaws.com"]
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
      EventSelectors: [{ReadWriteType: All, ExcludeManagementEventSources: [kms.amazonaws.com]}]
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

## Fix
Exclude nothing.

## References
- https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html
"""

from collections.abc import Iterator

from nephograph.library.absence import given
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_cloudtrail", severity=Severity.MEDIUM, topics=("audit-logging",))
def trail_skips_keys(trail: Resource, facts: Facts) -> Iterator[Bad]:
    """A selector excludes a source."""
    for at in elements(trail, "selectors"):
        for which in elements(trail, *at, "excluded_sources"):
            skips = given(trail, *which, says="it excludes {value}")
            yield from bad_if(skips, *which, message=f"trail {trail.label} leaves the use of a service out")
