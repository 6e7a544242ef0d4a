"""S3 bucket that keeps no old versions of its objects.

## What
Versioning of the bucket is off: an overwritten or deleted object is gone.

## Why
Ransomware, a wrong lifecycle rule or a slip of a script destroys data for good.

## Bad
```hcl
resource "aws_s3_bucket" "orders" {
  bucket = "acme-orders"
}
```

## Good
```hcl
resource "aws_s3_bucket" "orders" {
  bucket = "acme-orders"
}

resource "aws_s3_bucket_versioning" "orders" {
  bucket = aws_s3_bucket.orders.id
  versioning_configuration {
    status = "Enabled"
  }
}
```

## Fix
Enable versioning, with a lifecycle rule that expires old versions.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_s3_bucket", severity=Severity.LOW, topics=("backup-and-recovery",), tools=("CKV_AWS_21", "AVD-AWS-0090")
)
def bucket_unversioned(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """Versioning has to say Enabled."""
    off = test(bucket, "versioning", when=lambda status: status != "Enabled", says="versioning is {value}")
    yield from bad_if(
        off,
        "versioning",
        message=f"{bucket.label} keeps no old versions",
        fix=set_field(bucket, "Enabled", "versioning", title="enable versioning"),
    )
