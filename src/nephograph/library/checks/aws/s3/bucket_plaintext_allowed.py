"""S3 bucket that answers requests without TLS.

## What
No statement of the bucket's policy refuses everybody requests without TLS (`aws:SecureTransport`).

## Why
A client that is set up wrongly sends objects and signatures in the clear, and nothing stops it. Low: clients use TLS
by themselves.

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
resource "aws_s3_bucket_policy" "data" {
  bucket = aws_s3_bucket.data.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.data.arn, "${aws_s3_bucket.data.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
```

## Fix
Deny everything without TLS in the bucket's policy.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check
from nephograph.library.transport import refuses_plaintext
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import negate


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("encryption-in-transit",))
def bucket_plaintext_allowed(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """S3 bucket that answers requests without TLS."""
    refused = refuses_plaintext(bucket, "s3:GetObject")
    yield from bad_if(negate(refused), "policy", message=f"{bucket.label} answers requests without TLS")
