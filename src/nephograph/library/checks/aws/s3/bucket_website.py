"""S3 bucket that is a website of its own.

## What
The bucket is set up as a website: that endpoint speaks no HTTPS.

## Why
Pages can be read and changed on the way. Low: CloudFront may stand before it.

## Bad
```hcl
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_website_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  index_document {
    suffix = "index.html"
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
Serve it by CloudFront with origin access control.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("encryption-in-transit",))
def bucket_website(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket that is a website of its own."""
    bad = test(bucket, "website", "index", when=lambda page: page is not None, says="its index document is {value}")
    yield from bad_if(bad, "website", "index", message=f"{bucket.label} is a website without HTTPS")
