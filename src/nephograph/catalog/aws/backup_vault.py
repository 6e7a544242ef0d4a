"""Vault of AWS Backup: who may take backups out of it or delete them, and whether anybody can before their time."""

from nephograph.catalog.aws._backup import tag_answer
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Spelling,
    flag,
    group,
    mapping,
    number,
    policy,
    reference,
    text,
)
from nephograph.catalog.readers import always, when_said
from nephograph.model.resource import Class

_ANSWER: Fields = {
    "name": "BackupVaultName",
    "type": "VaultType",
    "kms_key": "EncryptionKeyArn",
    "lock.locked": "Locked",
    "lock.min_days": "MinRetentionDays",
    "lock.max_days": "MaxRetentionDays",
    "lock.final_from": "LockDate",
    "recovery_points": "NumberOfRecoveryPoints",
    "created": "CreationDate",
}
_LOOKED_AT = ("BackupVaultArn", "CreatorRequestId", "EncryptionKeyType", "VaultState")

KIND = Kind(
    native="AWS::Backup::BackupVault",
    service="backup",
    cls=Class.BACKUP,
    identity=("name",),
    arn="arn:{partition}:backup:{region}:{account}:backup-vault:{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "type": text(default="BACKUP_VAULT"),
        # Where none is named it is AWS's own key alias/aws/backup.
        "kms_key": reference("aws_kms_key", "aws_kms_alias"),
        "policy": policy(),
        # Locked: nobody deletes a backup before its time. With days in which the lock can be changed, or a date, not
        # even the owner of the account takes the lock away after them.
        "lock": group(
            locked=flag(default=False),
            min_days=number(),
            max_days=number(),
            changeable_days=number(),
            final_from=text(),
        ),
        "topic": reference("aws_sns_topic"),
        "recovery_points": number(),
        "created": text(),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"), Link("notifies", "topic")),
    spellings=(
        Spelling(
            "terraform",
            "aws_backup_vault",
            {"name": "name", "kms_key": "kms_key_arn", "recovery_points": "recovery_points", "tags": "tags"},
            computed={"name": "{name}"},
            ignores=("force_destroy",),
        ),
        Spelling(
            "terraform",
            "aws_backup_logically_air_gapped_vault",
            {
                "name": "name",
                "type": always("LOGICALLY_AIR_GAPPED_BACKUP_VAULT"),
                "kms_key": "encryption_key_arn",
                "lock.locked": always(True),
                "lock.min_days": "min_retention_days",
                "lock.max_days": "max_retention_days",
                "tags": "tags",
            },
            computed={"name": "{name}"},
        ),
        Spelling(
            "terraform",
            "aws_backup_vault_policy",
            {"policy": "policy"},
            part_of="backup_vault_name",
            ignores=("backup_vault_arn",),
        ),
        Spelling(
            "terraform",
            "aws_backup_vault_lock_configuration",
            {
                "lock.locked": always(True),
                "lock.min_days": "min_retention_days",
                "lock.max_days": "max_retention_days",
                "lock.changeable_days": "changeable_for_days",
            },
            part_of="backup_vault_name",
            ignores=("backup_vault_arn",),
        ),
        Spelling(
            "terraform",
            "aws_backup_vault_notifications",
            {"topic": "sns_topic_arn"},
            part_of="backup_vault_name",
            ignores=("backup_vault_arn", "backup_vault_events"),
        ),
        Spelling(
            "cloudformation",
            "AWS::Backup::BackupVault",
            {
                "name": "BackupVaultName",
                "kms_key": "EncryptionKeyArn",
                "policy": "AccessPolicy",
                "lock.locked": when_said("LockConfiguration", True),
                "lock.min_days": "LockConfiguration.MinRetentionDays",
                "lock.max_days": "LockConfiguration.MaxRetentionDays",
                "lock.changeable_days": "LockConfiguration.ChangeableForDays",
                "topic": "Notifications.SNSTopicArn",
                "tags": "BackupVaultTags",
            },
            computed={"BackupVaultArn": "arn", "BackupVaultName": "{name}"},
        ),
        Spelling(
            "cloudformation",
            "AWS::Backup::LogicallyAirGappedBackupVault",
            {
                "name": "BackupVaultName",
                "type": always("LOGICALLY_AIR_GAPPED_BACKUP_VAULT"),
                "kms_key": "EncryptionKeyArn",
                "policy": "AccessPolicy",
                "lock.locked": always(True),
                "lock.min_days": "MinRetentionDays",
                "lock.max_days": "MaxRetentionDays",
                "topic": "Notifications.SNSTopicArn",
                "tags": "BackupVaultTags",
            },
            computed={"BackupVaultArn": "arn", "BackupVaultName": "{name}"},
            ignores=("MpaApprovalTeamArn",),
        ),
        Spelling(
            "api",
            "backup:ListBackupVaults",
            _ANSWER,
            items="BackupVaultList.*",
            key="BackupVaultName",
            ignores=_LOOKED_AT,
        ),
        Spelling(
            "api",
            "backup:DescribeBackupVault",
            _ANSWER,
            key="BackupVaultName",
            ignores=(
                *_LOOKED_AT[:3],
                "LatestMpaApprovalTeamUpdate",
                "MpaApprovalTeamArn",
                "MpaSessionArn",
                "SourceBackupVaultArn",
                "VaultState",
            ),
        ),
        # A vault without a policy answers with an error, which names the vault that was asked for.
        Spelling(
            "api",
            "backup:GetBackupVaultAccessPolicy",
            {"policy": "Policy"},
            part_of="BackupVaultName",
            asks=("BackupVaultName",),
            ignores=("BackupVaultArn",),
        ),
        Spelling(
            "api",
            "backup:GetBackupVaultNotifications",
            {"topic": "SNSTopicArn"},
            part_of="BackupVaultName",
            asks=("BackupVaultName",),
            ignores=("BackupVaultArn", "BackupVaultEvents"),
        ),
        tag_answer(),
    ),
    references=("https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html",),
)
