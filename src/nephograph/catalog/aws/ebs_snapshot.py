"""EBS snapshot, with the accounts that may make volumes of it."""

from nephograph.catalog.aws._permissions import shared_with
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Otherwise,
    Spelling,
    flag,
    mapping,
    number,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import element, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_SOURCE = Unknown(Reason.NOT_SEEN, "what the volume or snapshot it copies says")
_SAID: Fields = {
    "id": "id",
    "encrypted": Otherwise("encrypted", _SOURCE),
    "kms_key": "kms_key_id",
    "size": "volume_size",
    "description": "description",
    "owner": "owner_id",
    "tier": "storage_tier",
    "tags": "tags",
}
_IGNORED = ("data_encryption_key_id", "outpost_arn", "owner_alias", "permanent_restore", "temporary_restore_days")

KIND = Kind(
    native="AWS::EC2::Snapshot",
    service="ec2",
    cls=Class.BACKUP,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}::snapshot/{id}",
    id="{id}",
    fields={
        "id": text(),
        "volume": reference("aws_ebs_volume"),
        "source": reference("aws_ebs_snapshot"),
        "encrypted": flag(),
        "kms_key": reference("aws_kms_key"),
        "size": number(),
        "description": text(),
        "owner": text(),
        "tier": text(default="standard"),
        # Account ids; `all` for everybody.
        "shared_with": texts(),
        "created": text(),
        "tags": mapping(),
    },
    links=(Link("made_from", "volume"), Link("copy_of", "source"), Link("encrypted_by", "kms_key")),
    spellings=(
        Spelling("terraform", "aws_ebs_snapshot", {**_SAID, "volume": "volume_id"}, ignores=_IGNORED),
        Spelling(
            "terraform",
            "aws_ebs_snapshot_copy",
            {**_SAID, "source": "source_snapshot_id"},
            ignores=tuple(sorted((*_IGNORED, "completion_duration_minutes", "source_region", "volume_id"))),
        ),
        Spelling(
            "terraform",
            "aws_ebs_snapshot_import",
            _SAID,
            ignores=tuple(sorted((*_IGNORED, "client_data", "disk_container", "role_name", "volume_id"))),
        ),
        Spelling(
            "terraform",
            "aws_snapshot_create_volume_permission",
            {"shared_with": element("account_id")},
            part_of="snapshot_id",
        ),
        Spelling(
            "api",
            "ec2:DescribeSnapshots",
            {
                "id": "SnapshotId",
                "volume": "VolumeId",
                "encrypted": "Encrypted",
                "kms_key": "KmsKeyId",
                "size": "VolumeSize",
                "description": "Description",
                "owner": "OwnerId",
                "tier": "StorageTier",
                "created": "StartTime",
                "tags": tags("Tags"),
            },
            items="Snapshots.*",
            key="SnapshotId",
            ignores=(
                "AssociatedKmsKeys",
                "AvailabilityZone",
                "CompletionDurationMinutes",
                "CompletionTime",
                "DataEncryptionKeyId",
                "FullSnapshotSizeInBytes",
                "OutpostArn",
                "OwnerAlias",
                "Progress",
                "RestoreExpiryTime",
                "SseType",
                "State",
                "StateMessage",
                "TransferType",
            ),
        ),
        Spelling(
            "api",
            "ec2:DescribeSnapshotAttribute",
            {
                "shared_with": shared_with(
                    "CreateVolumePermissions", "ec2:DescribeSnapshotAttribute", ("Group", "UserId")
                )
            },
            part_of="SnapshotId",
            asks=("SnapshotId",),
            ignores=("ProductCodes",),
        ),
    ),
    unspelled={"cloudformation": "has no type for a snapshot"},
    references=("https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html",),
)
