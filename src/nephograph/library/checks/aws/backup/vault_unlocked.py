"""Backup vault without a lock.

## What
The vault has no lock: recovery points can be deleted before their time.

## Why
Who takes over the account takes the backups first. Low: it needs the right to delete first.

## Bad
```hcl
resource "aws_backup_vault" "main" {
  name = "main"
}
```
```yaml
Resources:
  Main:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: main
```

## Good
```hcl
resource "aws_backup_vault" "main" {
  name = "main"
}
resource "aws_backup_vault_lock_configuration" "main" {
  backup_vault_name   = aws_backup_vault.main.name
  min_retention_days  = 7
  changeable_for_days = 3
}
```
```yaml
Resources:
  Main:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: main
      LockConfiguration: {MinRetentionDays: 7, ChangeableForDays: 3}
```

## Fix
Lock the vault, in compliance mode once it has been tried.

## References
- https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_backup_vault", severity=Severity.LOW, topics=("immutability", "backup-and-recovery"))
def vault_unlocked(vault: Resource, facts: Facts) -> Iterator[Bad]:
    """Backup vault without a lock."""
    bad = test(vault, "lock", "locked", when=lambda on: on is not True, says="its lock is {value}")
    yield from bad_if(bad, "lock", "locked", message=f"recovery points of vault {vault.label} can be deleted")
