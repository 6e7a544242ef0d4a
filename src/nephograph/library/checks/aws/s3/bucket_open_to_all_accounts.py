"""S3 bucket open to every AWS account.

## What
The bucket's ACL lets all authenticated users in: any account of AWS. Quiet where ACLs do not count
(`BucketOwnerEnforced`) or are ignored.

## Why
An account is free: this is public. High: it hands out data.

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
resource "aws_s3_bucket_public_access_block" "data" {
  bucket                  = aws_s3_bucket.data.id
  block_public_acls       = false
  ignore_public_acls      = false
  block_public_policy     = false
  restrict_public_buckets = false
}
resource "aws_s3_bucket_acl" "data" {
  bucket = aws_s3_bucket.data.id
  acl    = "authenticated-read"
}
```
```yaml
Resources:
  Data:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-data
      AccessControl: AuthenticatedRead
      OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}
      PublicAccessBlockConfiguration: {BlockPublicAcls: false, IgnorePublicAcls: false}
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_acl" "data" {
  bucket = aws_s3_bucket.data.id
  acl    = "private"
}
```
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
resource "aws_s3_bucket_public_access_block" "data" {
  bucket                  = aws_s3_bucket.data.id
  block_public_acls       = false
  ignore_public_acls      = true
  block_public_policy     = false
  restrict_public_buckets = false
}
resource "aws_s3_bucket_acl" "data" {
  bucket = aws_s3_bucket.data.id
  acl    = "authenticated-read"
}
```
```yaml
Resources:
  Data:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-data
      AccessControl: Private
```

## Fix
Name the accounts in a policy.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_s3_bucket", severity=Severity.HIGH, topics=("public-exposure",))
def bucket_open_to_all_accounts(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket open to every AWS account."""
    open_ = test(bucket, "acl", when=lambda acl: acl == "authenticated-read", says="its ACL is {value}")
    if not open_.possible:
        return
    heeded = test(
        bucket, "public_access_block", "ignore_public_acls", when=lambda on: on is False, says="ACLs are heeded"
    )
    count = test(bucket, "ownership", when=lambda who: who != "BucketOwnerEnforced", says="object ownership is {value}")
    yield from bad_if(all_of((open_, heeded, count)), "acl", message=f"every AWS account can read {bucket.label}")
