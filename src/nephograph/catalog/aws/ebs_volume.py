"""EBS volume."""

from nephograph.catalog.language import Kind, Link, Otherwise, Spelling, flag, mapping, number, reference, text
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_SNAPSHOT = Unknown(Reason.NOT_SEEN, "what the snapshot says")

KIND = Kind(
    native="AWS::EC2::Volume",
    service="ec2",
    cls=Class.BLOCK_STORAGE,
    arn="arn:{partition}:ec2:{region}:{account}:volume/{id}",
    id="{id}",
    fields={
        "id": text(),
        "encrypted": flag(default=False, since="unless the account encrypts volumes by default"),
        "kms_key": reference("aws_kms_key"),
        "size": number(),
        "type": text(default="gp2"),
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
                "availability_zone": "availability_zone",
                "snapshot": "snapshot_id",
                "tags": "tags",
            },
            ignores=(
                "final_snapshot",
                "iops",
                "multi_attach_enabled",
                "outpost_arn",
                "throughput",
                "volume_initialization_rate",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",),
)
