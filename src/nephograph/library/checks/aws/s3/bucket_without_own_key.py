"""S3 bucket encrypted under keys of S3.

## What
Objects are encrypted under keys of S3 (`AES256`), the default of every bucket: no KMS key is named.

## Why
Whoever may read the object may read it; a key of one's own would be a second lock with a log. Info: encryption holds.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_server_side_encryption_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
    bucket_key_enabled = true
  }
}
```

## Fix
Encrypt under a key of KMS, with bucket keys.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_s3_bucket",
    severity=Severity.INFO,
    topics=("customer-managed-keys",),
    tools=("CKV_AWS_145", "AVD-AWS-0132"),
)
def bucket_without_own_key(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket encrypted under keys of S3."""
    bad = test(
        bucket, "encryption", "algorithm", when=lambda name: name in (None, "AES256"), says="its encryption is {value}"
    )
    yield from bad_if(bad, "encryption", "algorithm", message=f"{bucket.label} is encrypted under keys of S3")
