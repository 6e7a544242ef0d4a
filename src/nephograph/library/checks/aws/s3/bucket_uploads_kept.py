"""S3 bucket that keeps the parts of unfinished uploads.

## What
No rule of the lifecycle throws away uploads that were never finished.

## Why
Their parts are in no listing, and are paid for until somebody looks for them. Info.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
```
```yaml
Resources:
  Data:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-data
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_lifecycle_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    id     = "keep"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
```
```yaml
Resources:
  Data:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-data
      LifecycleConfiguration:
        Rules:
          - {Id: keep, Status: Enabled, AbortIncompleteMultipartUpload: {DaysAfterInitiation: 7}}
```

## Fix
Add a rule that ends unfinished uploads after a week.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check, left_open
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_s3_bucket", severity=Severity.INFO, topics=("cost", "data-retention"), tools=("CKV_AWS_300",))
def bucket_uploads_kept(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket that keeps the parts of unfinished uploads."""
    rules = bucket.get("lifecycle")
    if is_unknown(rules):
        yield from left_open(bucket, "lifecycle", message=f"{bucket.label} keeps parts of unfinished uploads")
        return
    ends = any(
        rule.get("abort_multipart_days") is not None and rule.get("enabled") is not False
        for rule in rules or ()
        if isinstance(rule, dict)
    )
    if not ends:
        fact = Evidence.at("no rule ends unfinished uploads", bucket, ("lifecycle",))
        yield Bad(message=f"{bucket.label} keeps parts of unfinished uploads", verdict=yes(fact), path=("lifecycle",))
