"""Account whose buckets may be public: block_public_acls off.

## What
`block_public_acls` of the account's Block Public Access is off: where a bucket does not say otherwise, Block Public
Access lets public ACLs be written.

## Why
One bucket that is set up wrongly is public; the account's setting would have held. Low: a bucket has to be open
first.

## Bad
```hcl
resource "aws_s3_account_public_access_block" "all" {
  block_public_acls       = false
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
```

## Good
```hcl
resource "aws_s3_account_public_access_block" "all" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
```

## Fix
Turn all four settings of the account on; publish through CloudFront.

## References
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_s3_account_public_access_block", severity=Severity.LOW, topics=("public-exposure",))
def account_acls_unblocked(block: Resource, facts: Facts) -> Iterator[Bad]:
    """Account whose buckets may be public: block_public_acls off."""
    bad = test(block, "block_public_acls", when=lambda on: on is not True, says="block_public_acls is {value}")
    yield from bad_if(
        bad,
        "block_public_acls",
        message="Block Public Access of the account lets public ACLs be written",
        fix=set_field(block, True, "block_public_acls", title="turn block_public_acls on", safe=False),
    )
