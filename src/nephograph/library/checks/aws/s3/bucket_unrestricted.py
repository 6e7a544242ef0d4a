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

from nephograph.library.public_access import account_has
from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of, negate


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("public-exposure",), tools=("CKV_AWS_56", "AVD-AWS-0093"))
def bucket_unrestricted(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket with restrict_public_buckets off."""
    off = test(
        bucket,
        "public_access_block",
        "restrict_public_buckets",
        when=lambda on: on is False,
        says="restrict_public_buckets is {value}",
    )
    if not off.possible:
        return
    made_up = account_has(bucket, "restrict_public_buckets", facts)
    yield from bad_if(
        all_of((off, negate(made_up))),
        "public_access_block",
        "restrict_public_buckets",
        message=f"Block Public Access of {bucket.label} lets a public policy count",
        fix=set_field(
            bucket,
            True,
            "public_access_block",
            "restrict_public_buckets",
            title="turn restrict_public_buckets on",
            safe=False,
        ),
    )
