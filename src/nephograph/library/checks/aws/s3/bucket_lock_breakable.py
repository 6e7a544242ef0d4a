"""S3 bucket whose object lock some may break.

## What
The default retention is in governance mode: who has `s3:BypassGovernanceRetention` deletes all the same.

## Why
An attacker with that permission ends records and backups. Info: governance may be what is wanted.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket              = "acme-data"
  object_lock_enabled = true
}
resource "aws_s3_bucket_object_lock_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = 30
    }
  }
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
Use compliance mode for what nobody may delete.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_s3_bucket", severity=Severity.INFO, topics=("immutability",))
def bucket_lock_breakable(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket whose object lock some may break."""
    bad = test(bucket, "object_lock", "mode", when=lambda mode: mode == "GOVERNANCE", says="its mode is {value}")
    yield from bad_if(bad, "object_lock", "mode", message=f"some may break the object lock of {bucket.label}")
