"""Backup vault that tells nobody of failures.

## What
The vault notifies no topic.

## Why
A backup that fails every night is noticed on the day it is needed. Info: EventBridge may tell as well.

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
resource "aws_backup_vault_notifications" "main" {
  backup_vault_name   = aws_backup_vault.main.name
  sns_topic_arn       = "arn:aws:sns:eu-west-1:111122223333:backup"
  backup_vault_events = ["BACKUP_JOB_FAILED"]
}
```
```yaml
Resources:
  Main:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: main
      Notifications: {SNSTopicArn: "arn:aws:sns:eu-west-1:111122223333:backup", BackupVaultEvents: [BACKUP_JOB_FAILED]}
```

## Fix
Notify a topic of failed jobs.

## References
- https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_backup_vault", severity=Severity.INFO, topics=("monitoring",))
def vault_unwatched(vault: Resource, facts: Facts) -> Iterator[Bad]:
    """Backup vault that tells nobody of failures."""
    bad = test(vault, "topic", when=lambda topic: topic is None, says="its topic is {value}")
    yield from bad_if(bad, "topic", message=f"vault {vault.label} tells nobody of failures")
