"""S3 bucket that asks KMS for every object.

## What
Objects are encrypted under a key of KMS, and bucket keys are off.

## Why
Every request is one to KMS as well: it costs, and KMS throttles. Info.

## Bad
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
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
```

## Fix
Turn bucket keys on.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_s3_bucket", severity=Severity.INFO, topics=("cost",))
def bucket_key_unused(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket that asks KMS for every object."""
    given = test(bucket, "encryption", "algorithm", when=lambda on: on == "aws:kms", says="algorithm is {value}")
    bad = test(bucket, "encryption", "bucket_key", when=lambda on: on is not True, says="bucket_key_enabled is {value}")
    yield from bad_if(
        all_of((given, bad)),
        "encryption",
        "bucket_key",
        message=f"{bucket.label} asks KMS for every object",
        fix=set_field(bucket, True, "encryption", "bucket_key", title="use bucket keys"),
    )
