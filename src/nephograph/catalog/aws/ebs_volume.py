"""EBS volume."""

from nephograph.catalog.language import Kind, Link, Otherwise, Spelling, flag, mapping, number, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_SNAPSHOT = Unknown(Reason.NOT_SEEN, "what the snapshot says")
_VOLUME = Unknown(Reason.NOT_SEEN, "what the volume it copies says")

KIND = Kind(
    native="AWS::EC2::Volume",
    service="ec2",
    cls=Class.BLOCK_STORAGE,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:volume/{id}",
    id="{id}",
    fields={
        "id": text(),
        "encrypted": flag(default=False, since="unless the account encrypts volumes by default"),
        "kms_key": reference("aws_kms_key"),
        "size": number(),
        "type": text(default="gp2"),
        "iops": number(),
        "throughput": number(),
        "availability_zone": text(),
        "snapshot": reference("aws_ebs_snapshot"),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"), Link("made_from", "snapshot")),
    spellings=(
        Spelling(
            "terraform",
            "aws_ebs_volume",
            {
                "id": "id",
                # A volume made from an encrypted snapshot is encrypted.
                "encrypted": Otherwise("encrypted", _SNAPSHOT, when=("snapshot_id",)),
                "kms_key": "kms_key_id",
                "size": Otherwise("size", _SNAPSHOT, when=("snapshot_id",)),
                "type": "type",
                "iops": "iops",
                "throughput": "throughput",
                "availability_zone": "availability_zone",
                "snapshot": "snapshot_id",
                "tags": "tags",
            },
            ignores=(
                "create_time",
                "final_snapshot",
                "multi_attach_enabled",
                "outpost_arn",
                "volume_initialization_rate",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::Volume",
            {
                "encrypted": Otherwise("Encrypted", _SNAPSHOT, when=("SnapshotId", "SourceVolumeId")),
                "kms_key": "KmsKeyId",
                "size": Otherwise("Size", _SNAPSHOT, when=("SnapshotId", "SourceVolumeId")),
                "type": Otherwise("VolumeType", _VOLUME, when=("SourceVolumeId",)),
                "iops": "Iops",
                "throughput": "Throughput",
                "availability_zone": "AvailabilityZone",
                "snapshot": "SnapshotId",
                "tags": tags("Tags"),
            },
            computed={"VolumeId": "id"},
            ignores=(
                "AutoEnableIO",
                "AvailabilityZoneId",
                "MultiAttachEnabled",
                "OutpostArn",
                "VolumeInitializationRate",
            ),
        ),
        Spelling(
            "api",
            "ec2:DescribeVolumes",
            {
                "id": "VolumeId",
                "encrypted": "Encrypted",
                "kms_key": "KmsKeyId",
                "size": "Size",
                "type": "VolumeType",
                "iops": "Iops",
                "throughput": "Throughput",
                "availability_zone": "AvailabilityZone",
                "snapshot": "SnapshotId",
                "tags": tags("Tags"),
            },
            items="Volumes.*",
            key="VolumeId",
            ignores=(
                "Attachments",
                "AvailabilityZoneId",
                "CreateTime",
                "FastRestored",
                "MultiAttachEnabled",
                "Operator",
                "OutpostArn",
                "SourceVolumeId",
                "SseType",
                "State",
                "VolumeArn",
                "VolumeInitializationRate",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",),
)
