"""Data leaves as a copy: a snapshot is made, or taken, and shared with an account of the attacker's; or exported."""

from nephograph.model.rule import StepRule, atom

_EBS = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html"
_RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html"


def _copied(name: str, what: str, create: str, share: str, page: str) -> StepRule:
    """A snapshot of a store is made and shared."""
    return StepRule(
        name=name,
        when=(
            atom("has", "?principal"),
            atom(f"is_{what}", "?store"),
            atom("can", "?principal", create, "?store"),
            atom("may", "?principal", share),
            atom("can_share_key", "?principal", "?store"),
        ),
        then=atom("reads", "?store"),
        source="?principal",
        target="?store",
        says="{principal} makes a snapshot of {store} and shares it with another account",
        label=create,
        techniques=("T1537", "T1578.001"),
        references=(page,),
    )


def _shared(name: str, what: str, share: str, page: str) -> StepRule:
    """A snapshot that is there is shared."""
    return StepRule(
        name=name,
        when=(
            atom("has", "?principal"),
            atom(f"is_{what}", "?snapshot"),
            atom("can", "?principal", share, "?snapshot"),
            atom("can_share_key", "?principal", "?snapshot"),
        ),
        then=atom("reads", "?snapshot"),
        source="?principal",
        target="?snapshot",
        says="{principal} shares {snapshot} with another account",
        label=share,
        techniques=("T1537",),
        references=(page,),
    )


STEPS = (
    _copied("copy-volume", "volume", "ec2:CreateSnapshot", "ec2:ModifySnapshotAttribute", _EBS),
    _copied("copy-database", "database_instance", "rds:CreateDBSnapshot", "rds:ModifyDBSnapshotAttribute", _RDS),
    _copied(
        "copy-cluster",
        "database_cluster",
        "rds:CreateDBClusterSnapshot",
        "rds:ModifyDBClusterSnapshotAttribute",
        _RDS,
    ),
    _shared("share-volume-snapshot", "volume_snapshot", "ec2:ModifySnapshotAttribute", _EBS),
    _shared("share-database-snapshot", "database_snapshot", "rds:ModifyDBSnapshotAttribute", _RDS),
    _shared("share-cluster-snapshot", "cluster_snapshot", "rds:ModifyDBClusterSnapshotAttribute", _RDS),
    StepRule(
        name="restore-database-snapshot",
        when=(
            atom("has", "?principal"),
            atom("is_database_snapshot", "?snapshot"),
            atom("can", "?principal", "rds:RestoreDBInstanceFromDBSnapshot", "?snapshot"),
            atom("can_decrypt", "?principal", "?snapshot"),
            atom("may", "?principal", "rds:ModifyDBInstance"),
        ),
        then=atom("reads", "?snapshot"),
        source="?principal",
        target="?snapshot",
        says="{principal} restores {snapshot} as a database of a new password",
        label="rds:RestoreDBInstanceFromDBSnapshot",
        techniques=("T1578.002", "T1213.006"),
        references=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html",),
    ),
    StepRule(
        name="export-database-snapshot",
        when=(
            atom("has", "?principal"),
            atom("is_database_snapshot", "?snapshot"),
            atom("can", "?principal", "rds:StartExportTask", "?snapshot"),
            atom("can_pass", "?principal", "?role", "export.rds.amazonaws.com"),
        ),
        then=atom("reads", "?snapshot"),
        source="?principal",
        target="?snapshot",
        says="{principal} exports {snapshot} into a bucket as {role}",
        label="rds:StartExportTask",
        techniques=("T1537",),
        references=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.html",),
    ),
)
