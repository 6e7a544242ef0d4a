"""S3 bucket whose object lock holds nothing by itself.

## What
Object lock is on, and no default retention is set: only objects that are uploaded with one are held.

## Why
Whoever relies on the lock finds objects deleted that no uploader held. Low: it lets nobody in.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket              = "acme-data"
  object_lock_enabled = true
}
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket              = "acme-data"
  object_lock_enabled = true
}
resource "aws_s3_bucket_object_lock_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 30
    }
  }
}
```
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
```

## Fix
Set a default retention.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("immutability",))
def bucket_lock_without_default(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket whose object lock holds nothing by itself."""
    given = test(bucket, "object_lock", "enabled", when=lambda on: on is True, says="enabled is {value}")
    bad = test(bucket, "object_lock", "mode", when=lambda mode: mode is None, says="its default retention is {value}")
    yield from bad_if(
        all_of((given, bad)), "object_lock", "mode", message=f"object lock of {bucket.label} holds nothing by itself"
    )
