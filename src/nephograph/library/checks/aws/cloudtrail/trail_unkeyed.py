"""Trail that is encrypted with no key of yours.

## What
The trail names no KMS key.

## Why
Whoever may read the bucket reads the records: a key of your own asks for one more right and logs each use. Low: S3
encrypts them.

## Bad
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "acme-trail"

}
```

## Good
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "acme-trail"
  kms_key_id     = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"
}
```

## Fix
Name a KMS key.

## References
- https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_cloudtrail",
    severity=Severity.LOW,
    topics=("customer-managed-keys", "encryption-at-rest"),
    tools=("CKV_AWS_35", "AVD-AWS-0015"),
)
def trail_unkeyed(trail: Resource, facts: Facts) -> Iterator[Bad]:
    """The trail names no KMS key."""
    wrong = unset(trail, "kms_key", says="its KMS key is {value}")
    yield from bad_if(
        wrong,
        "kms_key",
        message=f"trail {trail.label} is encrypted with no key of yours",
    )
