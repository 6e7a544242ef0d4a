"""S3 bucket that records no requests.

## What
Server access logging of the bucket is off. A bucket that other buckets log to is quiet, and data events of CloudTrail
are not seen here.

## Why
What was read or deleted, and by whom, is not to be found later. Low: it lets nobody in.

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
resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}
resource "aws_s3_bucket_logging" "data" {
  bucket        = aws_s3_bucket.data.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "data/"
}
```

## Fix
Log into a bucket of its own, or record data events in a trail.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("access-logging",), tools=("CKV_AWS_18", "AVD-AWS-0089"))
def bucket_unlogged(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket that records no requests."""
    if any(facts.holders(bucket, "logs_to")):
        return  # logs about logs have no end
    bad = unset(bucket, "logging", "bucket", says="its logging bucket is {value}")
    yield from bad_if(bad, "logging", "bucket", message=f"requests to {bucket.label} are not recorded")
