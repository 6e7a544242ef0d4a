"""Log group that is encrypted with no key of yours.

## What
No KMS key is named.

## Why
Whoever may read logs reads them: a key of your own asks for one more right and logs each use. Info: CloudWatch
encrypts them.

## Bad
```hcl
resource "aws_cloudwatch_log_group" "app" {
  name = "/app/web"

}
```

## Good
```hcl
resource "aws_cloudwatch_log_group" "app" {
  name       = "/app/web"
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"
}
```

## Fix
Name a KMS key.

## References
- https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_cloudwatch_log_group",
    severity=Severity.INFO,
    topics=("customer-managed-keys",),
    tools=("CKV_AWS_158", "AVD-AWS-0017"),
)
def group_unkeyed(group: Resource, facts: Facts) -> Iterator[Bad]:
    """No KMS key is named."""
    wrong = unset(group, "kms_key", says="its KMS key is {value}")
    yield from bad_if(
        wrong,
        "kms_key",
        message=f"{group.label} is encrypted with no key of yours",
    )
