"""S3 bucket with restrict_public_buckets off.

## What
`restrict_public_buckets` of the bucket's Block Public Access is off, and the same setting of the account (where it is
seen) does not make up for it: a public policy lets everybody in. Without a block of its own, a bucket of today has
all four on.

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
  ignore_public_acls      = true
  restrict_public_buckets = false
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


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("public-exposure",), tools=("CKV_AWS_56", "AVD-AWS-0093"))
def bucket_unrestricted(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket with restrict_public_buckets off."""
    yield from block_is_off(
        bucket, "restrict_public_buckets", facts, f"Block Public Access of {bucket.label} lets a public policy count"
    )
