"""S3 bucket whose access control list anyone can rewrite.

## What
The bucket's policy, ACL and Block Public Access settings together let a request without any AWS identity do
`s3:PutBucketAcl`. The verdict is the identity engine's: what Block Public Access cancels is not a finding.

## Why
Whoever writes the list lets himself in. Critical: it hands control to anybody.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_public_access_block" "data" {
  bucket                  = aws_s3_bucket.data.id
  block_public_acls       = false
  ignore_public_acls      = false
  block_public_policy     = false
  restrict_public_buckets = false
}
resource "aws_s3_bucket_policy" "data" {
  bucket = aws_s3_bucket.data.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:PutBucketAcl"
      Resource  = [aws_s3_bucket.data.arn, "${aws_s3_bucket.data.arn}/*"]
    }]
  })
}
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_public_access_block" "data" {
  bucket                  = aws_s3_bucket.data.id
  block_public_acls       = false
  ignore_public_acls      = false
  block_public_policy     = false
  restrict_public_buckets = true
}
resource "aws_s3_bucket_policy" "data" {
  bucket = aws_s3_bucket.data.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:PutBucketAcl"
      Resource  = [aws_s3_bucket.data.arn, "${aws_s3_bucket.data.arn}/*"]
    }]
  })
}
```

## Fix
Let Block Public Access restrict the bucket, and name who may.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from collections.abc import Iterator

from nephograph.library.public_access import anyone_can
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_s3_bucket", severity=Severity.CRITICAL, topics=("public-exposure",))
def bucket_public_acl_change(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket whose access control list anyone can rewrite."""
    yield from anyone_can(
        bucket, "s3:PutBucketAcl", facts, f"anyone can rewrite the access control list of {bucket.label}"
    )
