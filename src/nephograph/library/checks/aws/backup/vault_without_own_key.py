"""Backup vault under a key of AWS.

## What
No KMS key is named: recovery points are encrypted under `aws/backup`.

## Why
Backups under that key cannot be copied into another account. Info: encryption holds.

## Bad
```hcl
resource "aws_backup_vault" "main" {
  name = "main"
}
```

## Good
```hcl
resource "aws_backup_vault" "main" {
  name        = "main"
  kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```

## Fix
Name a customer managed key.

## References
- https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_backup_vault", severity=Severity.INFO, topics=("customer-managed-keys",), tools=("CKV_AWS_166",))
def vault_without_own_key(vault: Resource, facts: Facts) -> Iterator[Bad]:
    """Backup vault under a key of AWS."""
    bad = under_key_of_aws(vault, "kms_key", facts=facts)
    yield from bad_if(bad, "kms_key", message=f"vault {vault.label} is encrypted under a key of AWS")
