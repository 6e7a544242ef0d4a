"""Backup plan whose backups are gone within a week.

## What
A rule of the plan keeps recovery points for fewer than seven days.

## Why
A loss that is noticed after a long weekend cannot be undone. Low: it lets nobody in.

## Bad
```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 5 * * ? *)"
    lifecycle {
      delete_after = 3
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
          - {RuleName: daily, TargetBackupVault: main, Lifecycle: {DeleteAfterDays: 3}}
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
Keep daily backups for a month.

## References
- https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_backup_plan", severity=Severity.LOW, topics=("backup-and-recovery",))
def plan_retention_short(plan: Resource, facts: Facts) -> Iterator[Bad]:
    """Backup plan whose backups are gone within a week."""
    for at in elements(plan, "rules"):
        path = (*at, "delete_days")
        short = test(plan, *path, when=lambda days: days is not None and days < 7, says="delete_after is {value}")
        yield from bad_if(short, *path, message=f"backups of plan {plan.label} are gone within a week")
