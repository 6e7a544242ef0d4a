"""Secret encrypted under a key of AWS.

## What
No KMS key is named: the secret is encrypted under `aws/secretsmanager`.

## Why
Whoever may read the secret may decrypt it; a key of one's own is a second lock, and lets another account in where
that is wanted. Info: encryption holds.

## Bad
```hcl
resource "aws_secretsmanager_secret" "db" {
  name = "db"
}
```

## Good
```hcl
resource "aws_secretsmanager_secret" "db" {
  name       = "db"
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```

## Fix
Name a customer managed key.

## References
- https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_secretsmanager_secret",
    severity=Severity.INFO,
    topics=("customer-managed-keys",),
    tools=("CKV_AWS_149", "AVD-AWS-0098"),
)
def secret_without_own_key(secret: Resource, facts: Facts) -> Iterator[Bad]:
    """Secret encrypted under a key of AWS."""
    bad = under_key_of_aws(secret, "kms_key", facts=facts)
    yield from bad_if(bad, "kms_key", message=f"secret {secret.label} is encrypted under a key of AWS")
