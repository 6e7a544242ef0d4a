"""Snapshot of a database instance, with the accounts that may restore it."""

from nephograph.catalog.aws._rds import SOURCE, TAGS, restorers
from nephograph.catalog.aws._rds_snapshot import ANSWER, CODE, SNAPSHOT_FIELDS
from nephograph.catalog.language import Kind, Link, Otherwise, Spelling, reference
from nephograph.catalog.readers import not_said_here, tags
from nephograph.model.resource import Class

_LEFT = ("availability_zone", "iops", "license_model", "option_group_name", "port", "source_region", "status")

KIND = Kind(
    native="AWS::RDS::DBSnapshot",
    service="rds",
    cls=Class.BACKUP,
    identity=("name",),
    arn="arn:{partition}:rds:{region}:{account}:snapshot:{name}",
    id="{name}",
    label="name",
    fields={
        **SNAPSHOT_FIELDS,
        "database": reference("aws_db_instance"),
        "source": reference("aws_db_snapshot"),
        "kms_key": reference("aws_kms_key"),
    },
    links=(Link("made_from", "database"), Link("copy_of", "source"), Link("encrypted_by", "kms_key")),
    spellings=(
        Spelling(
            "terraform",
            "aws_db_snapshot",
            {
                **CODE,
                "name": "db_snapshot_identifier",
                "database": "db_instance_identifier",
                "source": "source_db_snapshot_identifier",
                "encrypted": Otherwise("encrypted", SOURCE),
            },
            computed={"db_snapshot_arn": "arn", "db_snapshot_identifier": "{name}"},
            ignores=(*_LEFT, "storage_type", "vpc_id"),
        ),
        Spelling(
            "terraform",
            "aws_db_snapshot_copy",
            {
                **CODE,
                "name": "target_db_snapshot_identifier",
                "source": "source_db_snapshot_identifier",
                "encrypted": Otherwise("encrypted", SOURCE),
            },
            computed={"db_snapshot_arn": "arn", "target_db_snapshot_identifier": "{name}"},
            ignores=tuple(
                sorted(
                    (
                        *_LEFT,
                        "copy_tags",
                        "destination_region",
                        "presigned_url",
                        "storage_type",
                        "target_custom_availability_zone",
                        "vpc_id",
                    )
                )
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::RDS::DBSnapshot",
            {
                "name": "DBSnapshotIdentifier",
                "database": "DBInstanceIdentifier",
                "encrypted": lambda document: document.be(SOURCE),
                "shared_with": not_said_here,
                "tags": tags("Tags"),
            },
            computed={"DBSnapshotArn": "arn"},
        ),
        Spelling(
            "api",
            "rds:DescribeDBSnapshots",
            {
                **ANSWER,
                "name": "DBSnapshotIdentifier",
                "database": "DBInstanceIdentifier",
                "source": "SourceDBSnapshotIdentifier",
                "encrypted": "Encrypted",
                "tags": tags("TagList"),
            },
            items="DBSnapshots.*",
            key="DBSnapshotIdentifier",
            ignores=(
                "AdditionalStorageVolumes",
                "AvailabilityZone",
                "BackupRetentionPeriod",
                "DBSnapshotArn",
                "DBSystemId",
                "DbiResourceId",
                "DedicatedLogVolume",
                "FullSnapshotSizeInBytes",
                "IAMDatabaseAuthenticationEnabled",
                "InstanceCreateTime",
                "Iops",
                "LicenseModel",
                "Marker",
                "MasterUsername",
                "MultiTenant",
                "OptionGroupName",
                "OriginalSnapshotCreateTime",
                "PercentProgress",
                "Port",
                "PreferredBackupWindow",
                "ProcessorFeatures",
                "SnapshotAvailabilityZone",
                "SnapshotDatabaseTime",
                "SnapshotTarget",
                "SourceRegion",
                "Status",
                "StorageEncryptionType",
                "StorageThroughput",
                "StorageType",
                "TdeCredentialArn",
                "Timezone",
                "VpcId",
            ),
        ),
        Spelling(
            "api",
            "rds:DescribeDBSnapshotAttributes",
            {"shared_with": restorers("DBSnapshotAttributes")},
            items="DBSnapshotAttributesResult",
            part_of="DBSnapshotIdentifier",
            asks=("DBSnapshotIdentifier",),
        ),
        TAGS,
    ),
    references=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html",),
)
