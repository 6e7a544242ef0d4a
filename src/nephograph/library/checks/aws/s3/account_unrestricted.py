"""Account whose buckets may be public: restrict_public_buckets off.

## What
`restrict_public_buckets` of the account's Block Public Access is off: where a bucket does not say otherwise, a public
policy lets everybody in.

## Why
One bucket that is set up wrongly is public; the account's setting would have held. Low: a bucket has to be open
first.

## Bad
```hcl
resource "aws_s3_account_public_access_block" "all" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = false
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
def account_unrestricted(block: Resource, facts: Facts) -> Iterator[Bad]:
    """Account whose buckets may be public: restrict_public_buckets off."""
    bad = test(
        block, "restrict_public_buckets", when=lambda on: on is not True, says="restrict_public_buckets is {value}"
    )
    yield from bad_if(
        bad,
        "restrict_public_buckets",
        message="Block Public Access of the account lets a public policy count",
        fix=set_field(block, True, "restrict_public_buckets", title="turn restrict_public_buckets on", safe=False),
    )
