"""Backup plan that makes no second copy.

## What
No rule of the plan copies recovery points into another vault, of another region or account.

## Why
What takes the account or the region takes the backups. Info: a copy may be made elsewhere.

## Bad
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
          - {RuleName: daily, TargetBackupVault: main, Lifecycle: {DeleteAfterDays: 35}}
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
Copy into a vault of another account.

## References
- https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check, left_open
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_backup_plan", severity=Severity.INFO, topics=("backup-and-recovery",))
def plan_without_copy(plan: Resource, facts: Facts) -> Iterator[Bad]:
    """Backup plan that makes no second copy."""
    rules = plan.get("rules")
    yield from left_open(plan, "rules", message=f"plan {plan.label} makes no second copy")
    if not isinstance(rules, list) or any(not isinstance(rule, dict) or rule.get("copies") for rule in rules):
        return
    fact = Evidence.at("no rule copies anywhere", plan, ("rules",))
    yield Bad(message=f"plan {plan.label} makes no second copy", verdict=yes(fact), path=("rules",))
