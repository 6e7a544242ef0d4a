"""S3 bucket with a rule of replication that is off.

## What
A rule of replication stands in the code and is disabled.

## Why
People rely on a copy that is not made. Low: it lets nobody in.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_replication_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  role   = "arn:aws:iam::111122223333:role/replicate"
  rule {
    id     = "copy"
    status = "Disabled"
    destination {
      bucket = "arn:aws:s3:::acme-copy"
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
      ReplicationConfiguration:
        Role: arn:aws:iam::111122223333:role/replicate
        Rules:
          - {Id: copy, Status: Disabled, Destination: {Bucket: "arn:aws:s3:::acme-copy"}}
```

## Good
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_replication_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  role   = "arn:aws:iam::111122223333:role/replicate"
  rule {
    id     = "copy"
    status = "Enabled"
    destination {
      bucket = "arn:aws:s3:::acme-copy"
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
      ReplicationConfiguration:
        Role: arn:aws:iam::111122223333:role/replicate
        Rules:
          - {Id: copy, Status: Enabled, Destination: {Bucket: "arn:aws:s3:::acme-copy"}}
```

## Fix
Enable the rule, or take it away.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("backup-and-recovery",))
def bucket_replication_off(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket with a rule of replication that is off."""
    for at in elements(bucket, "replication"):
        off = test(bucket, *at, "enabled", when=lambda on: on is False, says="the rule is disabled")
        yield from bad_if(off, *at, "enabled", message=f"a rule of replication of {bucket.label} is off")
