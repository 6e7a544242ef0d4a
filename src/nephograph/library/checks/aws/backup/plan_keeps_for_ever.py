"""Backup plan that keeps everything for ever.

## What
A rule of the plan has no lifecycle that deletes.

## Why
The bill grows every night, and what had to be deleted lives on in backups. Info.

## Bad
```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 5 * * ? *)"
  }
}
resource "aws_backup_selection" "daily" {
  name         = "all"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = ["*"]
}
```
```yaml
Resources:
  Daily:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - {RuleName: daily, TargetBackupVault: main}
```

## Good
```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 5 * * ? *)"
    lifecycle {
      delete_after = 35
    }
    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-central-1:111122223333:backup-vault:copy"
    }
  }
}
resource "aws_backup_selection" "daily" {
  name         = "all"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = ["*"]
}
```
```yaml
Resources:
  Daily:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: main
            Lifecycle: {DeleteAfterDays: 35}
            CopyActions:
              - DestinationBackupVaultArn: arn:aws:backup:eu-central-1:111122223333:backup-vault:copy
```

## Fix
Say after how many days a recovery point goes.

## References
- https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_backup_plan", severity=Severity.INFO, topics=("cost", "data-retention"))
def plan_keeps_for_ever(plan: Resource, facts: Facts) -> Iterator[Bad]:
    """Backup plan that keeps everything for ever."""
    for at in elements(plan, "rules"):
        path = (*at, "delete_days")
        endless = test(plan, *path, when=lambda days: days is None, says="delete_after is {value}")
        yield from bad_if(endless, *path, message=f"plan {plan.label} keeps backups for ever")
