"""S3 bucket with ignore_public_acls off.

## What
`ignore_public_acls` of the bucket's Block Public Access is off, and the same setting of the account (where it is
seen) does not make up for it: public ACLs count. Without a block of its own, a bucket of today has all four on.

## Why
One statement or one list more, and the bucket is public. Low: as it is, nobody gets in by it.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_public_access_block" "data" {
  bucket                  = aws_s3_bucket.data.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = false
  restrict_public_buckets = true
}
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_public_access_block" "data" {
  bucket                  = aws_s3_bucket.data.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
```
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
```

## Fix
Turn all four settings on, of the account as well.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from collections.abc import Iterator

from nephograph.library.public_access import block_is_off
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("public-exposure",), tools=("CKV_AWS_55", "AVD-AWS-0091"))
def bucket_acls_heeded(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket with ignore_public_acls off."""
    yield from block_is_off(
        bucket, "ignore_public_acls", facts, f"Block Public Access of {bucket.label} heeds public ACLs"
    )
