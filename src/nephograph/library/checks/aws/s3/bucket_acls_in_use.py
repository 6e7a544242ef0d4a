"""S3 bucket whose access control lists count.

## What
Object ownership is not `BucketOwnerEnforced`: ACLs of the bucket and of each object let people in beside the policy.

## Why
An uploader can open an object, or keep it from the owner; nobody reviews ACLs. Low: an ACL has to be written first.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_ownership_controls" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    object_ownership = "ObjectWriter"
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_ownership_controls" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
```
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
```

## Fix
Enforce the owner, after moving what ACLs grant into the policy.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("least-privilege",), tools=("CKV2_AWS_65",))
def bucket_acls_in_use(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket whose access control lists count."""
    bad = test(bucket, "ownership", when=lambda who: who != "BucketOwnerEnforced", says="object ownership is {value}")
    yield from bad_if(
        bad,
        "ownership",
        message=f"access control lists of {bucket.label} count",
        fix=set_field(bucket, "BucketOwnerEnforced", "ownership", title="let the policy alone decide", safe=False),
    )
