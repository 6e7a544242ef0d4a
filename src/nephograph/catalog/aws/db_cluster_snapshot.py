"""Snapshot of a database cluster of RDS, DocumentDB or Neptune, with the accounts that may restore it."""

from nephograph.catalog.aws._rds import SOURCE, TAGS, restorers
from nephograph.catalog.aws._rds_snapshot import ANSWER, CODE, SNAPSHOT_FIELDS
from nephograph.catalog.language import Kind, Link, Otherwise, Spelling, reference
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

_LEFT = ("availability_zones", "license_model", "port", "status")

KIND = Kind(
    native="AWS::RDS::DBClusterSnapshot",
    service="rds",
    cls=Class.BACKUP,
    identity=("name",),
    arn="arn:{partition}:rds:{region}:{account}:cluster-snapshot:{name}",
    id="{name}",
    label="name",
    fields={
        **SNAPSHOT_FIELDS,
        "cluster": reference("aws_rds_cluster"),
        "source": reference("aws_db_cluster_snapshot"),
        "kms_key": reference("aws_kms_key"),
    },
    links=(Link("made_from", "cluster"), Link("copy_of", "source"), Link("encrypted_by", "kms_key")),
    spellings=(
        *(
            Spelling(
                "terraform",
                type_,
                {
                    **CODE,
                    "name": "db_cluster_snapshot_identifier",
                    "cluster": "db_cluster_identifier",
                    "source": "source_db_cluster_snapshot_arn",
                    "encrypted": Otherwise("storage_encrypted", SOURCE),
                },
                computed={"db_cluster_snapshot_arn": "arn", "db_cluster_snapshot_identifier": "{name}"},
                ignores=(*_LEFT, "vpc_id"),
            )
            for type_ in ("aws_db_cluster_snapshot", "aws_docdb_cluster_snapshot", "aws_neptune_cluster_snapshot")
        ),
        Spelling(
            "terraform",
            "aws_rds_cluster_snapshot_copy",
            {
                **CODE,
                "name": "target_db_cluster_snapshot_identifier",
                "source": "source_db_cluster_snapshot_identifier",
                "encrypted": Otherwise("storage_encrypted", SOURCE),
            },
            computed={"db_cluster_snapshot_arn": "arn", "target_db_cluster_snapshot_identifier": "{name}"},
            ignores=("copy_tags", "destination_region", "license_model", "presigned_url", "storage_type", "vpc_id"),
        ),
        Spelling(
            "api",
            "rds:DescribeDBClusterSnapshots",
            {
                **ANSWER,
                "name": "DBClusterSnapshotIdentifier",
                "cluster": "DBClusterIdentifier",
                "source": "SourceDBClusterSnapshotArn",
                "encrypted": "StorageEncrypted",
                "tags": tags("TagList"),
            },
            items="DBClusterSnapshots.*",
            key="DBClusterSnapshotIdentifier",
            ignores=(
                "AvailabilityZones",
                "BackupRetentionPeriod",
                "ClusterCreateTime",
                "DBClusterSnapshotArn",
                "DBSystemId",
                "DbClusterResourceId",
                "EngineMode",
                "IAMDatabaseAuthenticationEnabled",
                "LicenseModel",
                "Marker",
                "MasterUsername",
                "PercentProgress",
                "Port",
                "PreferredBackupWindow",
                "Status",
                "StorageEncryptionType",
                "StorageThroughput",
                "StorageType",
                "VpcId",
            ),
        ),
        Spelling(
            "api",
            "rds:DescribeDBClusterSnapshotAttributes",
            {"shared_with": restorers("DBClusterSnapshotAttributes")},
            items="DBClusterSnapshotAttributesResult",
            part_of="DBClusterSnapshotIdentifier",
            asks=("DBClusterSnapshotIdentifier",),
        ),
        TAGS,
    ),
    unspelled={"cloudformation": "has no type for a snapshot of a cluster"},
    references=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html",),
)
