"""S3 bucket whose old versions go without a second factor.

## What
Versioning is on, and deleting a version asks for no second factor (MFA delete); object lock is off as well.

## Why
Stolen credentials end the versions, too. Info: object lock or a copy in another account do the same.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_versioning" "data" {
  bucket = aws_s3_bucket.data.id
  versioning_configuration {
    status = "Enabled"
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
```
```hcl
resource "aws_s3_bucket" "data" {
  bucket              = "acme-data"
  object_lock_enabled = true
}
resource "aws_s3_bucket_versioning" "data" {
  bucket = aws_s3_bucket.data.id
  versioning_configuration {
    status = "Enabled"
  }
}
```

## Fix
Turn MFA delete on as the root user, or use object lock.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_s3_bucket", severity=Severity.INFO, topics=("deletion-protection", "immutability"), tools=("CKV_AWS_252",)
)
def bucket_versions_deletable(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket whose old versions go without a second factor."""
    if bucket.get("versioning") != "Enabled" or bucket.get("object_lock", "enabled") is not False:
        return
    bad = test(bucket, "mfa_delete", when=lambda on: on is not True, says="mfa_delete is {value}")
    yield from bad_if(bad, "mfa_delete", message=f"old versions of {bucket.label} go without a second factor")
