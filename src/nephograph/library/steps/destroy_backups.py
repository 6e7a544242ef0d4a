"""Backups are deleted, and keys that encrypt data are made useless: what ransomware does before it asks for money."""

from nephograph.model.rule import StepRule, atom


def _deleted(name: str, what: str, action: str, page: str) -> StepRule:
    return StepRule(
        name=name,
        when=(
            atom("has", "?principal"),
            atom(f"is_{what}", "?snapshot"),
            atom("can", "?principal", action, "?snapshot"),
        ),
        then=atom("destroys", "?snapshot"),
        source="?principal",
        target="?snapshot",
        says="{principal} deletes {snapshot}",
        label=action,
        techniques=("T1490", "T1485"),
        references=(page,),
    )


def _locked_out(name: str, action: str, says: str, page: str) -> StepRule:
    return StepRule(
        name=name,
        when=(
            atom("has", "?principal"),
            atom("encrypts_something", "?key"),
            atom("can", "?principal", action, "?key"),
        ),
        then=atom("locks_out", "?key"),
        source="?principal",
        target="?key",
        says=says,
        label=action,
        techniques=("T1485", "T1490"),
        references=(page,),
    )


STEPS = (
    StepRule(
        name="delete-recovery-points",
        when=(
            atom("has", "?principal"),
            atom("is_vault", "?vault"),
            atom("unlocked", "?vault"),
            atom("can_delete_backups", "?principal", "?vault"),
        ),
        then=atom("destroys", "?vault"),
        source="?principal",
        target="?vault",
        says="{principal} deletes the recovery points in {vault}",
        label="backup:DeleteRecoveryPoint",
        techniques=("T1490", "T1485"),
        references=("https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html",),
    ),
    _deleted(
        "delete-volume-snapshot",
        "volume_snapshot",
        "ec2:DeleteSnapshot",
        "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-snapshot.html",
    ),
    _deleted(
        "delete-database-snapshot",
        "database_snapshot",
        "rds:DeleteDBSnapshot",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteSnapshot.html",
    ),
    _deleted(
        "delete-cluster-snapshot",
        "cluster_snapshot",
        "rds:DeleteDBClusterSnapshot",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteSnapshot.html",
    ),
    _locked_out(
        "schedule-key-deletion",
        "kms:ScheduleKeyDeletion",
        "{principal} has {key} deleted, and with it what it encrypts",
        "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    ),
    _locked_out(
        "disable-key",
        "kms:DisableKey",
        "{principal} disables {key}: nothing reads what it encrypts",
        "https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html",
    ),
)
