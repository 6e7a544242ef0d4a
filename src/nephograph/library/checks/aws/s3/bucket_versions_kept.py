"""S3 bucket that keeps every old version for ever.

## What
Versioning is on, and no rule of the lifecycle expires versions that are no longer current.

## Why
The bucket grows with every overwrite, and what a person asked to have deleted stays. Info.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_versioning" "data" {
  bucket = aws_s3_bucket.data.id
  versioning_configuration {
    status = "Enabled"
  }
}
```
```yaml
Resources:
  Data:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-data
      VersioningConfiguration: {Status: Enabled}
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_versioning" "data" {
  bucket = aws_s3_bucket.data.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_lifecycle_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 90
    }
  }
}
```
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
      VersioningConfiguration: {Status: Enabled}
      LifecycleConfiguration:
        Rules:
          - {Id: old, Status: Enabled, NoncurrentVersionExpiration: {NoncurrentDays: 90}}
```

## Fix
Expire old versions after some months.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check, left_open
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_s3_bucket", severity=Severity.INFO, topics=("cost", "data-retention"))
def bucket_versions_kept(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket that keeps every old version for ever."""
    rules = bucket.get("lifecycle")
    if bucket.get("versioning") != "Enabled":
        return  # (a state that is not known is asked about by `bucket-unversioned`)
    if is_unknown(rules):
        yield from left_open(bucket, "lifecycle", message=f"{bucket.label} keeps every old version for ever")
        return
    ends = any(
        rule.get("noncurrent_expiration_days") is not None and rule.get("enabled") is not False
        for rule in rules or ()
        if isinstance(rule, dict)
    )
    if not ends:
        fact = Evidence.at("no rule expires old versions", bucket, ("lifecycle",))
        yield Bad(message=f"{bucket.label} keeps every old version for ever", verdict=yes(fact), path=("versioning",))
