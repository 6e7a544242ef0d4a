"""S3 bucket whose objects anyone can read.

## What
The bucket's policy, ACL and Block Public Access settings together let a request without any AWS identity read objects.
The verdict is the identity engine's: a public statement that Block Public Access cancels is not a finding.

## Why
Anyone who learns or guesses an object's address has the data, and nobody is named in the log.

## Bad
```hcl
resource "aws_s3_bucket" "site" {
  bucket = "acme-exports"
}

resource "aws_s3_bucket_public_access_block" "site" {
  bucket                  = aws_s3_bucket.site.id
  block_public_policy     = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.site.arn}/*"
    }]
  })
}
```

## Good
```hcl
resource "aws_s3_bucket" "site" {
  bucket = "acme-exports"
}

resource "aws_s3_bucket_public_access_block" "site" {
  bucket                  = aws_s3_bucket.site.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}
```

## Fix
Let Block Public Access restrict the bucket; publish through CloudFront with origin access control instead.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from collections.abc import Iterator

from nephograph.library.public_access import anyone_can
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_s3_bucket",
    severity=Severity.HIGH,
    topics=("public-exposure",),
    tools=("CKV_AWS_20", "CKV_AWS_70", "AVD-AWS-0092"),
)
def bucket_public_read(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine whether an anonymous request may read some object."""
    yield from anyone_can(bucket, "s3:GetObject", facts, f"anyone can read objects of {bucket.label}")
