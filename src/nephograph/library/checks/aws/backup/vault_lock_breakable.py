"""Backup vault whose lock some may take away.

## What
The vault's lock is in governance mode: no days are set after which it holds for good.

## Why
Who has the permission takes the lock away and deletes then. Info: governance may be what is wanted.

## Bad
```hcl
resource "aws_backup_vault" "main" {
  name = "main"
}
resource "aws_backup_vault_lock_configuration" "main" {
  backup_vault_name  = aws_backup_vault.main.name
  min_retention_days = 7
}
```
```yaml
Resources:
  Main:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: main
      LockConfiguration: {MinRetentionDays: 7}
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
      LockConfiguration: {MinRetentionDays: 7, ChangeableForDays: 3}
```

## Fix
Set `changeable_for_days` once the retention has been tried.

## References
- https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_backup_vault", severity=Severity.INFO, topics=("immutability",))
def vault_lock_breakable(vault: Resource, facts: Facts) -> Iterator[Bad]:
    """Backup vault whose lock some may take away."""
    given = test(vault, "lock", "locked", when=lambda on: on is True, says="locked is {value}")
    bad = test(vault, "lock", "changeable_days", when=lambda days: days is None, says="changeable_for_days is {value}")
    yield from bad_if(
        all_of((given, bad)), "lock", "changeable_days", message=f"some may take away the lock of vault {vault.label}"
    )
