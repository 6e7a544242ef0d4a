"""S3 bucket that logs into itself.

## What
The bucket's access logs go into the bucket itself.

## Why
Every delivery of logs is a request that is logged: the bucket grows without end, and who may read the data may read
the log. Low.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_logging" "data" {
  bucket        = aws_s3_bucket.data.id
  target_bucket = aws_s3_bucket.data.id
  target_prefix = "log/"
}
```
```yaml
Resources:
  Data:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-data
      LoggingConfiguration: {DestinationBucketName: acme-data, LogFilePrefix: log/}
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}
resource "aws_s3_bucket_logging" "data" {
  bucket        = aws_s3_bucket.data.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "data/"
}
```
```yaml
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties: {BucketName: acme-logs}
  Data:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-data
      LoggingConfiguration: {DestinationBucketName: !Ref Logs, LogFilePrefix: data/}
```

## Fix
Log into another bucket.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("access-logging",))
def bucket_logs_to_itself(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket that logs into itself."""
    if any(target.urn == bucket.urn for target in facts.attached(bucket, "logs_to")):
        itself = Evidence.at("its logging bucket is itself", bucket, ("logging", "bucket"))
        yield Bad(message=f"{bucket.label} logs into itself", verdict=yes(itself), path=("logging", "bucket"))
